package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private final RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(1000));

    @ParameterizedTest
    @CsvSource({"1, 50, 100", "2, 100, 200", "3, 200, 400", "4, 400, 800", "5, 500, 1000", "60, 500, 1000"})
    void pauses_double_up_to_the_longest_less_up_to_half_at_random(int retry, long shortest, long longest) {
        IntStream.range(0, 1000)
                .forEach(i -> assertThat(policy.pauseBefore(retry, Duration.ZERO))
                        .isBetween(Duration.ofMillis(shortest), Duration.ofMillis(longest)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void a_pause_of_centuries_outlasts_every_call(int retry) {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        for (Duration first : List.of(Duration.ofDays(300 * 365), Duration.ofDays(30), longest)) {
            assertThat(new RetryPolicy(9, first, longest).pauseBefore(retry, Duration.ZERO))
                    .isGreaterThan(Duration.ofMillis(Integer.MAX_VALUE / 2));
        }
        assertThat(new RetryPolicy(9, longest, longest).pauseBefore(retry, Duration.ZERO))
                .isGreaterThan(Duration.ofMillis(Integer.MAX_VALUE));
    }

    @Test
    void pauses_differ() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> policy.pauseBefore(1, Duration.ZERO))
                        .distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void a_pause_is_no_shorter_than_the_gateway_asks_for() {
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
                "Mon, 23 Nov 2026 12:00:30 GMT | PT30S",
                "Mon, 23 Nov 2026 11:59:00 GMT | PT0S",
            })
    void retry_after_is_read_in_both_its_forms(String header, Duration pause) {
        for (String date : List.of("", "noon", "Mon, 23 Nov 2026 12:00:00 GMT")) {
            assertThat(RetryAfter.parse(header, date, NOON)).isEqualTo(Optional.ofNullable(pause));
        }
    }

    @ParameterizedTest
    @CsvSource({"09:00:00, PT30S", "13:00:00, PT30S", "12:00:10, PT20S"})
    void a_moment_is_reckoned_from_the_time_of_the_one_who_names_it(LocalTime date, Duration pause) {
        String until = "Mon, 23 Nov 2026 " + date.withSecond(30) + " GMT";

        assertThat(RetryAfter.parse(
                        until, "Mon, 23 Nov 2026 " + date.format(DateTimeFormatter.ISO_TIME) + " GMT", NOON))
                .contains(pause);
    }
}
