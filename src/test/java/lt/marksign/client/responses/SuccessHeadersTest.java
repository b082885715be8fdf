package lt.marksign.client.responses;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lt.marksign.client.Documents;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.MobileIdSessions;
import lt.marksign.client.Session;
import lt.marksign.client.SigningLinks;
import lt.marksign.client.SmartIdSessions;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Sessions;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.DocumentStatus;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SignerList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests access to the headers of a response after a success. */
@Timeout(60)
class SuccessHeadersTest {
    private static final String DOCUMENT_STATUS =
            "{\"status\":\"ok\",\"data\":{\"status\":\"ok\",\"document_status\":\"signed\"}}";

    static Stream<Method> methodsThatCallTheGateway() {
        return Stream.of(Documents.class, SigningLinks.class, SmartIdSessions.class, MobileIdSessions.class)
                .flatMap(facade -> Arrays.stream(facade.getMethods()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getName().equals("download"))
                .filter(method ->
                        method.getReturnType() != Session.class && method.getReturnType() != ApiResponse.class);
    }

    @ParameterizedTest
    @MethodSource("methodsThatCallTheGateway")
    void facade_method_has_a_with_http_info_variant(Method method) throws Exception {
        Method variant =
                method.getDeclaringClass().getMethod(method.getName() + "WithHttpInfo", method.getParameterTypes());

        assertThat(variant.getReturnType()).isEqualTo(ApiResponse.class);
    }

    @Test
    void with_http_info_returns_headers_and_uses_the_client_locale() throws IOException {
        try (RawGateway gateway = RawGateway.responding(
                        response("200 OK", DOCUMENT_STATUS, "X-Request-Id: r-1", "X-A: 1", "X-A: 2"));
                MarkSignClient client =
                        builder(gateway).locale(MarkSignLocale.EN).build()) {
            ApiResponse<DocumentStatus> response = client.documents().checkStatusWithHttpInfo("d-1");

            assertThat(response.getStatusCode()).isEqualTo(200);
            assertThat(response.getHeaders().get("x-request-id")).containsExactly("r-1");
            assertThat(response.getHeaders().get("x-a")).containsExactly("1", "2");
            assertThat(response.getData().getData().getDocumentStatus()).isEqualTo("signed");
            assertThat(gateway.requests().get(0).path()).startsWith("/en/api/");
        }
    }

    @Test
    void with_http_info_fills_in_the_request_like_its_facade_method() throws IOException {
        try (RawGateway gateway = RawGateway.respondingInTurn(
                        response("200 OK", "{\"status\":\"ok\",\"signers\":[]}", "X-Request-Id: r-1"),
                        response("200 OK", OK, "X-Request-Id: r-2"));
                MarkSignClient client = builder(gateway).build()) {
            ApiResponse<SignerList> signers = client.signingLinks().signersWithHttpInfo("d-1");
            client.smartIdSessions().removeWithHttpInfo("session-1");

            assertThat(signers.getHeaders().get("X-REQUEST-ID")).containsExactly("r-1");
            assertThat(gateway.requests().get(0).text()).contains("\"document_id\":\"d-1\"");
            assertThat(gateway.requests().get(1).head()).startsWith("DELETE /api/smartid/session/session-1 ");
        }
    }

    @ParameterizedTest
    @EnumSource(Sessions.Kind.class)
    void session_returns_the_headers_of_its_last_response(Sessions.Kind kind) throws IOException {
        try (Sessions gateway = new Sessions(withHeaders(Sessions.BEGUN, "X-Request-Id: begun"))
                        .checked(
                                withHeaders(Sessions.WAITING, "X-Request-Id: waits"),
                                withHeaders(kind.done(), "X-Request-Id: done"))
                        .removed(withHeaders(Sessions.REMOVED, "X-Request-Id: removed"));
                MarkSignClient client = gateway.client().build()) {
            Session<?> session = kind.begin(client);
            assertThat(session.headers().get("x-request-id")).containsExactly("begun");
            session.poll();
            assertThat(session.headers().get("x-request-id")).containsExactly("waits");
            session.await(Duration.ofSeconds(50));
            assertThat(session.headers().get("x-request-id")).containsExactly("done");
            session.remove();
            assertThat(session.headers().get("x-request-id")).containsExactly("removed");
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> session.headers().clear());
        }
    }

    @Test
    void resumed_session_has_headers_of_its_successful_checks_only() throws IOException {
        try (Sessions gateway = new Sessions()
                        .checked(
                                withHeaders(Sessions.WAITING, "X-Request-Id: waits"),
                                withHeaders(Sessions.GONE, "X-Request-Id: gone"));
                MarkSignClient client = gateway.client().build()) {
            Session<Identification> session = client.smartIdSessions().authentication(Sessions.ID);
            assertThat(session.headers()).isEmpty();
            session.poll();
            assertThatExceptionOfType(MarkSignNotFoundException.class)
                    .isThrownBy(session::poll)
                    .satisfies(e -> assertThat(e.headers().get("x-request-id")).containsExactly("gone"));
            assertThat(session.headers().get("x-request-id")).containsExactly("waits");
        }
    }

    @Test
    void concurrently_checked_session_has_headers_of_a_single_response() throws Exception {
        String response = Sessions.WAITING;
        try (RawGateway gateway = new RawGateway((request, connection) -> RawGateway.send(
                        connection, withHeaders(response, "X-A: " + request.number(), "X-B: " + request.number())));
                MarkSignClient client = builder(gateway).build()) {
            Session<Identification> session = client.smartIdSessions().authentication(Sessions.ID);

            List<Map<String, List<String>>> seen = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> {
                        session.poll();
                        return session.headers();
                    })
                    .toList();

            assertThat(seen)
                    .allSatisfy(
                            headers -> assertThat(headers.get("x-a")).hasSize(1).isEqualTo(headers.get("x-b")));
        }
    }

    private static String withHeaders(String response, String... headers) {
        return response.replaceFirst("\r\n", "\r\n" + String.join("\r\n", headers) + "\r\n");
    }
}
