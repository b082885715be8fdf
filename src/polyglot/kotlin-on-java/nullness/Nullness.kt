// Kotlin's compiler must refuse exactly the marked lines.
import java.nio.file.Path
import java.security.cert.X509Certificate
import lt.marksign.client.MarkSignClient
import lt.marksign.client.Session
import lt.marksign.client.api.SmartIdSessionsApi
import lt.marksign.client.error.MarkSignApiException
import lt.marksign.client.model.AccessTokenRequest
import lt.marksign.client.model.ApiResponse
import lt.marksign.client.model.CertificateValue
import lt.marksign.client.model.FileContent
import lt.marksign.client.model.Identification
import lt.marksign.client.model.StatusResponse

fun removeNullSessionId(client: MarkSignClient) = client.smartIdSessions().remove(null) // refused

fun setNullAccessToken() = MarkSignClient.builder().accessToken(null as String?) // refused

fun getNullApi(client: MarkSignClient) = client.api(null) // refused

fun messageOfAResponse(response: StatusResponse): String = response.message // refused

fun codeOfAResponse(response: StatusResponse): Int = response.errorCode // refused

fun messageOfARefusal(e: MarkSignApiException): String = e.gatewayMessage()

fun setTokenSupplier(vault: () -> String) = MarkSignClient.builder().accessToken { vault() }

fun setNullTokenSupplier() = MarkSignClient.builder().accessToken(null as java.util.function.Supplier<String>?) // refused

fun setNullHeader() = MarkSignClient.builder().header("X-Api-Key", null) // refused

fun nameOfAPerson(person: Identification): String = person.name // refused

fun personOfALogin(login: Session<Identification>): Identification = login.await()

fun resultOfALogin(login: Session<Identification>): Identification? = login.poll().orElse(null)

fun controlCodeOfALogin(login: Session<Identification>): String = login.controlCode().orElse("-")

fun checkStatusOfNullDocument(client: MarkSignClient) = client.documents().checkStatus(null) // refused

fun removeNullSessionIdByInterface(api: SmartIdSessionsApi) = api.removeSmartIdSession(null, AccessTokenRequest()) // refused

fun requestIdOf(response: ApiResponse<StatusResponse>): Collection<String>? = response.headers["x-request-id"]

fun requestIdOf(session: Session<*>): List<String>? = session.headers()["x-request-id"]

fun valueOf(text: String): CertificateValue = CertificateValue.parse(text) // refused

fun valueOf(certificate: CertificateValue): X509Certificate? = certificate.toX509Certificate().orElse(null)

fun contentOfNullPath() = FileContent.of(null as Path?) // refused

fun additionalPropertyOf(response: StatusResponse): Any? = response.getAdditionalProperty("request_id")?.value()
