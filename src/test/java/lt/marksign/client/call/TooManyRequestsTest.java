package lt.marksign.client.call;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.LogCapture;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Sessions;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests operations that begin something, at a gateway that responds 429. */
@Timeout(60)
class TooManyRequestsTest {
    private static final String STATUS = "429 Too Many Requests";

    private static Session<?> begin(MarkSignClient client) {
        return client.smartIdSessions().authenticate(Sessions.smartId());
    }

    @Test
    void non_idempotent_call_is_retried_on_429_with_a_known_outcome() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response(STATUS, "<html>Slow down</html>"));
                MarkSignClient client = builder(gateway).maxRetries(2).build()) {
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> begin(client))
                    .withMessageNotContaining("prompt")
                    .satisfies(e -> assertThat(e.outcomeUnknown()).isFalse());
            assertThat(gateway.requests()).hasSize(3);
        }
    }

    @Test
    void ok_body_with_429_is_not_retried_and_its_outcome_is_unknown() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response(STATUS, "{\"status\":\"ok\",\"token\":\"t-1\"}"));
                MarkSignClient client = builder(gateway).maxRetries(2).build()) {
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> begin(client))
                    .withMessageContaining("the person's phone may show a prompt")
                    .satisfies(e -> assertThat(e.outcomeUnknown()).isTrue());
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void closing_the_client_ends_the_pause_before_a_retry() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        try (RawGateway gateway = RawGateway.responding(response(STATUS, "{\"status\":\"error\"}", "Retry-After: 50"));
                LogCapture log = new LogCapture(event -> {
                    if (event.getFormattedMessage().contains("retry in")) {
                        pausing.countDown();
                    }
                })) {
            MarkSignClient client =
                    builder(gateway).callTimeout(Duration.ofSeconds(100)).build();
            CompletableFuture<Throwable> call =
                    CompletableFuture.supplyAsync(() -> Assertions.catchThrowable(() -> begin(client)));
            pausing.await();
            client.close();

            assertThat(call.get(30, TimeUnit.SECONDS)).isInstanceOfSatisfying(MarkSignConnectionException.class, e -> {
                assertThat(e.getSuppressed()).hasOnlyElementsOfType(MarkSignUnavailableException.class);
                assertThat(e.outcomeUnknown()).isFalse();
            });
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void redacting_a_name_leaves_the_library_message_intact() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("500 Broken", "{\"status\":\"ok\"}"));
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> client.documents()
                            .inviteSigner(
                                    "document-1",
                                    new lt.marksign.client.model.Signer()
                                            .name("status")
                                            .surname("ok")
                                            .email("a@example.org")))
                    .withMessageContaining("the body says ok, the HTTP status does not");
        }
    }
}
