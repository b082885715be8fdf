package lt.marksign.client.call;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Sessions;
import lt.marksign.client.model.CallListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the listener of calls, and the state that a call leaves on its thread. */
@Timeout(60)
class CallListenerTest {
    private static final String REFUSAL = "{\"status\":\"error\",\"message\":\"no\",\"error_code\":40003}";

    /** Records each event as a line. */
    private static final class Recorder implements CallListener {
        private final List<String> events = new ArrayList<>();

        @Override
        public Progress begun(String operation, String language, BiConsumer<String, String> headers) {
            events.add("begun " + operation + " " + language);
            headers.accept("X-Trace", "trace-1");
            return new Progress() {
                @Override
                public void retrying() {
                    events.add("retrying");
                }

                @Override
                public void ended(int httpStatus, @Nullable Throwable failure) {
                    events.add("ended " + httpStatus + " "
                            + (failure == null ? null : failure.getClass().getSimpleName()));
                }
            };
        }
    }

    private final Recorder recorder = new Recorder();

    @Test
    void listener_sees_the_retries_and_the_status_of_a_call() throws IOException {
        try (RawGateway gateway = RawGateway.respondingInTurn(response("503 Busy", "busy"), response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .maxRetries(1)
                        .retryBackoff(Duration.ZERO, Duration.ZERO)
                        .callListener(recorder)
                        .build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(recorder.events).containsExactly("begun removeSmartIdSession lt", "retrying", "ended 200 null");
            assertThat(gateway.requests())
                    .extracting(request -> request.header("X-Trace"))
                    .containsExactly("trace-1", "trace-1");
        }
    }

    @Test
    void listener_sees_the_exception_of_a_refused_call() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", REFUSAL));
                MarkSignClient client = builder(gateway).callListener(recorder).build()) {
            assertThatExceptionOfType(MarkSignAccessException.class)
                    .isThrownBy(() -> client.smartIdSessions().remove("session-1"));

            assertThat(recorder.events)
                    .containsExactly("begun removeSmartIdSession lt", "ended 0 MarkSignAccessException");
        }
    }

    @Test
    void listener_sees_the_exception_of_an_invalid_argument() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).callListener(recorder).build()) {
            assertThatExceptionOfType(MarkSignValidationException.class)
                    .isThrownBy(() -> client.smartIdSessions().remove("a/b"));

            assertThat(recorder.events)
                    .containsExactly("begun removeSmartIdSession lt", "ended 0 MarkSignValidationException");
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void listener_that_throws_does_not_change_the_result() throws IOException {
        CallListener broken = (operation, language, headers) -> {
            throw new IllegalStateException("broken");
        };
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).callListener(broken).build()) {
            assertThat(client.smartIdSessions().remove("session-1").getStatus()).hasToString("ok");
        }
    }

    @Test
    void call_of_a_token_supplier_does_not_replace_the_outer_result() throws IOException {
        try (RawGateway inner = RawGateway.responding(response("200 OK", OK));
                MarkSignClient vault = builder(inner).build();
                RawGateway gateway =
                        RawGateway.responding(response("200 OK", "{\"status\":\"ok\",\"token\":\"session-2\"}"));
                MarkSignClient client = builder(gateway)
                        .accessToken(() -> {
                            vault.smartIdSessions().remove("session-1");
                            return "token";
                        })
                        .build()) {
            assertThat(client.smartIdSessions().authenticate(Sessions.smartId()).id())
                    .isEqualTo("session-2");
        }
    }

    @Test
    void finished_call_leaves_nothing_on_its_thread() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            client.smartIdSessions().remove("session-1");
            assertThatIllegalStateException().isThrownBy(GatewayCall::current);

            GatewayCall.withoutRetries(() -> client.smartIdSessions().remove("session-1"));
            assertThatIllegalStateException().isThrownBy(GatewayCall::current);
        }
    }
}
