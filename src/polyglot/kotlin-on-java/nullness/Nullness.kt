// Every line that says so must be refused by Kotlin's compiler, and no other.
import lt.marksign.client.MarkSignClient
import lt.marksign.client.error.MarkSignApiException
import lt.marksign.client.model.StatusResponse

fun removeNothing(client: MarkSignClient) = client.smartIdSessions().remove(null) // refused

fun tokenOfNothing() = MarkSignClient.builder().accessToken(null as String?) // refused

fun apiOfNothing(client: MarkSignClient) = client.api(null) // refused

fun messageOfAnAnswer(answer: StatusResponse): String = answer.message // refused

fun codeOfAnAnswer(answer: StatusResponse): Int = answer.errorCode // refused

fun messageOfARefusal(e: MarkSignApiException): String = e.gatewayMessage()
