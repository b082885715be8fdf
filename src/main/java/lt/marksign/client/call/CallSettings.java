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
import lt.marksign.client.model.CallListener;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all calls of a client.
 *
 * @param accessToken supplies the API access token at each call
 * @param retries the retry policy
 * @param callTimeout the time limit of a call, including retries
 * @param maxDocumentSize the size limit of a document, sent or received, in bytes
 * @param plainHttpAllowed whether the token may be sent without TLS to another machine
 * @param spec the facts about operations and schemas
 * @param headers the headers of every request; an interceptor can replace them
 * @param listener observes each call, or null
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
    /** Shorter header values are words, for example a language, and not secrets. */
    private static final int SHORTEST_SECRET = 9;

    /** Returns the header values that are treated as secrets. */
    List<String> secretHeaders() {
        return headers.entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("User-Agent"))
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .toList();
    }

    /** Returns the limit of a response's body. In JSON, a document is a third longer, because it is base64. */
    long maxLength(boolean ofDocument) {
        long inJson = Math.min(maxDocumentSize, Integer.MAX_VALUE) * 4 / 3 + BoundedBody.MAX_BYTES;
        return ofDocument ? Math.min(inJson, Integer.MAX_VALUE - 8) : BoundedBody.MAX_BYTES;
    }

    /**
     * The timeouts of a call, each from 1 ms to 24 days.
     *
     * @param call the limit of the whole call, including retries and the pauses between them
     * @param connect the limit for opening a connection
     * @param read the limit for the next byte of a response
     */
    public record Timeouts(Duration call, Duration connect, Duration read) {
        /** 60 s for a call, 10 s to connect, 30 s to read. */
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30));

        /**
         * Converts the timeouts for Feign.
         *
         * @return Feign's options, with redirects off
         */
        public Request.Options toOptions() {
            return new Request.Options(
                    connect.toMillis(), TimeUnit.MILLISECONDS, read.toMillis(), TimeUnit.MILLISECONDS, false);
        }
    }

    /**
     * The number of retries and the pauses between them: exponential backoff from {@code firstBackoff} to {@code maxBackoff},
     * with a jitter of up to half of the pause.
     *
     * @param maxRetries the maximum number of retries; 0 turns them off
     * @param firstBackoff the pause before the first retry
     * @param maxBackoff the longest pause, unless the gateway asks for a longer one
     */
    public record RetryPolicy(int maxRetries, Duration firstBackoff, Duration maxBackoff) {
        /** 2 retries, after at most 200 ms and 400 ms. */
        public static final RetryPolicy DEFAULT = new RetryPolicy(2, Duration.ofMillis(200), Duration.ofSeconds(5));

        /**
         * Creates a policy.
         *
         * @param maxRetries at least 0
         * @param firstBackoff at least 0
         * @param maxBackoff at least {@code firstBackoff} and at most 24 days
         * @throws IllegalArgumentException if an argument is out of range
         */
        public RetryPolicy {
            Arguments.require(maxRetries >= 0, "maxRetries", "must not be negative, but is " + maxRetries);
            boolean inRange = !firstBackoff.isNegative()
                    && maxBackoff.compareTo(firstBackoff) >= 0
                    && maxBackoff.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0;
            Arguments.require(
                    inRange,
                    "retryBackoff",
                    "must be from 0 to 24 days, the first no longer than the longest, but is " + firstBackoff + " and "
                            + maxBackoff);
        }

        /** Returns the pause before a retry, counted from 1. It is at least as long as the gateway asks for. */
        Duration pauseBefore(int retry, Duration retryAfter) {
            double doubled = firstBackoff.toMillis() * Math.pow(2, retry - 1.0);
            double millis = Math.min(doubled, maxBackoff.toMillis())
                    * ThreadLocalRandom.current().nextDouble(0.5, 1);
            return Duration.ofMillis(Math.max((long) millis, retryAfter.toMillis()));
        }

        /**
         * Reads the header {@code Retry-After}.
         *
         * @param headers the headers of a response; the case of a name must not matter
         * @return the pause, or empty if the header is absent or is not a number of seconds
         */
        public static Optional<Duration> retryAfter(Map<String, Collection<String>> headers) {
            return headers.getOrDefault("Retry-After", List.of()).stream()
                    .map(String::strip)
                    .filter(seconds -> seconds.matches("\\d{1,9}"))
                    .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                    .findFirst();
        }
    }
}
