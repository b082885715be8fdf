package lt.marksign.client.call;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The header {@code Retry-After}, by which a server asks for a pause. */
public final class RetryAfter {
    private RetryAfter() {}

    /**
     * Returns the pause that a response asks for.
     *
     * @param headers the response's headers, whose names are found in upper and lower case
     * @return the pause; empty where none is asked for, or not as a number of seconds
     */
    public static Optional<Duration> in(Map<String, Collection<String>> headers) {
        return headers.getOrDefault("Retry-After", List.of()).stream()
                .map(String::strip)
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .findFirst();
    }
}
