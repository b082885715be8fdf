package lt.marksign.client.call;

import feign.Request;
import java.time.Duration;
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
     * The same for Feign.
     *
     * @return Feign's options, which follow no redirect
     */
    public Request.Options toOptions() {
        return new Request.Options(
                connect.toMillis(), TimeUnit.MILLISECONDS, read.toMillis(), TimeUnit.MILLISECONDS, false);
    }
}
