package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lt.marksign.client.call.CallSettings.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(1000));

    @ParameterizedTest
    @CsvSource({"1, 50, 100", "2, 100, 200", "3, 200, 400", "4, 400, 800", "5, 500, 1000", "60, 500, 1000"})
    void backoff_is_exponential_with_jitter_and_capped(int retry, long shortest, long longest) {
        IntStream.range(0, 1000)
                .forEach(i -> assertThat(policy.pauseBefore(retry, Duration.ZERO))
                        .isBetween(Duration.ofMillis(shortest), Duration.ofMillis(longest)));
    }

    @Test
    void jitter_varies_the_pauses() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> policy.pauseBefore(1, Duration.ZERO))
                        .distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void pause_is_never_shorter_than_retry_after() {
        assertThat(policy.pauseBefore(1, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(policy.pauseBefore(1, Duration.ofMillis(1))).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                "' 5 ' | PT5S",
                "-5 |",
                "1.5 |",
                "99999999999999999999 |",
                "soon |",
                "'' |",
                "Mon, 23 Nov 2026 12:00:30 GMT |",
            })
    void retry_after_is_read_as_seconds(String header, Duration pause) {
        assertThat(RetryPolicy.retryAfter(Map.of("Retry-After", List.of(header))))
                .isEqualTo(Optional.ofNullable(pause));
    }

    @Test
    void missing_retry_after_gives_no_pause() {
        assertThat(RetryPolicy.retryAfter(Map.of())).isEmpty();
    }
}
