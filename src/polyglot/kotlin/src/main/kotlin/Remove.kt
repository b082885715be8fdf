// java RemoveKt en SESSION_ID
import org.openapitools.client.apis.SmartIdSessionsApi
import org.openapitools.client.infrastructure.ClientError
import org.openapitools.client.infrastructure.Serializer
import org.openapitools.client.infrastructure.ServerError
import org.openapitools.client.infrastructure.Success
import org.openapitools.client.models.AccessTokenRequest
import org.openapitools.client.models.Status
import org.openapitools.client.models.StatusResponse

fun main(args: Array<String>) {
    val (language, sessionId) = args
    val sessions = SmartIdSessionsApi(System.getenv("MARKSIGN_BASE_URL"))
    val token = AccessTokenRequest(System.getenv("MARKSIGN_ACCESS_TOKEN"))

    val response =
        if (language == "en") sessions.removeSmartIdSessionEnWithHttpInfo(sessionId, token)
        else sessions.removeSmartIdSessionWithHttpInfo(sessionId, token)
    val result = when (response) {
        is Success -> response.data
        // For any HTTP status other than 2xx, the refusal is in the body.
        is ClientError -> refusal(response.body)
        is ServerError -> refusal(response.body)
        else -> null
    } ?: error("HTTP ${response.statusCode}, without a response of the gateway")

    // Only the field status says that the session is removed. The HTTP status alone does not.
    println(
        if (result.status == Status.ok) "removed"
        else "refused ${response.statusCode} ${result.errorCode ?: "-"} ${result.message}"
    )
}

private fun refusal(body: Any?): StatusResponse? =
    Serializer.moshi.adapter(StatusResponse::class.java).fromJson(body.toString())
