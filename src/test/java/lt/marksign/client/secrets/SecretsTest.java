package lt.marksign.client.secrets;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.ObjectMapper;
import feign.Capability;
import feign.Client;
import feign.FeignException;
import feign.Headers;
import feign.Logger;
import feign.Param;
import feign.RequestLine;
import feign.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.EntryPoint;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.LogCapture;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Behaviour;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the access token and the session id are redacted, whatever the gateway repeats of a request. */
class SecretsTest {
    private static final String TOKEN = "s3cret-t0ken-52900c96-3f60";
    private static final String SESSION = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";

    /** The first eight characters may be shown, the ninth may not. */
    private static final String SESSION_START = SESSION.substring(0, 9);

    private static final String ECHO = "you sent " + TOKEN + " for " + SESSION;

    static Stream<Behaviour> echoingGateways() {
        return Stream.<String>of(
                        response("200 OK", OK),
                        response("200 OK", "{\"status\":\"error\",\"message\":\"" + ECHO + "\"}"),
                        response("200 OK", "{\"status\":\"error\",\"message\":{\"x\":\"" + ECHO + "\"}}"),
                        response("503 Busy", "{\"status\":\"error\",\"message\":\"" + ECHO + "\"}"),
                        response("500 Broken", "{\"error\":{\"code\":500,\"message\":\"" + ECHO + "\"}}"),
                        response("200 OK", "{\"status\":\"" + ECHO + "\"}"),
                        response("200 OK", "{\"" + ECHO + "\":1,\"" + ECHO + "\":2}"),
                        response("502 Bad Gateway", "<html>" + ECHO + "</html>"),
                        response("502 Bad Gateway", "x".repeat(190) + ECHO),
                        response("502 Bad Gateway", TOKEN.substring(0, TOKEN.length() - 1)),
                        response("502 Bad Gateway", SESSION.substring(0, 20)),
                        response("502 Bad Gateway", ECHO + " ".repeat(2 * 1024 * 1024)),
                        response(
                                "307 Go",
                                "",
                                "Location: https://u:" + TOKEN + "@example.org/" + SESSION + "?t=" + TOKEN),
                        response("500 Broken", "{\"status\":\"error\"}", "X-Echo: " + ECHO, TOKEN + ": " + SESSION),
                        response("200 " + ECHO, "<html>"),
                        "HTTP/1.1 " + ECHO + "\r\n\r\n",
                        ECHO + "\r\n\r\n")
                .map(response -> (request, connection) -> {
                    send(connection, response);
                    connection.close();
                });
    }

    @ParameterizedTest
    @MethodSource("echoingGateways")
    void token_and_session_id_are_redacted_in_logs_and_exceptions(Behaviour behaviour) throws IOException {
        List<String> feignLog = new CopyOnWriteArrayList<>();
        try (LogCapture log = new LogCapture();
                RawGateway gateway = new RawGateway(behaviour);
                MarkSignClient client = builder(gateway)
                        .customizeFeign(
                                feign -> feign.logLevel(Logger.Level.FULL).logger(loggerTo(feignLog)))
                        .build()) {
            for (EntryPoint entrance : EntryPoint.values()) {
                Throwable thrown = catchThrowable(() -> entrance.remove(client, MarkSignLocale.EN, SESSION));
                assertRedacted(Clients.everythingIn(thrown));
            }
            assertRedacted(String.join("\n", log.messages()));
            assertRedacted(String.join("\n", feignLog));
            assertRedacted(client.toString());
            assertThat(log.ofLibrary()).isNotEmpty();
        }
    }

    static Stream<GeneratedCall> callsWithTheTokenInTheHeader() {
        return GeneratedCall.all().filter(GeneratedCall::hasTokenInHeader);
    }

    @ParameterizedTest
    @MethodSource("callsWithTheTokenInTheHeader")
    void header_token_is_redacted_in_logs_and_exceptions(GeneratedCall call) throws IOException {
        for (Behaviour behaviour : echoingGateways().toList()) {
            List<String> feignLog = new CopyOnWriteArrayList<>();
            try (LogCapture log = new LogCapture();
                    RawGateway gateway = new RawGateway(behaviour);
                    MarkSignClient client = builder(gateway)
                            .customizeFeign(
                                    feign -> feign.logLevel(Logger.Level.FULL).logger(loggerTo(feignLog)))
                            .build()) {
                Throwable thrown = catchThrowable(() -> call.invoke(client));
                assertThat(gateway.requests().get(0).header("Authorization")).isEqualTo("Bearer " + TOKEN);
                assertTokenRedacted(Clients.everythingIn(thrown));
                assertTokenRedacted(String.join("\n", log.messages()));
                assertTokenRedacted(String.join("\n", feignLog));
                assertThat(log.ofLibrary()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("callsWithTheTokenInTheHeader")
    void header_token_is_sent_only_in_the_authorization_header(GeneratedCall call) throws IOException {
        try (RawGateway gateway = RawGateway.responding(call.kind().successResponse());
                MarkSignClient client = builder(gateway).build()) {
            call.invoke(client);

            RawGateway.Request request = gateway.requests().get(0);
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(request.head() + request.text()).containsOnlyOnce(TOKEN).doesNotContain("access_token");
        }
    }

    @Test
    void workspace_id_is_redacted_in_logs_and_exceptions() throws IOException {
        for (Behaviour behaviour : echoingGateways().toList()) {
            try (LogCapture log = new LogCapture();
                    RawGateway gateway = new RawGateway(behaviour);
                    MarkSignClient client = builder(gateway).build()) {
                assertRedacted(Clients.everythingIn(
                        catchThrowable(() -> client.workspace().remove(SESSION))));
                assertRedacted(Clients.everythingIn(
                        catchThrowable(() -> client.workspace().deleteSigningLink(SESSION))));
                assertRedacted(Clients.everythingIn(
                        catchThrowable(() -> client.workspace().validate(SESSION, Duration.ofMinutes(1)))));
                assertRedacted(String.join("\n", log.messages()));
            }
        }
    }

    @Test
    void headers_in_an_exception_of_a_custom_client_are_redacted() {
        Client leaky = (request, options) -> {
            throw new IOException("outer", new IOException(request.headers().toString()));
        };
        try (MarkSignClient client = MarkSignClient.builder()
                .accessToken(TOKEN)
                .httpClient(leaky)
                .maxRetries(0)
                .build()) {
            Throwable thrown = catchThrowable(() -> client.workspace().remove(SESSION));

            assertRedacted(Clients.everythingIn(thrown));
            assertThat(thrown.getCause()).isInstanceOf(IOException.class).hasMessage("java.io.IOException");
        }
    }

    @Test
    void non_ascii_header_token_is_rejected_before_sending() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client =
                        builder(gateway).accessToken(TOKEN + "ž").build()) {
            Throwable thrown = catchThrowable(() -> client.workspace().remove(SESSION));

            assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("ASCII");
            assertRedacted(Clients.everythingIn(thrown));
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @Test
    void interceptor_and_capability_do_not_see_the_authorization_header() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        Capability watching = new ClientWrapper(client -> (request, options) -> {
            Response response = client.execute(request, options);
            seen.add(request + " " + request.headers() + response.request() + " "
                    + response.request().headers());
            return response;
        });
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .customizeFeign(feign -> feign.addCapability(watching)
                                .requestInterceptor(request -> seen.add(request.headers() + " " + request.request())))
                        .build()) {
            client.workspace().remove(SESSION);

            assertThat(gateway.requests().get(0).header("Authorization")).contains(TOKEN);
            assertThat(seen)
                    .hasSize(2)
                    .allSatisfy(
                            text -> assertThat(text).doesNotContain(TOKEN).doesNotContainIgnoringCase("authorization"));
        }
    }

    @Test
    void url_and_body_in_an_exception_of_a_custom_client_are_redacted() {
        Client leaky = (request, options) -> {
            throw new IOException("outer", new IOException(request.url() + " " + new String(request.body())));
        };
        try (MarkSignClient client = MarkSignClient.builder()
                .accessToken(TOKEN)
                .httpClient(leaky)
                .maxRetries(0)
                .build()) {
            Throwable thrown = catchThrowable(() -> client.smartIdSessions().remove(SESSION));

            assertRedacted(Clients.everythingIn(thrown));
            assertThat(thrown.getCause()).isInstanceOf(IOException.class).hasMessage("java.io.IOException");
        }
    }

    @Test
    void suppressed_exception_of_a_custom_client_is_redacted() {
        Client leaky = (request, options) -> {
            IOException cause = new IOException("inner");
            cause.addSuppressed(new IOException(request.url() + " " + new String(request.body())));
            throw new IOException("outer", cause);
        };

        Throwable thrown = failureWith(leaky);

        assertRedacted(Clients.everythingIn(thrown));
        assertThat(thrown.getCause()).isInstanceOf(IOException.class).hasMessage("java.io.IOException");
    }

    @Test
    void exception_with_too_many_suppressed_exceptions_is_redacted() {
        Client leaky = (request, options) -> {
            IOException failure = new IOException("outer");
            for (int i = 0; i < 2000; i++) {
                failure.addSuppressed(new IOException("inner"));
            }
            failure.addSuppressed(new IOException(request.url()));
            throw failure;
        };

        Throwable thrown = failureWith(leaky);

        assertRedacted(Clients.everythingIn(thrown));
        assertThat(thrown.getCause()).hasMessage("java.io.IOException");
    }

    private static Throwable failureWith(Client httpClient) {
        try (MarkSignClient client = MarkSignClient.builder()
                .accessToken(TOKEN)
                .httpClient(httpClient)
                .maxRetries(0)
                .build()) {
            return catchThrowable(() -> client.smartIdSessions().remove(SESSION));
        }
    }

    @Test
    void gateway_message_and_headers_redact_all_variants_of_secrets() throws IOException {
        String token = "aB/c+d-\"E1ž=f%g\\";
        String echo = "<" + token + " " + SESSION + " " + token.toUpperCase(Locale.ROOT) + " "
                + URLEncoder.encode(token, StandardCharsets.UTF_8) + " 30303039914 303030-39914>";
        String body = new ObjectMapper().writeValueAsString(Map.of("status", "error", "message", echo));
        try (RawGateway gateway = RawGateway.responding(response("400 Bad", body, "X-Echo: " + SESSION));
                MarkSignClient client = builder(gateway).accessToken(token).build()) {
            MarkSignApiException refusal = refusalBy(client);

            assertThat(refusal.gatewayMessage()).isEqualTo("<*** *** *** *** *** ***>");
            assertThat(refusal).hasMessageContaining("<*** *** *** *** *** ***>");
            assertThat(refusal.headers().get("x-echo")).containsExactly("***");
        }
    }

    @Test
    void non_text_gateway_message_is_empty() throws IOException {
        try (RawGateway gateway = RawGateway.responding(
                        response("400 Bad", "{\"status\":\"error\",\"message\":{\"x\":\"" + ECHO + "\"}}"));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(refusalBy(client).gatewayMessage()).isEmpty();
        }
    }

    @Test
    void redirect_exception_omits_the_target() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("302 Found", "", "Location: https://example.org/a"));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(catchThrowable(() -> client.smartIdSessions().remove(SESSION)))
                    .message()
                    .contains("a redirect, which is not followed")
                    .doesNotContain("example.org");
        }
    }

    @Test
    void excerpt_is_cut_and_omitted_from_the_exception_message() throws IOException {
        String page = "<html>\r\n" + ECHO + "\u001b[31m</html>" + "x".repeat(300);
        try (RawGateway gateway = RawGateway.responding(response("502 Bad Gateway", page));
                MarkSignClient client = builder(gateway).build()) {
            MarkSignUnexpectedResponseException thrown = catchThrowableOfType(
                    MarkSignUnexpectedResponseException.class,
                    () -> client.smartIdSessions().remove(SESSION));

            assertThat(thrown.excerpt())
                    .startsWith("<html> " + ECHO + " [31m</html>xx")
                    .hasSize(200);
            assertThat(thrown)
                    .hasMessage("removeSmartIdSession(sessionId=1c5cd62c…): HTTP 502, the body is not well-formed JSON,"
                            + " with no key twice and at most 500 levels, application/json"
                            + " (whether the gateway acted is unknown)");
        }
    }

    private static MarkSignApiException refusalBy(MarkSignClient client) {
        return catchThrowableOfType(
                MarkSignApiException.class, () -> client.smartIdSessions().remove(SESSION));
    }

    @ParameterizedTest
    @CsvSource({
        "x, 'Next: x is exact, x-ray, x_y and xx are not', 'Next: *** is exact, x-ray, x_y and xx are not'",
        "x, '\"x\\\\n/x?', '\"***\\n/***?'",
        "abcdefgh, 'abcdefghi abcdefgh', 'abcdefghi ***'",
        "abcdefghi, 'xabcdefghix', 'x***x'",
        "k-9, 'K-9, k9, pack-9', '***, k9, pack-9'",
    })
    void token_under_nine_characters_is_redacted_only_as_a_word(String token, String message, String shown)
            throws IOException {
        String body = "{\"status\":\"error\",\"message\":\"" + message.replace("\"", "\\\"") + "\"}";
        try (RawGateway gateway = RawGateway.responding(response("400 Bad", body));
                MarkSignClient client = builder(gateway).accessToken(token).build()) {
            assertThat(refusalBy(client).gatewayMessage()).isEqualTo(shown);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "net", "lost"})
    void short_token_does_not_redact_the_cause(String token) {
        Client failing = (request, options) -> {
            throw new ConnectException("exit");
        };
        try (MarkSignClient client = MarkSignClient.builder()
                .accessToken(token)
                .httpClient(failing)
                .maxRetries(0)
                .build()) {
            assertThat(catchThrowable(() -> client.smartIdSessions().remove(SESSION)))
                    .hasCauseInstanceOf(ConnectException.class)
                    .hasMessageContaining("exit");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%s", "HTTP/1.1 200 OK\r\nX-Echo: %s", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s"
            })
    void truncated_response_that_repeats_the_token_is_redacted(String start) throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    RawGateway.send(connection, start.formatted(TOKEN));
                    connection.close();
                });
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            String thrown = Clients.everythingIn(
                    catchThrowable(() -> client.smartIdSessions().remove(SESSION)));

            assertRedacted(thrown);
            assertThat(thrown)
                    .doesNotContain(
                            HexFormat.of().formatHex(TOKEN.substring(0, 8).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void header_that_http_does_not_allow_is_not_quoted() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .customizeFeign(
                                feign -> feign.requestInterceptor(call -> call.header("X-Person", "\u017e " + TOKEN)))
                        .build()) {
            Throwable thrown = catchThrowable(() -> client.smartIdSessions().remove(SESSION));

            assertRedacted(Clients.everythingIn(thrown));
            assertThat(thrown).hasMessage("a header has characters that HTTP does not allow");
        }
    }

    @Test
    void exception_of_a_custom_capability_contains_no_secrets() throws IOException {
        Capability failing = new ClientWrapper(client -> (request, options) -> {
            throw new IOException("no more");
        });
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .customizeFeign(feign -> feign.addCapability(failing))
                        .build()) {
            Throwable thrown = catchThrowable(() -> client.smartIdSessions().remove(SESSION));

            assertRedacted(Clients.everythingIn(thrown));
            assertThat(thrown).isInstanceOf(FeignException.class).hasMessageContaining("no more");
        }
    }

    @Test
    void secrets_are_redacted_after_an_interceptor_changes_the_path() throws IOException {
        try (RawGateway gateway = RawGateway.forgetful(
                        (request, connection) -> send(connection, response("502 Bad Gateway", ECHO)));
                MarkSignClient client = builder(gateway)
                        .customizeFeign(feign -> feign.requestInterceptor(request -> request.uri("/other/" + SESSION)))
                        .build()) {
            Throwable thrown = catchThrowable(() -> client.smartIdSessions().remove(SESSION));

            assertRedacted(Clients.everythingIn(thrown));
            assertThat(thrown).hasMessageStartingWith("removeSmartIdSession(sessionId=1c5cd62c…): ");
        }
    }

    /** Has the same name as a generated interface, in another package. */
    interface SmartIdSessionsApi extends ApiClient.Api {
        @RequestLine("DELETE /en/api/smartid/session/{id}")
        @Headers("Content-Type: application/json")
        Map<String, Object> removeSmartIdSession(@Param("id") String id, AccessTokenRequest body);
    }

    @Test
    void interfaces_with_the_same_simple_name_are_not_confused() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("502 Bad Gateway", ECHO));
                MarkSignClient client = builder(gateway).build();
                LogCapture log = new LogCapture()) {
            catchThrowable(() -> client.smartIdSessions().remove("another-session"));
            Throwable thrown = catchThrowable(
                    () -> client.api(SmartIdSessionsApi.class).removeSmartIdSession(SESSION, new AccessTokenRequest()));

            assertRedacted(Clients.everythingIn(thrown));
            assertThat(thrown).hasMessageStartingWith("removeSmartIdSession(id=1c5cd62c…): ");
            assertThat(log.ofLibrary().get(1).getFormattedMessage()).contains("language=en");
        }
    }

    /** Wraps the client of a call. */
    public static final class ClientWrapper implements Capability {
        private final UnaryOperator<Client> wrapper;

        ClientWrapper(UnaryOperator<Client> wrapper) {
            this.wrapper = wrapper;
        }

        @Override
        public Client enrich(Client client) {
            return wrapper.apply(client);
        }
    }

    @Test
    void nested_call_does_not_affect_the_redaction_of_the_outer_call() throws IOException {
        try (RawGateway inner = RawGateway.responding(response("200 OK", OK));
                MarkSignClient vault = builder(inner).build();
                RawGateway gateway = RawGateway.responding(
                        response("400 Bad", "{\"status\":\"error\",\"message\":\"" + ECHO + "\"}"));
                MarkSignClient client = builder(gateway)
                        .accessToken(() -> {
                            vault.smartIdSessions().remove("another-session");
                            return TOKEN;
                        })
                        .build()) {
            Throwable thrown = catchThrowable(() -> client.smartIdSessions().remove(SESSION));

            assertRedacted(Clients.everythingIn(thrown));
            assertThat(thrown).hasMessageContaining("you sent *** for ***");
        }
    }

    @Test
    void custom_capability_does_not_see_the_token() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        Capability watching = new ClientWrapper(client -> (request, options) -> {
            Response response = client.execute(request, options);
            seen.add(new String(request.body())
                    + new String(response.request().body())
                    + request.headers()
                    + response.request().headers());
            return response;
        });
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .customizeFeign(feign -> feign.addCapability(watching))
                        .build()) {
            client.smartIdSessions().remove(SESSION);

            assertThat(seen).singleElement().asString().doesNotContain(TOKEN);
        }
    }

    @Test
    void body_token_is_sent_only_in_the_body() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            client.smartIdSessions().remove(SESSION);

            assertThat(gateway.requests().get(0).head()).doesNotContain(TOKEN);
            assertThat(gateway.requests().get(0).text()).containsOnlyOnce(TOKEN);
        }
        assertRedacted(new AccessTokenRequest().accessToken(TOKEN).toString());
    }

    @Test
    void custom_interceptor_does_not_see_the_token() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .customizeFeign(
                                feign -> feign.requestInterceptor(request -> seen.add(new String(request.body()))))
                        .build()) {
            client.smartIdSessions().remove(SESSION);

            assertThat(seen).singleElement().asString().doesNotContain(TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "abcdefgh", "abcdefghijklmno"})
    void only_half_of_a_short_session_id_is_shown(String sessionId) throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", "<>"));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(catchThrowable(() -> client.smartIdSessions().remove(sessionId)))
                    .hasMessageContaining("(sessionId=" + sessionId.substring(0, sessionId.length() / 2) + "…)");
        }
    }

    @Test
    void a_call_is_logged_once_at_debug_and_each_retry_once_at_warn() throws IOException {
        try (RawGateway gateway = RawGateway.respondingInTurn(
                        response("503 Busy", "{\"status\":\"error\"}"),
                        response("200 OK", OK),
                        response("404 Not Found", "{\"status\":\"error\"}"));
                MarkSignClient client =
                        builder(gateway).locale(MarkSignLocale.EN).build();
                LogCapture log = new LogCapture()) {
            client.smartIdSessions().remove(SESSION);
            catchThrowable(
                    () -> client.withLocale(MarkSignLocale.LT).smartIdSessions().remove(SESSION));

            assertThat(log.ofLibrary())
                    .extracting(event -> event.getLevel())
                    .containsExactly(Level.WARN, Level.DEBUG, Level.DEBUG);
            assertThat(log.ofLibrary())
                    .extracting(event -> event.getFormattedMessage().replaceAll(".*duration=([0-9]+)ms.*", "$1"))
                    .allSatisfy(millis -> assertThat(Long.parseLong(millis)).isBetween(0L, 600_000L));
            assertThat(log.ofLibrary())
                    .extracting(event -> event.getFormattedMessage().replaceAll("[0-9]+ms", "<n>ms"))
                    .containsExactly(
                            "removeSmartIdSession(sessionId=1c5cd62c…) language=en attempt=1 status=503 duration=<n>ms"
                                    + " outcome=refused retry in <n>ms",
                            "removeSmartIdSession(sessionId=1c5cd62c…) language=en attempt=2 status=200 duration=<n>ms"
                                    + " outcome=ok",
                            "removeSmartIdSession(sessionId=1c5cd62c…) language=lt attempt=1 status=404 duration=<n>ms"
                                    + " outcome=refused");
        }
    }

    private static MarkSignClientBuilder builder(RawGateway gateway) {
        return MarkSignClient.builder()
                .accessToken(TOKEN)
                .baseUrl(gateway.baseUrl())
                .retryBackoff(Duration.ofMillis(1), Duration.ofMillis(1));
    }

    private static Logger loggerTo(List<String> log) {
        return new Logger() {
            @Override
            protected void log(String configKey, String format, Object... args) {
                log.add(configKey + String.format(format, args));
            }
        };
    }

    private static void assertRedacted(String text) {
        assertTokenRedacted(text);
        assertThat(text).doesNotContain(SESSION_START);
    }

    private static void assertTokenRedacted(String text) {
        assertThat(text).doesNotContain(TOKEN.substring(0, 12));
    }
}
