package lt.marksign.client.transport;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/** Sends a request once, and gives up when the call's time has run out. */
public interface Transport {
    /** Causes may go round in a circle. */
    int MAX_CAUSES = 100;

    /**
     * Sends a request.
     *
     * @param request what to send, with the token
     * @param options the timeouts
     * @param deadline when the call ends
     * @throws IOException if nothing answers in time
     */
    Response send(AuthorizedRequest request, Request.Options options, Deadline deadline) throws IOException;

    /** Lets the calling thread wait; less long, if the transport is closed meanwhile. */
    default void pause(Duration pause) throws InterruptedException {
        Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
    }

    /** Whether it was closed, so that there is no use in sending anything. */
    default boolean isClosed() {
        return false;
    }

    /** A client that sends by the library's own transport or not at all, and passes the options on as they are. */
    interface Wrapper extends Client {}

    /** The request was certainly not sent, or not completely. */
    final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        public NotSentException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** The request was sent, or had begun to be, whatever the cause looks like. */
    final class SentException extends IOException {
        private static final long serialVersionUID = 1L;

        public SentException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** A client that is not the library's failed in a way that is not one of a connection's. */
    final class FailedException extends IOException {
        private static final long serialVersionUID = 1L;

        FailedException(String message, Throwable cause) {
            super(message, cause);
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
    private static boolean wasNotSent(IOException failure) {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(NotSentException.class::isInstance);
    }

    /** What went wrong, without what the transport said about it. */
    static IOException unwrap(IOException failure) {
        boolean wrapped = failure instanceof NotSentException || failure instanceof SentException;
        return wrapped ? (IOException) failure.getCause() : failure;
    }

    /** The library's own transport as it is; another client as one that cannot be trusted to send once. */
    static Transport of(Client client) {
        return client instanceof Transport own ? own : new ForeignTransport(client, Body.MAX_BYTES);
    }

    /**
     * The transport for the attempts of one call.
     *
     * @param maxAnswer how long the body of an answer may be
     * @return this one, unless it remembers something of a call
     */
    default Transport forCall(long maxAnswer) {
        return this;
    }

    /**
     * Whether the last answer is known to be the gateway's to a request that was sent once.
     *
     * @return whether it is
     */
    default boolean isAnswerCertain() {
        return true;
    }
}
