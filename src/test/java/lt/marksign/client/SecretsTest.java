package lt.marksign.client;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import feign.Client;
import feign.Logger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import lt.marksign.client.RemovingASessionTest.Entrance;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.LogCapture;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Behaviour;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the access token and the session id must not be seen, whatever a gateway repeats. */
class SecretsTest {
    private static final String TOKEN = "s3cret-t0ken-52900c96-3f60";
    private static final String SESSION = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";

    /** The first eight characters may be shown, the ninth may not. */
    private static final String SESSION_START = SESSION.substring(0, 9);

    private static final String ECHO = "you sent " + TOKEN + " for " + SESSION;

    static Stream<Behaviour> gatewaysThatRepeatWhatTheyGot() {
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
                        response("200 " + ECHO, "<html>"),
                        "HTTP/1.1 " + ECHO + "\r\n\r\n",
                        ECHO + "\r\n\r\n")
                .map(answer -> (request, connection) -> {
                    send(connection, answer);
                    connection.close();
                });
    }

    @ParameterizedTest
    @MethodSource("gatewaysThatRepeatWhatTheyGot")
    void no_log_and_no_exception_repeats_them(Behaviour behaviour) throws IOException {
        List<String> feignLog = new CopyOnWriteArrayList<>();
        try (LogCapture log = new LogCapture();
                RawGateway gateway = new RawGateway(behaviour);
                MarkSignClient client = builder(gateway)
                        .customizeFeign(
                                feign -> feign.logLevel(Logger.Level.FULL).logger(listing(feignLog)))
                        .build()) {
            for (Entrance entrance : Entrance.values()) {
                Throwable thrown = catchThrowable(() -> entrance.remove(client, MarkSignLocale.EN, SESSION));
                assertHidden(everythingIn(thrown));
            }
            assertHidden(String.join("\n", log.messages()));
            assertHidden(String.join("\n", feignLog));
            assertHidden(client.toString());
            assertThat(log.ofLibrary()).isNotEmpty();
        }
    }

    @Test
    void what_another_http_client_puts_into_its_exception_is_hidden() {
        Client leaky = (request, options) -> {
            throw new IOException("outer", new IOException(request.url() + " " + new String(request.body())));
        };
        try (MarkSignClient client = MarkSignClient.builder()
                .accessToken(TOKEN)
                .httpClient(leaky)
                .maxRetries(0)
                .build()) {
            Throwable thrown = catchThrowable(() -> client.smartIdSessions().remove(SESSION));

            assertHidden(everythingIn(thrown));
            assertThat(thrown.getCause()).isInstanceOf(IOException.class).hasMessageContaining("outer");
        }
    }

    @Test
    void the_token_is_in_the_body_and_nowhere_else() throws IOException {
        try (RawGateway gateway = RawGateway.answering(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            client.smartIdSessions().remove(SESSION);

            assertThat(gateway.requests().get(0).head()).doesNotContain(TOKEN);
            assertThat(gateway.requests().get(0).text()).containsOnlyOnce(TOKEN);
        }
        assertHidden(new AccessTokenRequest().accessToken(TOKEN).toString());
    }

    @Test
    void an_interceptor_of_the_callers_own_does_not_see_the_token() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RawGateway gateway = RawGateway.answering(response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .customizeFeign(
                                feign -> feign.requestInterceptor(request -> seen.add(new String(request.body()))))
                        .build()) {
            client.smartIdSessions().remove(SESSION);

            assertThat(seen).singleElement().asString().doesNotContain(TOKEN);
        }
    }

    @Test
    void the_messages_are_there_without_the_secrets() throws IOException {
        try (RawGateway gateway = RawGateway.answeringInTurn(
                        response("200 OK", "{\"status\":\"error\",\"message\":\"" + ECHO + "\"}"),
                        response("502 Bad Gateway", "<html>\r\n" + ECHO + "\u001b[31m</html>"),
                        response("302 Found", "", "Location: https://example.org/login"));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(catchThrowable(() -> client.smartIdSessions().remove(SESSION)))
                    .isInstanceOfSatisfying(
                            MarkSignApiException.class,
                            e -> assertThat(e.gatewayMessage()).isEqualTo("you sent *** for ***"));
            assertThat(catchThrowable(() -> client.smartIdSessions().remove(SESSION)))
                    .isInstanceOfSatisfying(
                            MarkSignUnexpectedResponseException.class,
                            e -> assertThat(e.excerpt()).isEqualTo("<html> you sent *** for *** [31m</html>"));
            assertThat(catchThrowable(() -> client.smartIdSessions().remove(SESSION)))
                    .hasMessage("removeSmartIdSession(sessionId=1c5cd62c…): HTTP 302, a redirect to"
                            + " https://example.org/login, which is not followed; the body is empty"
                            + " (whether the gateway acted is unknown)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "abcdefgh", "abcdefghijklmno"})
    void of_a_short_session_id_no_more_than_half_is_shown(String sessionId) throws IOException {
        try (RawGateway gateway = RawGateway.answering(response("200 OK", "<>"));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(catchThrowable(() -> client.smartIdSessions().remove(sessionId)))
                    .hasMessageContaining("(sessionId=" + sessionId.substring(0, sessionId.length() / 2) + "…)");
        }
    }

    @Test
    void a_call_is_logged_once_at_debug_and_each_retry_once_at_warn() throws IOException {
        try (LogCapture log = new LogCapture();
                RawGateway gateway = RawGateway.answeringInTurn(
                        response("503 Busy", "{\"status\":\"error\"}"),
                        response("200 OK", OK),
                        response("404 Not Found", "{\"status\":\"error\"}"));
                MarkSignClient client =
                        builder(gateway).locale(MarkSignLocale.EN).build()) {
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

    private static Logger listing(List<String> log) {
        return new Logger() {
            @Override
            protected void log(String configKey, String format, Object... args) {
                log.add(configKey + String.format(format, args));
            }
        };
    }

    private static String everythingIn(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        if (thrown instanceof MarkSignApiException refusal) {
            text.append(refusal.gatewayMessage());
        }
        if (thrown instanceof MarkSignUnexpectedResponseException unexpected) {
            text.append(unexpected.excerpt());
        }
        return text.toString();
    }

    private static void assertHidden(String text) {
        assertThat(text).doesNotContain(TOKEN.substring(0, 12)).doesNotContain(SESSION_START);
    }
}
