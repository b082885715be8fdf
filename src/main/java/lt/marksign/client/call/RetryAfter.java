package lt.marksign.client.call;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The header by which a server asks for a pause: seconds, or the moment until which to wait. */
public final class RetryAfter {
    private RetryAfter() {}

    /**
     * The pause that an answer asks for.
     *
     * @param headers the answer's headers, whose names are found in upper and lower case
     * @return the pause: zero if it is over, empty where none is asked for, or in a form that is not HTTP's
     */
    public static Optional<Duration> in(Map<String, Collection<String>> headers) {
        return parse(first(headers, "Retry-After"), first(headers, "Date"), Clock.systemUTC());
    }

    private static String first(Map<String, Collection<String>> headers, String name) {
        return headers.getOrDefault(name, List.of("")).iterator().next();
    }

    /**
     * The pause that an answer asks for: zero if that is over, empty where the header is missing or unreadable.
     *
     * @param header the header {@code Retry-After}
     * @param date the answer's header {@code Date}: what time it is to the server that names a moment
     * @param clock what time it is where the answer has no such header
     */
    static Optional<Duration> parse(String header, String date, Clock clock) {
        String value = header.strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration pause = value.matches("\\d+")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(instant(date).orElseGet(clock::instant), parse(value));
            return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(parse(date.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant parse(String date) {
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
}
