package lt.marksign.client.call;

import feign.Request;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The bounds of a call.
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
     * Makes bounds.
     *
     * @param call from 1 ms up
     * @param connect from 1 ms up
     * @param read from 1 ms up
     * @throws IllegalArgumentException if one is out of range
     */
    public Timeouts {
        check("callTimeout", call);
        check("connectTimeout", connect);
        check("readTimeout", read);
    }

    private static void check(String name, Duration timeout) {
        Objects.requireNonNull(timeout, name + " must not be null");
        boolean inRange = timeout.compareTo(Duration.ofMillis(1)) >= 0
                && timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0;
        if (!inRange) {
            throw new IllegalArgumentException(name + " must be from 1 ms to 24 days, but is " + timeout);
        }
    }

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
