package lt.marksign.client.transport;

import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The options of one attempt through another client, each timeout cut to the time that is left. Clients pass options on as
 * they are, so where the library's own transport is at the end of it, under a load balancer for instance, that transport
 * tells here what became of the request, and sends it once.
 */
public final class TrackedOptions extends Request.Options {
    private final Request.Options uncut;
    private final AuthorizedRequest authorized;
    private final Deadline deadline;
    private boolean sent;
    private boolean answered;
    private @Nullable Exception notSent;

    TrackedOptions(Request.Options uncut, AuthorizedRequest authorized, Deadline deadline) {
        super(
                cut(uncut.connectTimeoutMillis(), deadline),
                TimeUnit.MILLISECONDS,
                cut(uncut.readTimeoutMillis(), deadline),
                TimeUnit.MILLISECONDS,
                false);
        this.uncut = uncut;
        this.authorized = authorized;
        this.deadline = deadline;
    }

    private static long cut(int timeoutMillis, Deadline deadline) {
        return Math.min(timeoutMillis, Math.max(1, deadline.remaining().toMillis()));
    }

    /** Called by the library's own transport. */
    public Response sendOnce(Transport own, Request request) throws IOException {
        begin();
        try {
            Response answer = own.send(authorized.as(reusing(request)), uncut, deadline);
            answered();
            return answer;
        } catch (Transport.NotSentException | IllegalStateException e) {
            notSent(e);
            throw e;
        }
    }

    private synchronized void begin() throws IOException {
        answered = false;
        if (sent) {
            throw new IOException("what stands before the transport wanted the request sent a second time");
        }
        if (deadline.hasPassed()) {
            throw new InterruptedIOException("timeout");
        }
        sent = true;
    }

    private synchronized void answered() {
        answered = true;
    }

    private synchronized void notSent(Exception e) {
        sent = false;
        notSent = e;
    }

    /** Whether the library's own transport had an answer to the one request that it sent, and nothing was wanted of it after. */
    synchronized boolean answeredOnce() {
        return answered;
    }

    /** Whether the library's own transport sent the request, or may have. */
    synchronized boolean sent() {
        return sent;
    }

    /** Whether a failure comes of one of the library's own transport, which sent nothing. */
    synchronized boolean isOfNothingSent(Throwable failure) {
        return !sent && notSent != null && (failure == notSent || failure.getCause() == notSent);
    }

    /** A connection of the library's own is one to keep. */
    private static Request reusing(Request request) {
        Map<String, java.util.Collection<String>> headers = Headers.ignoringCase();
        headers.putAll(request.headers());
        headers.remove(ForeignTransport.CONNECTION);
        return ForeignTransport.with(headers, request);
    }
}
