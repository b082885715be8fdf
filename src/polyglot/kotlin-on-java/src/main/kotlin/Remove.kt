// java RemoveKt en SESSION_ID
import lt.marksign.client.MarkSignClient
import lt.marksign.client.MarkSignLocale
import lt.marksign.client.error.MarkSignApiException

fun main(args: Array<String>) {
    val (language, sessionId) = args
    MarkSignClient.fromEnv().withLocale(MarkSignLocale.valueOf(language.uppercase())).use { client ->
        try {
            client.smartIdSessions().remove(sessionId)
            println("removed")
        } catch (e: MarkSignApiException) {
            val code = if (e.errorCode().isPresent) e.errorCode().asInt else "-"
            println("refused ${e.httpStatus()} $code ${e.gatewayMessage()}")
        }
    }
}
