// java login PERSONAL_CODE COUNTRY
import lt.marksign.client.{MarkSignClient, MarkSignLocale, Session}
import lt.marksign.client.error.MarkSignApiException
import lt.marksign.client.model.{Country, Identification, SmartIdAuthenticationRequest}
import scala.annotation.tailrec
import scala.util.Using

// Where nothing is to be told meanwhile, session.await() does the same.
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
    // Asked at each call, as one that changes has to be.
    .accessToken(() => System.getenv("MARKSIGN_ACCESS_TOKEN"))
    .baseUrl(System.getenv("MARKSIGN_BASE_URL"))
    .locale(MarkSignLocale.EN)
    .build()
  Using.resource(client): client =>
    try
      val session = client.smartIdSessions()
        .authenticate(SmartIdAuthenticationRequest().code(code).country(Country.valueOf(country)))
      // For the person to compare with the one on the phone.
      println(s"control code ${session.controlCode.orElse("-")}")
      val person = result(session)
      println(s"${person.getName} ${person.getSurname}")
    catch
      case e: MarkSignApiException =>
        val number = if e.errorCode.isPresent then e.errorCode.getAsInt.toString else "-"
        println(s"refused ${e.httpStatus} $number ${e.gatewayMessage}")
