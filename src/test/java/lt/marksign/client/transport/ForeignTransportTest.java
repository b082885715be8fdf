package lt.marksign.client.transport;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.Clients.failure;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.Client;
import feign.Request;
import feign.hc5.ApacheHttp5Client;
import feign.okhttp.OkHttpClient;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.okhttp.OkHttpTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a transport that is not the library's, what is said of an outcome is true all the same. */
@Timeout(60)
class ForeignTransportTest {
    private static final String NO_SUCH_SESSION = "{\"status\":\"error\",\"error_code\":40402}";

    enum Foreign {
        HC5(ApacheHttp5Client::new),
        OKHTTP(OkHttpClient::new),
        FEIGNS_DEFAULT(() -> new Client.Default(null, null));

        private final Supplier<Client> maker;

        Foreign(Supplier<Client> maker) {
            this.maker = maker;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_may_be_the_answer_to_a_request_that_the_transport_repeated(Foreign foreign) throws Exception {
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    switch (request.number()) {
                        case 1 -> RawGateway.send(connection, response("200 OK", OK));
                        // Removes the session and says nothing; after that there is none.
                        case 2 -> connection.close();
                        default -> RawGateway.send(connection, response("404 Not Found", NO_SUCH_SESSION));
                    }
                });
                MarkSignClient client = builder(gateway)
                        .httpClient(foreign.maker.get())
                        .maxRetries(0)
                        .build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(catchThrowableOfType(
                            MarkSignException.class,
                            () -> client.smartIdSessions().remove("session-2")))
                    .satisfies(e -> assertThat(e.outcomeUnknown()).isTrue());
        }
    }

    @Test
    void a_refusal_that_came_at_once_is_uncertain_too_for_nobody_can_tell() throws Exception {
        try (RawGateway gateway = RawGateway.answering(response("404 Not Found", NO_SUCH_SESSION))) {
            MarkSignException thrown = failure(builder(gateway).httpClient(new ApacheHttp5Client()));

            assertThat(thrown).isInstanceOf(MarkSignNotFoundException.class);
            assertThat(thrown.outcomeUnknown()).isTrue();
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_too_many_is_not_taken_for_the_next_one(Foreign foreign) throws Exception {
        // Java's HttpURLConnection closes a connection when the gateway agrees to that, the others by themselves.
        String agreement = foreign == Foreign.FEIGNS_DEFAULT ? "Connection: close" : "X-Nothing: said";
        String ok = response("200 OK", OK, agreement);
        try (RawGateway gateway = RawGateway.answeringInTurn(
                        ok + ok, response("400 Bad Request", "{\"status\":\"error\"}", agreement));
                MarkSignClient client = builder(gateway)
                        .httpClient(foreign.maker.get())
                        .maxRetries(0)
                        .build()) {
            MarkSignException first = catchThrowableOfType(
                    MarkSignException.class, () -> client.smartIdSessions().remove("session-1"));
            // Feign's default reads a connection that is to be closed to its end, and finds too much.
            assertThat(first == null || first.outcomeUnknown()).isTrue();

            assertThat(catchThrowableOfType(
                            MarkSignException.class,
                            () -> client.smartIdSessions().remove("session-2")))
                    .isInstanceOf(MarkSignApiException.class);
            assertThat(gateway.connectionsAccepted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_deadline_ends_a_head_that_trickles(Foreign foreign) throws Exception {
        try (RawGateway gateway = new RawGateway(ForeignTransportTest::trickle)) {
            MarkSignException thrown =
                    failure(builder(gateway).httpClient(foreign.maker.get()).callTimeout(Duration.ofMillis(300)));

            assertThat(thrown).hasMessageContaining("no answer within the callTimeout of PT0.3S");
            assertThat(thrown.outcomeUnknown()).isTrue();
        }
    }

    private static void trickle(RawGateway.Request request, java.net.Socket connection) throws java.io.IOException {
        RawGateway.send(connection, "HTTP/1.1 200 OK\r\nX-Long: ");
        while (true) {
            RawGateway.send(connection, "x");
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_interrupt_ends_a_call(Foreign foreign) throws Exception {
        Thread caller = Thread.currentThread();
        CountDownLatch over = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway((request, connection) -> {
            caller.interrupt();
            try {
                over.await();
            } catch (InterruptedException e) {
                return;
            }
        })) {
            MarkSignException thrown = failure(builder(gateway).httpClient(foreign.maker.get()));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(thrown).hasMessageContaining("interrupted while waiting for the answer");
            assertThat(thrown.outcomeUnknown()).isTrue();
            assertThat(gateway.requests()).hasSize(1);
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_body_beyond_the_limit_is_not_read(Foreign foreign) throws Exception {
        try (RawGateway gateway = RawGateway.answering(response("200 OK", " ".repeat(1024 * 1024 + 1) + OK))) {
            assertThat(failure(builder(gateway).httpClient(foreign.maker.get())))
                    .hasMessageContaining("the body is longer than 1048576 bytes");
        }
    }

    @Test
    void a_transport_that_fails_by_itself_is_not_said_to_have_lost_an_answer() {
        MarkSignException thrown = failure(
                MarkSignClient.builder().accessToken("token").maxRetries(0).httpClient((request, options) -> {
                    throw new UnsupportedOperationException("DELETE with content is not supported");
                }));

        assertThat(thrown)
                .isInstanceOf(MarkSignConnectionException.class)
                .hasMessageContaining("the transport failed:")
                .hasMessageContaining("DELETE with content is not supported");
        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    @Test
    void a_connection_that_another_transport_was_refused_may_have_been_its_second() {
        MarkSignException thrown = failure(
                MarkSignClient.builder().accessToken("token").maxRetries(0).httpClient((request, options) -> {
                    throw new ConnectException("refused");
                }));

        assertThat(thrown).hasMessageContaining("refused").hasRootCauseInstanceOf(ConnectException.class);
        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    @Test
    void a_transport_that_gives_nothing_has_failed() {
        assertThat(failure(MarkSignClient.builder()
                        .accessToken("token")
                        .maxRetries(0)
                        .httpClient((request, options) -> null)))
                .hasMessageContaining("the transport failed");
    }

    @Test
    void through_what_stands_before_the_librarys_own_transport_its_truth_is_told() throws Exception {
        try (RawGateway gateway = RawGateway.answering(response("404 Not Found", NO_SUCH_SESSION));
                OkHttpTransport own = new OkHttpTransport(Timeouts.DEFAULT, null, null, null)) {
            for (Client wrapper : wrappers(own)) {
                MarkSignException thrown = failure(builder(gateway).httpClient(wrapper));
                assertThat(thrown).isInstanceOf(MarkSignNotFoundException.class);
                assertThat(thrown.outcomeUnknown()).isFalse();
            }
            assertThat(gateway.connectionsAccepted()).isEqualTo(1);
            assertThat(gateway.requests())
                    .allSatisfy(
                            request -> assertThat(request.header("Connection")).isNotEqualTo("close"));
        }
    }

    @Test
    void through_what_stands_before_it_a_gateway_that_was_not_reached_is_told_of() throws Exception {
        RawGateway gone = RawGateway.answering("");
        gone.close();
        try (OkHttpTransport own = new OkHttpTransport(Timeouts.DEFAULT, null, null, null)) {
            for (Client wrapper : wrappers(own)) {
                MarkSignException thrown = failure(builder(gone).httpClient(wrapper));
                assertThat(thrown).hasMessageContaining("the gateway was not reached");
                assertThat(thrown.outcomeUnknown()).isFalse();
            }
        }
    }

    @Test
    void what_stands_before_the_librarys_own_transport_cannot_have_a_request_sent_twice() throws Exception {
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    if (request.number() % 2 == 1) {
                        connection.close();
                    } else {
                        RawGateway.send(connection, response("404 Not Found", NO_SUCH_SESSION));
                    }
                });
                OkHttpTransport own = new OkHttpTransport(Timeouts.DEFAULT, null, null, null)) {
            MarkSignException thrown = failure(builder(gateway).maxRetries(0).httpClient((request, options) -> {
                try {
                    return ((Client) own).execute(request, options);
                } catch (java.io.IOException e) {
                    return ((Client) own).execute(request, options);
                }
            }));

            assertThat(thrown.outcomeUnknown()).isTrue();
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void something_that_answers_in_the_place_of_the_librarys_own_transport_has_sent_nothing() {
        OkHttpTransport.Wrapper balancer = (request, options) -> feign.Response.builder()
                .request(request)
                .status(503)
                .body("no instance of the service", java.nio.charset.StandardCharsets.UTF_8)
                .build();
        MarkSignException thrown = failure(
                MarkSignClient.builder().accessToken("token").maxRetries(0).httpClient(balancer));

        assertThat(thrown).hasMessageContaining("the gateway was not reached").hasMessageContaining("no instance of");
        assertThat(thrown.outcomeUnknown()).isFalse();
    }

    /** One that is known to lead to the library's transport, and one that is not. */
    private static List<Client> wrappers(OkHttpTransport own) {
        Client transport = own;
        OkHttpTransport.Wrapper known = transport::execute;
        Client unknown = (Request request, Request.Options options) -> transport.execute(request, options);
        return Arrays.asList(known, unknown);
    }
}
