// java login PERSONAL_CODE COUNTRY
import lt.marksign.client.{MarkSignClient, MarkSignLocale, Session}
import lt.marksign.client.error.MarkSignApiException
import lt.marksign.client.model.{Country, Identification, SmartIdAuthenticationRequest}
import scala.annotation.tailrec
import scala.util.Using

// A program that prints nothing in between can call session.await() instead.
@tailrec
private def result(session: Session[Identification]): Identification =
  val person = session.poll()
  if person.isPresent then person.get
  else
    println("waiting")
    Thread.sleep(1000)
    result(session)

@main def login(code: String, country: String): Unit =
  val client = MarkSignClient.builder()
    // The client calls the supplier at each call, so the token may change.
    .accessToken(() => System.getenv("MARKSIGN_ACCESS_TOKEN"))
    .baseUrl(System.getenv("MARKSIGN_BASE_URL"))
    .locale(MarkSignLocale.EN)
    .build()
  Using.resource(client): client =>
    try
      val session = client.smartIdSessions()
        .authenticate(SmartIdAuthenticationRequest().code(code).country(Country.valueOf(country)))
      // The person compares this code with the one on the phone.
      println(s"control code ${session.controlCode.orElse("-")}")
      val person = result(session)
      println(s"${person.getName} ${person.getSurname}")
    catch
      case e: MarkSignApiException =>
        val number = if e.errorCode.isPresent then e.errorCode.getAsInt.toString else "-"
        println(s"refused ${e.httpStatus} $number ${e.gatewayMessage}")
