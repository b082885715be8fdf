// java remove en SESSION_ID
import lt.marksign.client.{MarkSignClient, MarkSignLocale}
import lt.marksign.client.error.MarkSignApiException
import scala.util.Using

@main def remove(language: String, sessionId: String): Unit =
  Using.resource(MarkSignClient.fromEnv().withLocale(MarkSignLocale.valueOf(language.toUpperCase))): client =>
    try
      client.smartIdSessions().remove(sessionId)
      println("removed")
    catch
      case e: MarkSignApiException =>
        val code = if e.errorCode.isPresent then e.errorCode.getAsInt.toString else "-"
        println(s"refused ${e.httpStatus} $code ${e.gatewayMessage}")
