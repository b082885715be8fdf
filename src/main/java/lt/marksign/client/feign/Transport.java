package lt.marksign.client.feign;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;

/** Sends a request once, and gives up when the call's time has run out. */
@FunctionalInterface
interface Transport {
    /**
     * Sends a request.
     *
     * @param remaining how much of the call's time is left
     * @throws IOException if nothing answers in time
     */
    Response send(Request request, Request.Options options, Duration remaining) throws IOException;

    /** The request was certainly not sent, or not completely. */
    final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        NotSentException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Whether a request that ended so can have reached the gateway; where one cannot know, it may. */
    static boolean mayHaveReachedGateway(IOException failure) {
        return !(wasNotSent(failure)
                || failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLHandshakeException);
    }

    /** OkHttp puts a timeout of its own around what the deadline cut off. */
    private static boolean wasNotSent(Throwable failure) {
        return failure instanceof NotSentException || failure.getCause() != null && wasNotSent(failure.getCause());
    }

    /** The library's own transport as it is; another client with each of its timeouts cut to the time that is left. */
    static Transport of(Client client) {
        return client instanceof OkHttpTransport own
                ? own
                : (request, options, remaining) -> {
                    try {
                        return client.execute(request, cut(options, remaining));
                    } catch (RuntimeException e) {
                        throw new IOException(e.toString(), e);
                    }
                };
    }

    private static Request.Options cut(Request.Options options, Duration remaining) {
        long millis = Math.max(1, remaining.toMillis());
        return new Request.Options(
                Math.min(options.connectTimeoutMillis(), millis),
                TimeUnit.MILLISECONDS,
                Math.min(options.readTimeoutMillis(), millis),
                TimeUnit.MILLISECONDS,
                false);
    }
}
