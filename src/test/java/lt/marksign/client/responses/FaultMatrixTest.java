package lt.marksign.client.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.gateway.EntryPoint;
import lt.marksign.client.gateway.FaultMatrix;
import lt.marksign.client.gateway.FaultMatrix.Fault;
import lt.marksign.client.gateway.FaultMatrix.Row;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RefusingPort;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultMatrixTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("lt.marksign.client.gateway.FaultMatrix#rows")
    void gateway_behaviour_has_its_expected_outcome(Row row) throws IOException {
        for (EntryPoint entrance : EntryPoint.values()) {
            for (MarkSignLocale locale : MarkSignLocale.values()) {
                check(row, entrance, locale);
            }
        }
    }

    private static void check(Row row, EntryPoint entrance, MarkSignLocale locale) throws IOException {
        try (RawGateway gateway = new RawGateway(row.behaviour());
                MarkSignClient client = MarkSignClient.builder()
                        .accessToken("token")
                        .baseUrl(gateway.baseUrl())
                        .maxRetries(0)
                        .build()) {
            row.check(catchThrowable(() -> entrance.remove(client, locale, "session-1")));
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    static Stream<GeneratedCall> calls() {
        return GeneratedCall.all();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void each_fault_has_its_expected_outcome_and_number_of_requests(GeneratedCall call) {
        SoftAssertions.assertSoftly(softly -> FaultMatrix.of(call.kind())
                .forEach(fault -> softly.assertThatCode(() -> check(fault, call))
                        .as(fault.toString())
                        .doesNotThrowAnyException()));
    }

    private static void check(Fault fault, GeneratedCall call) throws IOException {
        try (RawGateway gateway = new RawGateway(fault.behaviour());
                MarkSignClient client = clientWithoutPauses(gateway.baseUrl())) {
            fault.check(
                    catchThrowable(() -> call.invoke(client)),
                    gateway.requests().size());
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void every_call_is_retried_twice_if_the_connection_is_refused(GeneratedCall call) throws IOException {
        try (RefusingPort refusing = new RefusingPort();
                MarkSignClient client = clientWithoutPauses(refusing.baseUrl())) {
            MarkSignConnectionException thrown =
                    catchThrowableOfType(MarkSignConnectionException.class, () -> call.invoke(client));

            assertThat(thrown.outcomeUnknown()).isFalse();
            assertThat(thrown).hasMessageContaining("the gateway was not reached");
            assertThat(thrown.getSuppressed()).as("attempts before the last").hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_with_lost_responses_is_retried_twice_only_if_idempotent(GeneratedCall call) throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> connection.close());
                MarkSignClient client = clientWithoutPauses(gateway.baseUrl())) {
            MarkSignException thrown = catchThrowableOfType(MarkSignException.class, () -> call.invoke(client));

            assertThat(thrown.outcomeUnknown()).isTrue();
            assertThat(gateway.requests()).hasSize(call.kind().idempotent() ? 3 : 1);
        }
    }

    /** Returns a client with the default number of retries. */
    private static MarkSignClient clientWithoutPauses(String baseUrl) {
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl(baseUrl)
                .retryBackoff(Duration.ZERO, Duration.ZERO)
                .build();
    }
}
