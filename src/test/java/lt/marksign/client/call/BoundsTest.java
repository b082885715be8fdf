package lt.marksign.client.call;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.Clients.failure;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.gateway.Concurrently;
import lt.marksign.client.gateway.LogCapture;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Behaviour;
import lt.marksign.client.gateway.SocksProxy;
import lt.marksign.client.gateway.TlsMaterial;
import lt.marksign.client.gateway.UnreachablePort;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import okio.AsyncTimeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that each call ends, at its deadline or when its thread is interrupted. The JUnit timeout fails a test whose call does
 * not end.
 */
@Timeout(60)
class BoundsTest {
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(400);
    private static final String DEADLINE_MESSAGE = "no response within the callTimeout of " + SHORT_TIMEOUT;

    /** Ways of not responding. */
    enum Silence {
        NO_BYTE((request, connection) -> {}),
        HEAD_AND_THEN_NOTHING(
                (request, connection) -> send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"status\"")),
        A_BYTE_OF_THE_HEAD_AT_A_TIME(
                (request, connection) -> trickle(connection, "HTTP/1.1 200 OK\r\nX-Endless: ", 'x')),
        A_BYTE_OF_THE_BODY_AT_A_TIME((request, connection) ->
                trickle(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + OK, ' '));

        private final Behaviour behaviour;

        Silence(Behaviour behaviour) {
            this.behaviour = behaviour;
        }

        /** Responds to the first request, and behaves in this way at all others. */
        Behaviour afterFirstResponse() {
            return (request, connection) -> {
                if (request.number() == 1) {
                    send(connection, response("200 OK", OK));
                } else {
                    behaviour.respond(request, connection);
                }
            };
        }
    }

    private static void trickle(Socket connection, String start, char more) throws IOException {
        send(connection, start);
        while (true) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            send(connection, String.valueOf(more));
        }
    }

    @Test
    void deadline_ends_a_call_to_a_silent_or_slow_gateway() {
        Concurrently.check(Arrays.asList(Silence.values()), silence -> {
            try (RawGateway gateway = new RawGateway(silence.afterFirstResponse())) {
                MarkSignException failure = failureOfSecondCall(builder(gateway));

                assertThat(failure)
                        .isInstanceOf(MarkSignConnectionException.class)
                        .hasMessageContaining(DEADLINE_MESSAGE)
                        .hasNoSuppressedExceptions();
                assertThat(failure.outcomeUnknown()).isTrue();
                assertThat(gateway.requests()).hasSize(2);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void the_deadline_ends_a_call_over_tls(String protocol) {
        TlsMaterial tls = TlsMaterial.trusted();
        Concurrently.check(Arrays.asList(Silence.values()), silence -> {
            try (RawGateway gateway = new RawGateway(tls.serverSocket(protocol), silence.afterFirstResponse())) {
                MarkSignException failure = failureOfSecondCall(MarkSignClient.builder()
                        .baseUrl("https://127.0.0.1:" + gateway.port())
                        .accessToken("token")
                        .sslContext(tls.clientContext()));

                assertThat(failure).hasMessageContaining(DEADLINE_MESSAGE);
                assertThat(failure.outcomeUnknown()).isTrue();
                assertThat(gateway.connectionsAccepted()).isEqualTo(1);
            }
        });
    }

    @Test
    void slow_token_supplier_ends_the_call_before_anything_is_sent() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK))) {
            MarkSignException failure =
                    failure(builder(gateway).callTimeout(SHORT_TIMEOUT).accessToken(() -> {
                        // parkNanos may return early.
                        for (long end = System.nanoTime() + 2 * SHORT_TIMEOUT.toNanos(); System.nanoTime() < end; ) {
                            LockSupport.parkNanos(SHORT_TIMEOUT.toNanos());
                        }
                        return "token";
                    }));

            assertThat(failure).isInstanceOf(MarkSignConnectionException.class).hasMessageContaining(DEADLINE_MESSAGE);
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void deadline_covers_all_retries() {
        Concurrently.check(Arrays.asList(Silence.values()), silence -> {
            try (RawGateway gateway = new RawGateway((request, connection) -> {
                if (request.number() == 2 || request.number() == 3) {
                    send(connection, response("503 Busy", "{\"status\":\"error\"}"));
                } else {
                    silence.afterFirstResponse().respond(request, connection);
                }
            })) {
                MarkSignException failure = failureOfSecondCall(builder(gateway).maxRetries(9));

                assertThat(failure).hasMessageContaining(DEADLINE_MESSAGE);
                assertThat(failure.getSuppressed()).hasSize(2);
                assertThat(gateway.requests()).hasSize(4);
            }
        });
    }

    @Test
    void read_timeout_counts_as_a_lost_response() throws IOException {
        try (RawGateway gateway = new RawGateway(Silence.NO_BYTE.behaviour)) {
            MarkSignException failure =
                    failure(builder(gateway).readTimeout(Duration.ofMillis(100)).maxRetries(1));

            assertThat(failure)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("the response was lost");
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    @Test
    void connect_timeout_means_that_the_gateway_was_not_reached() throws IOException {
        try (UnreachablePort host = new UnreachablePort()) {
            MarkSignException failure = failure(MarkSignClient.builder()
                    .accessToken("token")
                    .baseUrl(host.baseUrl())
                    .connectTimeout(Duration.ofMillis(100))
                    .maxRetries(0));

            assertThat(failure).hasMessageContaining("the gateway was not reached");
            assertThat(failure.outcomeUnknown()).isFalse();
        }
    }

    @Test
    void outcome_is_known_if_the_deadline_passes_while_connecting() throws IOException {
        try (UnreachablePort host = new UnreachablePort()) {
            MarkSignException failure = failure(MarkSignClient.builder()
                    .accessToken("token")
                    .baseUrl(host.baseUrl())
                    .callTimeout(SHORT_TIMEOUT));

            assertThat(failure).hasMessageContaining("no response within the callTimeout");
            assertThat(failure.outcomeUnknown()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void interrupt_ends_an_in_flight_call_and_the_flag_stays_set(Silence silence) throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway((request, connection) -> {
            received.countDown();
            silence.behaviour.respond(request, connection);
        })) {
            assertInterruptEnds(builder(gateway), received, true);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_interrupt_ends_a_call_over_tls(Silence silence) throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        TlsMaterial tls = TlsMaterial.trusted();
        try (RawGateway gateway = new RawGateway(tls.serverSocket(), (request, connection) -> {
            received.countDown();
            silence.behaviour.respond(request, connection);
        })) {
            assertInterruptEnds(
                    builder(gateway)
                            .baseUrl("https://localhost:" + gateway.port())
                            .sslContext(tls.clientContext()),
                    received,
                    true);
        }
    }

    @Test
    void an_interrupt_ends_the_pause_before_a_retry() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        try (RawGateway gateway = RawGateway.responding(response("503 Busy", "{\"status\":\"error\"}"));
                LogCapture log = new LogCapture(event -> {
                    if (event.getLevel() == Level.WARN) {
                        pausing.countDown();
                    }
                })) {
            MarkSignException failure = assertInterruptEnds(
                    builder(gateway).retryBackoff(Duration.ofSeconds(50), Duration.ofSeconds(50)), pausing, false);

            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(log.messages()).anySatisfy(message -> assertThat(message).contains("retry in"));
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void an_interrupt_ends_connecting() throws Exception {
        try (UnreachablePort host = new UnreachablePort()) {
            assertInterruptEnds(
                    MarkSignClient.builder().accessToken("token").baseUrl(host.baseUrl()),
                    new CountDownLatch(0),
                    false);
        }
    }

    @Test
    void an_interrupted_thread_sends_nothing() throws Exception {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            Thread.currentThread().interrupt();
            MarkSignException failure = catchThrowableOfType(
                    MarkSignConnectionException.class,
                    () -> client.smartIdSessions().remove("session-1"));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure).hasMessageContaining("interrupted before the request was sent");
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(gateway.requests()).isEmpty();
            client.smartIdSessions().remove("session-1");
        }
    }

    @Test
    void the_deadline_ends_a_call_through_a_socks_proxy() {
        Concurrently.check(Arrays.asList(Silence.values()), silence -> {
            try (RawGateway gateway = new RawGateway(silence.afterFirstResponse());
                    SocksProxy proxy = new SocksProxy()) {
                MarkSignException failure =
                        failureOfSecondCall(builder(gateway).allowPlainHttp().proxy(proxy.proxy()));

                assertThat(failure).hasMessageContaining(DEADLINE_MESSAGE);
                assertThat(failure.outcomeUnknown()).isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_interrupt_ends_a_call_through_a_socks_proxy(Silence silence) throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    received.countDown();
                    silence.behaviour.respond(request, connection);
                });
                SocksProxy proxy = new SocksProxy()) {
            assertInterruptEnds(
                    builder(gateway).allowPlainHttp().proxy(proxy.proxy()).readTimeout(Duration.ofMinutes(10)),
                    received,
                    true);
        }
    }

    @Test
    void an_interrupt_ends_the_wait_for_a_socks_proxy() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CountDownLatch connected = new CountDownLatch(1);
            CompletableFuture<Socket> connection = CompletableFuture.supplyAsync(() -> {
                try {
                    Socket accepted = proxy.accept();
                    accepted.getInputStream().read();
                    connected.countDown();
                    return accepted;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertInterruptEnds(
                    MarkSignClient.builder()
                            .accessToken("token")
                            .connectTimeout(Duration.ofMinutes(10))
                            .callTimeout(Duration.ofMinutes(10))
                            .proxy(new Proxy(Proxy.Type.SOCKS, proxy.getLocalSocketAddress())),
                    connected,
                    false);
            connection.get().close();
        }
    }

    @Test
    void deadline_ends_a_request_to_a_peer_that_stops_reading() {
        TlsMaterial tls = TlsMaterial.trusted();
        SmartIdAuthenticationRequest large = new SmartIdAuthenticationRequest()
                .code("30303039914")
                .country(Country.LT)
                .message("x".repeat(15_000_000));
        Concurrently.check(List.of("TLSv1.2 direct", "TLSv1.3 direct", "TLSv1.2 SOCKS", "TLSv1.3 SOCKS"), route -> {
            CountDownLatch over = new CountDownLatch(1);
            try (ServerSocket server = tls.serverSocket(route.split(" ")[0]);
                    SocksProxy proxy = new SocksProxy();
                    RawGateway silent = new RawGateway(Silence.NO_BYTE.afterFirstResponse())) {
                FutureTask<Void> peer = new FutureTask<>(() -> {
                    try (Socket connection = server.accept()) {
                        connection.getInputStream().read();
                        over.await();
                        return null;
                    }
                });
                // The common pool has one thread on two processors, and each peer blocks its thread.
                new Thread(peer).start();
                MarkSignException failure;
                try (MarkSignClient client = MarkSignClient.builder()
                        .baseUrl("https://localhost:" + server.getLocalPort())
                        .accessToken("token")
                        .sslContext(tls.clientContext())
                        .proxy(route.endsWith("SOCKS") ? proxy.proxy() : Proxy.NO_PROXY)
                        // Leaves time for the handshake, too.
                        .callTimeout(Duration.ofSeconds(5))
                        .maxRetries(0)
                        .build()) {
                    failure = catchThrowableOfType(
                            MarkSignException.class,
                            () -> client.smartIdSessions().authenticate(large));
                }

                assertThat(failure).isInstanceOf(MarkSignConnectionException.class);
                assertThat(failure.outcomeUnknown()).isTrue();
                assertThat(failureOfSecondCall(builder(silent))).hasMessageContaining(DEADLINE_MESSAGE);
                over.countDown();
                peer.get();
            }
        });
    }

    @Test
    void deadline_ends_a_call_while_okios_watchdog_is_blocked() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AsyncTimeout blocking = new AsyncTimeout() {
            @Override
            protected void timedOut() {
                blocked.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        blocking.timeout(1, TimeUnit.MILLISECONDS);
        blocking.enter();
        blocked.await();
        try (RawGateway silent = new RawGateway(Silence.NO_BYTE.afterFirstResponse())) {
            assertThat(failureOfSecondCall(builder(silent))).hasMessageContaining(DEADLINE_MESSAGE);
        } finally {
            over.countDown();
        }
    }

    @Test
    void closing_the_client_ends_in_flight_calls_with_unknown_outcome() throws Exception {
        for (Silence silence : Silence.values()) {
            CountDownLatch received = new CountDownLatch(1);
            try (RawGateway gateway = new RawGateway((request, connection) -> {
                received.countDown();
                silence.behaviour.respond(request, connection);
            })) {
                MarkSignClient client = builder(gateway).build();
                CompletableFuture<MarkSignException> outcome = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                        MarkSignException.class, () -> client.smartIdSessions().remove("session-1")));
                received.await();
                client.close();

                assertThat(outcome.get())
                        .isInstanceOf(MarkSignConnectionException.class)
                        .hasMessageContaining("the client was closed during the call")
                        .hasNoSuppressedExceptions();
                assertThat(outcome.get().outcomeUnknown()).isTrue();
                assertThat(gateway.requests()).hasSize(1);
                gateway.awaitNoConnections();
            }
        }
    }

    @Test
    void closing_the_client_ends_a_call_through_a_socks_proxy() throws Exception {
        for (Silence silence : Silence.values()) {
            CountDownLatch received = new CountDownLatch(1);
            try (RawGateway gateway = new RawGateway((request, connection) -> {
                        received.countDown();
                        silence.behaviour.respond(request, connection);
                    });
                    SocksProxy proxy = new SocksProxy()) {
                MarkSignClient client =
                        builder(gateway).allowPlainHttp().proxy(proxy.proxy()).build();
                CompletableFuture<MarkSignException> outcome = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                        MarkSignException.class, () -> client.smartIdSessions().remove("session-1")));
                received.await();
                client.close();

                assertThat(outcome.get()).hasMessageContaining("the client was closed during the call");
                assertThat(outcome.get().outcomeUnknown()).isTrue();
                gateway.awaitNoConnections();
            }
        }
    }

    @Test
    void closing_the_client_cancels_a_pending_retry() throws Exception {
        AtomicReference<MarkSignClient> client = new AtomicReference<>();
        try (RawGateway gateway = RawGateway.responding(response("503 Busy", "{\"status\":\"error\"}"));
                LogCapture log = new LogCapture(event -> {
                    if (event.getFormattedMessage().contains("retry in")) {
                        client.get().close();
                    }
                })) {
            client.set(builder(gateway).build());
            MarkSignException failure = catchThrowableOfType(
                    MarkSignException.class,
                    () -> client.get().smartIdSessions().remove("session-1"));

            assertThat(failure)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("the client was closed during the call");
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(failure.getSuppressed()).hasSize(1).hasOnlyElementsOfType(MarkSignUnavailableException.class);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void closing_the_client_during_calls_leaves_no_open_connection() throws Exception {
        try (RawGateway gateway = RawGateway.forgetful(RawGateway::sendSlowly)) {
            for (int i = 0; i < 300; i++) {
                MarkSignClient client = builder(gateway).build();
                client.smartIdSessions().remove("session-1");
                CountDownLatch started = new CountDownLatch(1);
                CompletableFuture<Void> calls = CompletableFuture.runAsync(() -> {
                    started.countDown();
                    try {
                        while (true) {
                            client.smartIdSessions().remove("session-1");
                        }
                    } catch (IllegalStateException | MarkSignConnectionException e) {
                        // The client was closed before or during the call.
                    }
                });
                started.await();
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000));
                client.close();
                calls.get();
                gateway.awaitNoConnections();
            }
        }
    }

    /** The first call connects and loads classes. The deadline applies to the second call. */
    private static MarkSignException failureOfSecondCall(MarkSignClientBuilder builder) {
        try (MarkSignClient client = builder.build()) {
            client.smartIdSessions().remove("session-1");
            return catchThrowableOfType(
                    MarkSignException.class,
                    () -> client.withCallTimeout(SHORT_TIMEOUT)
                            .smartIdSessions()
                            .remove("session-1"));
        }
    }

    private static MarkSignException assertInterruptEnds(
            MarkSignClientBuilder builder, CountDownLatch interruptWhen, boolean outcomeUnknown) throws Exception {
        try (MarkSignClient client = builder.build()) {
            CompletableFuture<MarkSignException> outcome = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                outcome.complete(catchThrowableOfType(
                        MarkSignException.class, () -> client.smartIdSessions().remove("session-1")));
                flag.complete(Thread.currentThread().isInterrupted());
            });
            caller.start();
            interruptWhen.await();
            caller.interrupt();

            assertThat(outcome.get())
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("interrupted");
            assertThat(outcome.get().outcomeUnknown()).isEqualTo(outcomeUnknown);
            assertThat(flag.get()).isTrue();
            return outcome.get();
        }
    }
}
