package lt.marksign.client.sessions;

import static lt.marksign.client.gateway.MockGateway.ACCESS_TOKEN;
import static lt.marksign.client.gateway.MockGateway.REFUSED_WITH_200;
import static lt.marksign.client.gateway.MockGateway.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.EntryPoint;
import lt.marksign.client.gateway.MockGateway;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.Status;
import lt.marksign.client.model.StatusResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemovingASessionTest {
    @RegisterExtension
    static final MockGateway GATEWAY = new MockGateway();

    private MarkSignClient client;

    @BeforeEach
    void connect() {
        client = builder().accessToken(ACCESS_TOKEN).build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static MarkSignClientBuilder builder() {
        return MarkSignClient.builder().baseUrl(GATEWAY.baseUrl());
    }

    @ParameterizedTest
    @EnumSource
    void a_known_session_is_removed_in_lithuanian(EntryPoint entrance) {
        entrance.remove(client, MarkSignLocale.LT, SESSION);

        assertThat(GATEWAY.requests()).singleElement().satisfies(request -> {
            assertThat(request.getUrl()).isEqualTo("/api/smartid/session/" + SESSION);
            assertThat(request.getMethod().getName()).isEqualTo("DELETE");
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_known_session_is_removed_in_english(EntryPoint entrance) {
        entrance.remove(client, MarkSignLocale.EN, SESSION);

        assertThat(GATEWAY.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.getUrl()).isEqualTo("/en/api/smartid/session/" + SESSION));
    }

    @ParameterizedTest
    @EnumSource
    void a_second_removal_is_refused_in_the_language_of_the_call(EntryPoint entrance) {
        entrance.remove(client, MarkSignLocale.EN, SESSION);

        assertThat(refusal(() -> entrance.remove(client, MarkSignLocale.EN, SESSION))
                        .gatewayMessage())
                .isEqualTo("Request number is invalid");
        assertThat(refusal(() -> entrance.remove(client, MarkSignLocale.LT, SESSION))
                        .gatewayMessage())
                .isEqualTo("Užklausos numeris neteisingas");
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_token_is_refused(EntryPoint entrance) {
        try (MarkSignClient stranger = builder().accessToken("wrong").build()) {
            assertThatExceptionOfType(MarkSignAccessException.class)
                    .isThrownBy(() -> entrance.remove(stranger, MarkSignLocale.EN, SESSION))
                    .satisfies(e -> {
                        assertThat(e.errorCode()).hasValue(40003);
                        assertThat(e.gatewayMessage()).isEqualTo("Invalid access token");
                        assertThat(e.httpStatus()).isEqualTo(400);
                        assertThat(e.outcomeUnknown()).isFalse();
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void error_status_under_http_200_is_a_refusal(EntryPoint entrance) {
        MarkSignApiException refusal = refusal(() -> entrance.remove(client, MarkSignLocale.EN, REFUSED_WITH_200));

        assertThat(refusal.httpStatus()).isEqualTo(200);
        assertThat(refusal.errorCode()).isEmpty();
        assertThat(refusal)
                .hasMessage("removeSmartIdSession(sessionId=5e11ed00…): the gateway refused,"
                        + " \"Request number is invalid\" (HTTP 200)");
    }

    @Test
    void generated_interface_returns_http_status_and_headers() {
        ApiResponse<StatusResponse> response = client.api(SmartIdSessionsApi.class)
                .removeSmartIdSessionWithHttpInfo(SESSION, new AccessTokenRequest());

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getData().getStatus()).isEqualTo(Status.OK);
        assertThat(response.getHeaders().get("Content-Type")).containsExactly("application/json; charset=utf-8");
    }

    @Test
    void token_in_the_request_body_is_not_replaced() {
        try (MarkSignClient stranger = builder().accessToken("wrong").build()) {
            stranger.api(SmartIdSessionsApi.class)
                    .removeSmartIdSession(SESSION, new AccessTokenRequest().accessToken(ACCESS_TOKEN));
        }

        assertThat(GATEWAY.requests())
                .singleElement()
                .satisfies(request ->
                        assertThat(request.getBodyAsString()).isEqualTo("{\"access_token\":\"" + ACCESS_TOKEN + "\"}"));
    }

    @Test
    void token_supplier_is_called_once_per_call() {
        AtomicInteger calls = new AtomicInteger();
        try (MarkSignClient rotating = builder()
                .accessToken(() -> calls.incrementAndGet() == 1 ? "expired" : ACCESS_TOKEN)
                .build()) {
            refusal(() -> rotating.smartIdSessions().remove(SESSION));
            rotating.smartIdSessions().remove(SESSION);
        }

        assertThat(calls).hasValue(2);
    }

    @Test
    void clients_of_two_locales_share_the_generated_interfaces() {
        MarkSignClient english = client.withLocale(MarkSignLocale.EN);

        assertThat(english.withLocale(MarkSignLocale.EN)).isSameAs(english);
        assertThat(english.api(SmartIdSessionsApi.class)).isSameAs(client.api(SmartIdSessionsApi.class));
        assertThat(english).hasToString("MarkSignClient[" + GATEWAY.baseUrl() + ", EN]");
    }

    @Test
    void concurrent_removals_succeed_once_and_send_one_request_each() throws Exception {
        // WireMock changes the state of a scenario after its response, so two concurrent requests could both see the
        // first state.
        AtomicBoolean gone = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (RawGateway gateway = new RawGateway((request, connection) -> RawGateway.send(
                        connection,
                        gone.compareAndSet(false, true)
                                ? RawGateway.response("200 OK", RawGateway.OK)
                                : RawGateway.response("404 Not Found", "{\"status\":\"error\"}")));
                MarkSignClient shared = Clients.builder(gateway).build()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                MarkSignLocale locale = MarkSignLocale.values()[i % 2];
                tasks.add(() -> {
                    try {
                        shared.withLocale(locale).smartIdSessions().remove(SESSION);
                        return true;
                    } catch (MarkSignApiException e) {
                        return false;
                    }
                });
            }
            int removed = 0;
            for (Future<Boolean> outcome : threads.invokeAll(tasks)) {
                removed += outcome.get() ? 1 : 0;
            }
            assertThat(removed).isEqualTo(1);
            assertThat(gateway.requests()).hasSize(200);
        } finally {
            threads.shutdownNow();
        }
    }

    private static MarkSignApiException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        MarkSignApiException refusal = catchThrowableOfType(MarkSignApiException.class, call);
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
