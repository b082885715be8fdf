package lt.marksign.client.feign;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header by which a server asks for a pause: seconds, or the moment until which to wait. */
final class RetryAfter {
    private RetryAfter() {}

    /** The pause asked for, or zero where the header is missing, unreadable or in the past. */
    static Duration parse(String header, Clock clock) {
        String value = header.strip();
        try {
            Duration pause = value.matches("\\d+")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
