package lt.marksign.client.call;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.Clients.failure;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.Client;
import feign.Response;
import feign.Retryer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RefusingPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RetryTest {
    private static final String REFUSED = response("404 Not Found", "{\"status\":\"error\",\"message\":\"unknown\"}");
    private static final String BUSY = response("503 Busy", "{\"status\":\"error\",\"message\":\"busy\"}");
    private static final String BUSY_PROXY = response("503 Busy", "<html>", "Retry-After: 0");
    private static final String LOST = "";

    private static RawGateway gateway(String... responses) throws IOException {
        return new RawGateway((request, connection) -> {
            String response = responses[Math.min(request.number(), responses.length) - 1];
            if (response.equals(LOST)) {
                connection.close();
            } else {
                send(connection, response);
            }
        });
    }

    static Stream<List<String>> responsesEndingInSuccess() {
        String ok = response("200 OK", OK);
        return Stream.of(
                List.of(LOST, ok),
                List.of(BUSY, ok),
                List.of(BUSY_PROXY, ok),
                List.of(response("429 Slow down", "<html>"), ok),
                List.of(LOST, BUSY, ok));
    }

    @ParameterizedTest
    @MethodSource("responsesEndingInSuccess")
    void removal_succeeds_after_retryable_failures(List<String> responses) throws IOException {
        try (RawGateway gateway = gateway(responses.toArray(String[]::new));
                MarkSignClient client = builder(gateway).build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(gateway.requests()).hasSize(responses.size());
            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::text)
                    .containsOnly("{\"access_token\":\"token\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void max_retries_is_obeyed_and_earlier_failures_are_suppressed(int maxRetries) throws IOException {
        for (String response : new String[] {LOST, BUSY, BUSY_PROXY}) {
            try (RawGateway gateway = gateway(response)) {
                MarkSignException failure = failure(builder(gateway).maxRetries(maxRetries));

                assertThat(gateway.requests()).hasSize(1 + maxRetries);
                assertThat(failure.getSuppressed())
                        .hasSize(maxRetries)
                        .allSatisfy(earlier ->
                                assertThat(earlier).hasSameClassAs(failure).hasMessage(failure.getMessage()));
            }
        }
    }

    @Test
    void idempotent_call_is_retried_twice_by_default() throws IOException {
        try (RawGateway gateway = gateway(LOST)) {
            failure(MarkSignClient.builder().accessToken("token").baseUrl(gateway.baseUrl()));

            assertThat(gateway.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"400 Bad", "404 Not Found", "408 Timeout", "500 Broken", "502 Bad Gateway", "504 Late"})
    void statuses_other_than_429_and_503_are_not_retried(String status) throws IOException {
        for (String body : new String[] {"{\"status\":\"error\"}", "<html>"}) {
            try (RawGateway gateway = RawGateway.responding(response(status, body))) {
                assertThat(failure(builder(gateway))).hasNoSuppressedExceptions();
                assertThat(gateway.requests()).hasSize(1);
            }
        }
    }

    @Test
    void outcome_is_unknown_if_a_refusal_follows_a_lost_response() throws IOException {
        try (RawGateway gateway = gateway(LOST, REFUSED)) {
            MarkSignException failure = failure(builder(gateway));

            assertThat(failure)
                    .isInstanceOf(MarkSignNotFoundException.class)
                    .hasMessageContaining("whether the gateway acted is unknown");
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MarkSignConnectionException.class,
                            earlier -> assertThat(earlier.outcomeUnknown()).isTrue());
        }
    }

    @Test
    void outcome_is_unknown_if_a_refusal_follows_a_proxy_response() throws IOException {
        try (RawGateway gateway = gateway(BUSY_PROXY, REFUSED)) {
            MarkSignException failure = failure(builder(gateway));

            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(failure.getSuppressed()).singleElement().isInstanceOf(MarkSignUnexpectedResponseException.class);
        }
    }

    @Test
    void outcome_is_known_after_refusals_only() throws IOException {
        try (RawGateway gateway = gateway(BUSY, BUSY, REFUSED)) {
            MarkSignException failure = failure(builder(gateway));

            assertThat(failure).isInstanceOf(MarkSignNotFoundException.class);
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(failure.getSuppressed()).hasSize(2).hasOnlyElementsOfType(MarkSignUnavailableException.class);
        }
    }

    @Test
    void outcome_is_known_if_the_connection_is_refused() throws IOException {
        try (RefusingPort host = new RefusingPort()) {
            MarkSignException failure = failure(MarkSignClient.builder()
                    .accessToken("token")
                    .baseUrl(host.baseUrl())
                    .retryBackoff(Duration.ZERO, Duration.ZERO));

            assertThat(failure)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasCauseInstanceOf(ConnectException.class)
                    .hasMessageContaining("the gateway was not reached")
                    .hasMessageContaining(" (http://127.0.0.1:");
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(failure.getSuppressed()).hasSize(2);
        }
    }

    @Test
    void retry_is_skipped_if_its_pause_exceeds_the_deadline() throws IOException {
        try (RawGateway gateway = gateway(response("503 Busy", "{\"status\":\"error\"}", "Retry-After: 3600"))) {
            assertThat(failure(builder(gateway))).isInstanceOf(MarkSignUnavailableException.class);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void feign_retryer_is_ignored() throws IOException {
        try (RawGateway gateway = gateway(LOST)) {
            failure(builder(gateway)
                    .maxRetries(1)
                    .customizeFeign(feign -> feign.retryer(new Retryer.Default(1, 1, 9))));

            assertThat(gateway.requests()).hasSize(2);
        }
    }

    static Stream<Arguments> failuresOfCustomClient() {
        return Stream.of(
                Arguments.of(new ConnectException("refused"), true, 3),
                Arguments.of(new UnknownHostException("nowhere"), true, 3),
                Arguments.of(new NoRouteToHostException("nowhere"), true, 3),
                Arguments.of(new HttpConnectTimeoutException("late"), true, 3),
                Arguments.of(new SSLHandshakeException("unknown CA"), true, 3),
                Arguments.of(new SocketTimeoutException("late"), true, 3),
                Arguments.of(new SSLException("bad record"), true, 3),
                Arguments.of(new IOException("lost"), true, 3),
                Arguments.of(new IllegalStateException("a bug"), true, 3));
    }

    @ParameterizedTest
    @MethodSource("failuresOfCustomClient")
    void exception_of_a_custom_client_is_retried_with_unknown_outcome(
            Exception thrown, boolean outcomeUnknown, int attempts) {
        AtomicInteger calls = new AtomicInteger();
        Client broken = (request, options) -> {
            calls.incrementAndGet();
            if (thrown instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) thrown;
        };

        MarkSignException failure = failure(MarkSignClient.builder()
                .accessToken("token")
                .httpClient(broken)
                .retryBackoff(Duration.ZERO, Duration.ZERO));

        assertThat(failure).isInstanceOf(MarkSignConnectionException.class).hasRootCause(thrown);
        assertThat(failure.outcomeUnknown()).isEqualTo(outcomeUnknown);
        assertThat(calls).hasValue(attempts);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length, 15, true", "Content-Length, 16, false", "Content-Length, 14, false"})
    void custom_client_body_must_match_its_content_length(String header, String value, boolean whole) {
        assertThat(isRemovedWithHeaders(Map.of(header, List.of(value)))).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding", "Transfer-Encoding"})
    void content_length_of_an_encoded_body_is_ignored(String encoding) {
        assertThat(isRemovedWithHeaders(Map.of("Content-Length", List.of("7"), encoding, List.of("gzip"))))
                .isTrue();
    }

    private static boolean isRemovedWithHeaders(Map<String, Collection<String>> headers) {
        Client custom = (request, options) -> Response.builder()
                .status(200)
                .headers(headers)
                .body(OK, StandardCharsets.UTF_8)
                .request(request)
                .build();
        MarkSignException failure = failure(
                MarkSignClient.builder().accessToken("token").httpClient(custom).maxRetries(0));
        if (failure != null) {
            assertThat(failure).isInstanceOf(MarkSignConnectionException.class);
            assertThat(failure.outcomeUnknown()).isTrue();
        }
        return failure == null;
    }

    static Stream<Throwable> bodyReadFailures() {
        return Stream.of(
                new SSLHandshakeException("renegotiation"),
                new ConnectException("refused"),
                new IllegalStateException("state: 3"));
    }

    @ParameterizedTest
    @MethodSource("bodyReadFailures")
    void outcome_is_unknown_if_reading_the_body_fails(Throwable thrown) {
        Client custom = (request, options) -> Response.builder()
                .status(200)
                .headers(Map.of())
                .body(
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                if (thrown instanceof IOException e) {
                                    throw e;
                                }
                                throw (RuntimeException) thrown;
                            }
                        },
                        null)
                .request(request)
                .build();
        MarkSignException failure = failure(
                MarkSignClient.builder().accessToken("token").httpClient(custom).maxRetries(0));

        assertThat(failure).isInstanceOf(MarkSignConnectionException.class).hasRootCause(thrown);
        assertThat(failure.outcomeUnknown()).isTrue();
    }

    @Test
    void interim_responses_are_skipped_or_the_outcome_is_unknown() throws IOException {
        String interim = "HTTP/1.1 103 Early Hints\r\n\r\n";
        try (RawGateway gateway = RawGateway.responding(interim + interim + response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            client.smartIdSessions().remove("session-1");
        } catch (MarkSignConnectionException e) {
            // OkHttp 4 skips only one interim response.
            assertThat(e.outcomeUnknown()).isTrue();
        }
    }

    @Test
    void suppressed_failures_are_capped_and_outcome_stays_unknown() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (RawGateway gateway = new RawGateway((request, connection) -> {
            if (requests.incrementAndGet() == 2) {
                connection.close();
            } else {
                send(connection, response("503 Busy", "{\"status\":\"error\",\"message\":\"" + requests + "\"}"));
            }
        })) {
            MarkSignException failure =
                    failure(builder(gateway).maxRetries(100).retryBackoff(Duration.ZERO, Duration.ZERO));

            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(failure).hasMessageContaining("\"101\"");
            assertThat(failure.getSuppressed()).hasSize(20);
            assertThat(failure.getSuppressed()[0]).hasMessageContaining("\"1\"");
            assertThat(failure.getSuppressed()[1]).hasMessageContaining("\"82\"");
            assertThat(failure.getSuppressed()[19]).hasMessageContaining("\"100\"");
        }
    }

    @Test
    void unsolicited_response_is_not_matched_to_the_next_request() throws IOException {
        String both = response("400 No", "{\"status\":\"error\",\"message\":\"first\"}") + response("200 OK", OK);
        try (RawGateway gateway = gateway(both, REFUSED);
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            assertThat(catchThrowableOfType(
                            MarkSignApiException.class,
                            () -> client.smartIdSessions().remove("session-1")))
                    .satisfies(first -> assertThat(first.gatewayMessage()).isEqualTo("first"));

            MarkSignException second = catchThrowableOfType(
                    MarkSignException.class, () -> client.smartIdSessions().remove("session-2"));

            assertThat(second)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("an unsolicited response arrived before the request");
            assertThat(second.outcomeUnknown()).isTrue();
            assertThat(catchThrowableOfType(
                            MarkSignApiException.class,
                            () -> client.smartIdSessions().remove("session-3")))
                    .satisfies(third -> assertThat(third.gatewayMessage()).isEqualTo("unknown"));
        }
    }

    @Test
    void unsolicited_response_on_an_idle_connection_closes_it() throws Exception {
        try (RawGateway gateway = gateway(response("200 OK", OK), REFUSED);
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            client.smartIdSessions().remove("session-1");
            gateway.sendToAllConnections(response("200 OK", OK));

            assertThat(catchThrowableOfType(
                            MarkSignApiException.class,
                            () -> client.smartIdSessions().remove("session-2")))
                    .satisfies(refusal -> assertThat(refusal.outcomeUnknown()).isFalse());
            assertThat(gateway.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void connection_that_was_reset_while_idle_is_replaced() throws Exception {
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    send(connection, response("200 OK", OK));
                    if (request.number() == 1) {
                        RawGateway.reset(connection);
                    }
                });
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            client.smartIdSessions().remove("session-1");
            // The client does not examine a connection that was in use a moment ago.
            Thread.sleep(110);
            client.smartIdSessions().remove("session-2");

            assertThat(gateway.requests()).hasSize(2);
        }
    }

    @Test
    void switched_protocol_is_a_lost_response_and_closes_the_connection() throws IOException {
        try (RawGateway gateway = gateway("HTTP/1.1 101 Switching Protocols\r\n\r\n", response("200 OK", OK));
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            assertThat(catchThrowableOfType(
                                    MarkSignConnectionException.class,
                                    () -> client.smartIdSessions().remove("session-1"))
                            .outcomeUnknown())
                    .isTrue();
            client.smartIdSessions().remove("session-2");

            assertThat(gateway.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void stale_connection_is_replaced_without_a_retry() throws Exception {
        try (RawGateway gateway = gateway(response("200 OK", OK));
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            for (int i = 1; i <= 3; i++) {
                client.smartIdSessions().remove("session-" + i);
                gateway.closeAllConnections();
                // The client does not examine a connection that was in use a moment ago.
                Thread.sleep(110);
            }
            assertThat(gateway.requests()).hasSize(3);
        }
    }

    @Test
    void idle_connection_is_examined_and_reused() throws Exception {
        try (RawGateway gateway = gateway(response("200 OK", OK));
                MarkSignClient client =
                        builder(gateway).callTimeout(Duration.ofSeconds(5)).build()) {
            client.smartIdSessions().remove("session-1");
            // The client does not examine a connection that was in use a moment ago.
            Thread.sleep(110);
            client.smartIdSessions().remove("session-2");

            assertThat(gateway.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void connection_is_reused_by_calls_in_both_languages() throws IOException {
        try (RawGateway gateway = gateway(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            for (int i = 0; i < 10; i++) {
                client.withLocale(MarkSignLocale.values()[i % 2])
                        .smartIdSessions()
                        .remove("session-1");
            }
            assertThat(gateway.connectionsAccepted()).isEqualTo(1);
        }
    }
}
