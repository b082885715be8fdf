package lt.marksign.client.call;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

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
            throw new IllegalArgumentException("maxRetries must not be negative, but is " + maxRetries);
        }
        if (firstBackoff.isNegative()
                || maxBackoff.compareTo(firstBackoff) < 0
                || maxBackoff.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("retryBackoff must be from 0 to 24 days, the first no longer than the"
                    + " longest, but is " + firstBackoff + " and " + maxBackoff);
        }
    }

    /** The pause before the given retry, counted from 1, and no shorter than the gateway asked for. */
    Duration pauseBefore(int retry, Duration retryAfter) {
        double doubled = firstBackoff.toMillis() * Math.pow(2, retry - 1.0);
        double millis = Math.min(doubled, maxBackoff.toMillis())
                * ThreadLocalRandom.current().nextDouble(0.5, 1);
        return Duration.ofMillis(Math.max((long) millis, retryAfter.toMillis()));
    }
}
