package lt.marksign.client.requests;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DerivedClientsTest {
    @Test
    void derived_client_of_another_account_shares_the_connection() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client =
                        builder(gateway).locale(MarkSignLocale.EN).build()) {
            client.smartIdSessions().remove("session-1");
            client.withAccessToken("other").smartIdSessions().remove("session-1");
            client.smartIdSessions().remove("session-1");

            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::text)
                    .containsExactly(
                            "{\"access_token\":\"token\"}",
                            "{\"access_token\":\"other\"}",
                            "{\"access_token\":\"token\"}");
            assertThat(gateway.requests()).allMatch(request -> request.path().startsWith("/en/"));
            assertThat(gateway.connectionsAccepted()).isEqualTo(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.withAccessToken(" "))
                    .withMessageStartingWith("accessToken");
        }
    }

    @Test
    void max_retries_apply_only_to_the_derived_client() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("503 Busy", "{\"status\":\"error\"}"));
                MarkSignClient client = builder(gateway).maxRetries(2).build()) {
            assertThatExceptionOfType(MarkSignUnavailableException.class)
                    .isThrownBy(() -> client.withMaxRetries(0).smartIdSessions().remove("session-1"));
            assertThat(gateway.requests()).hasSize(1);

            assertThatExceptionOfType(MarkSignUnavailableException.class)
                    .isThrownBy(() -> client.smartIdSessions().remove("session-1"));
            assertThat(gateway.requests()).hasSize(4);
        }
    }

    @Test
    void call_timeout_applies_only_to_the_derived_client() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    if (request.path().endsWith("/patient")) {
                        await(released);
                        send(connection, response("200 OK", OK));
                    }
                });
                MarkSignClient client = builder(gateway)
                        .callTimeout(Duration.ofMillis(500))
                        .maxRetries(0)
                        .build()) {
            MarkSignClient patient = client.withCallTimeout(Duration.ofSeconds(50));
            CompletableFuture<Void> call =
                    CompletableFuture.runAsync(() -> patient.smartIdSessions().remove("patient"));
            assertThatExceptionOfType(MarkSignConnectionException.class)
                    .isThrownBy(() -> client.smartIdSessions().remove("session-1"))
                    .withMessageContaining("callTimeout of PT0.5S");
            assertThatExceptionOfType(MarkSignConnectionException.class)
                    .isThrownBy(() -> client.withCallTimeout(Duration.ofMillis(100))
                            .smartIdSessions()
                            .remove("session-1"))
                    .withMessageContaining("callTimeout of PT0.1S");
            released.countDown();

            assertThat(call.get(50, TimeUnit.SECONDS)).isNull();
        }
    }

    @Test
    void closing_a_derived_client_leaves_the_others_open() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            client.withAccessToken("other").close();
            client.withLocale(MarkSignLocale.EN).close();

            client.smartIdSessions().remove("session-1");
        }
    }

    @Test
    void closing_the_original_client_closes_derived_clients() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            MarkSignClient derived = client.withAccessToken("other");
            client.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> derived.smartIdSessions().remove("session-1"));
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
