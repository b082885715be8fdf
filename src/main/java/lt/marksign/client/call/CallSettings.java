package lt.marksign.client.call;

import feign.Request;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.CallListener;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * What a client's calls have in common.
 *
 * @param accessToken gives the API access token, asked at each call
 * @param retries when to try again
 * @param callTimeout how long a call may take, retries included
 * @param maxDocumentSize how many bytes of a document are sent or received
 * @param plainHttpAllowed whether the token may be sent without TLS to another machine
 * @param spec what is known of the operations and of what they send and receive
 * @param headers the headers of every request, where no interceptor sets another value
 * @param listener is told of each call, or null
 */
public record CallSettings(
        Supplier<String> accessToken,
        RetryPolicy retries,
        Duration callTimeout,
        long maxDocumentSize,
        boolean plainHttpAllowed,
        Spec spec,
        Map<String, String> headers,
        @Nullable CallListener listener) {
    /** A shorter value is a word, such as a language, and no secret. */
    private static final int SHORTEST_SECRET = 9;

    /** Returns the values of headers that must not be seen. */
    List<String> secretHeaders() {
        return headers.entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("User-Agent"))
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .toList();
    }

    /** Returns how long the body of a response may be: a document in JSON is a third longer, and has JSON around it. */
    long maxLength(boolean ofDocument) {
        long inJson = Math.min(maxDocumentSize, Integer.MAX_VALUE) * 4 / 3 + BoundedBody.MAX_BYTES;
        return ofDocument ? Math.min(inJson, Integer.MAX_VALUE - 8) : BoundedBody.MAX_BYTES;
    }

    /**
     * The bounds of a call, each from 1 ms to 24 days.
     *
     * @param call for all of it, retries and the pauses between them included
     * @param connect for opening a connection
     * @param read for the gateway to send the next byte
     */
    public record Timeouts(Duration call, Duration connect, Duration read) {
        /** One minute for a call, 10 s to connect, 30 s to read. */
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30));

        /**
         * The same for Feign.
         *
         * @return Feign's options, which follow no redirect
         */
        public Request.Options toOptions() {
            return new Request.Options(
                    connect.toMillis(), TimeUnit.MILLISECONDS, read.toMillis(), TimeUnit.MILLISECONDS, false);
        }
    }

    /**
     * How often and when a call is tried again: at most {@code maxRetries} times, after a pause that doubles from
     * {@code firstBackoff} up to {@code maxBackoff}, less up to half of it at random, so that callers who failed together do
     * not come back together.
     *
     * @param maxRetries how often at most; 0 is never
     * @param firstBackoff the pause before the first retry
     * @param maxBackoff the longest pause, unless the gateway asks for a longer one
     */
    public record RetryPolicy(int maxRetries, Duration firstBackoff, Duration maxBackoff) {
        /** Two retries, pausing 200 ms and 400 ms at most. */
        public static final RetryPolicy DEFAULT = new RetryPolicy(2, Duration.ofMillis(200), Duration.ofSeconds(5));

        /**
         * Makes a policy.
         *
         * @param maxRetries from 0 up
         * @param firstBackoff from 0 up
         * @param maxBackoff no shorter than the first, up to 24 days
         * @throws IllegalArgumentException if one is out of range
         */
        public RetryPolicy {
            if (maxRetries < 0) {
                throw new MarkSignValidationException("maxRetries", "must not be negative, but is " + maxRetries);
            }
            if (firstBackoff.isNegative()
                    || maxBackoff.compareTo(firstBackoff) < 0
                    || maxBackoff.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
                throw new MarkSignValidationException(
                        "retryBackoff",
                        "must be from 0 to 24 days, the first no longer than the longest, but is " + firstBackoff
                                + " and " + maxBackoff);
            }
        }

        /** The pause before the given retry, counted from 1, and no shorter than the gateway asked for. */
        Duration pauseBefore(int retry, Duration retryAfter) {
            double doubled = firstBackoff.toMillis() * Math.pow(2, retry - 1.0);
            double millis = Math.min(doubled, maxBackoff.toMillis())
                    * ThreadLocalRandom.current().nextDouble(0.5, 1);
            return Duration.ofMillis(Math.max((long) millis, retryAfter.toMillis()));
        }

        /**
         * Returns the pause that a response asks for by {@code Retry-After}.
         *
         * @param headers the response's headers, whose names are found in upper and lower case
         * @return the pause; empty where none is asked for, or not as a number of seconds
         */
        public static Optional<Duration> askedFor(Map<String, Collection<String>> headers) {
            return headers.getOrDefault("Retry-After", List.of()).stream()
                    .map(String::strip)
                    .filter(seconds -> seconds.matches("\\d{1,9}"))
                    .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                    .findFirst();
        }
    }
}
