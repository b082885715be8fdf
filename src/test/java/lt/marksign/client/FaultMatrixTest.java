package lt.marksign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import lt.marksign.client.RemovingASessionTest.Entrance;
import lt.marksign.client.gateway.FaultMatrix.Row;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultMatrixTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("lt.marksign.client.gateway.FaultMatrix#rows")
    void each_answer_becomes_what_it_means(Row row) throws IOException {
        for (Entrance entrance : Entrance.values()) {
            for (MarkSignLocale locale : MarkSignLocale.values()) {
                check(row, entrance, locale);
            }
        }
    }

    private static void check(Row row, Entrance entrance, MarkSignLocale locale) throws IOException {
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
}
