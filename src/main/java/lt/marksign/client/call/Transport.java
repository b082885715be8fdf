package lt.marksign.client.call;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends a request once. */
interface Transport {
    /**
     * A request with its token.
     *
     * @param request the request; its body is empty if there is a payload
     * @param payload the body if it contains files, which are streamed, or null
     */
    record AuthorizedRequest(Request request, @Nullable Payload payload) {}

    /**
     * Sends a request.
     *
     * @param request the request with its token
     * @param options the timeouts for a custom client
     * @param deadline the deadline of the call
     * @return the response, to be closed by the caller
     * @throws SentException if the gateway may have received the request
     * @throws IOException if it certainly did not
     */
    Response send(AuthorizedRequest request, Request.Options options, Deadline deadline) throws IOException;

    /** Waits, at most until the transport is closed. */
    default void pause(Duration pause) throws InterruptedException {
        Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
    }

    /** Whether the transport was closed. */
    default boolean isClosed() {
        return false;
    }

    /** Whether a response certainly belongs to a request that was sent once. */
    default boolean isResponseCertain() {
        return true;
    }

    /** Returns the library's own transport unchanged, and wraps any other client. */
    static Transport of(Client client) {
        return client instanceof Transport own ? own : new Custom(client);
    }

    /** The gateway may have received the request. OkHttp resends no request after a {@code ProtocolException}. */
    final class SentException extends ProtocolException {
        private static final long serialVersionUID = 1L;

        SentException(Throwable cause) {
            initCause(cause instanceof SentException sent ? sent.getCause() : cause);
        }
    }

    /** A custom {@code feign.Client}. It may send a request more than once, so only {@code ok} is a certain outcome. */
    record Custom(Client client) implements Transport {
        @Override
        public Response send(AuthorizedRequest request, Request.Options options, Deadline deadline) throws IOException {
            Request feign = request.request();
            Payload payload = request.payload();
            Request whole = payload == null
                    ? feign
                    : AccessToken.with(feign, feign.url(), feign.headers(), payload.toByteArray(deadline));
            try {
                Response response = client.execute(whole, options);
                if (response == null) {
                    throw new IOException("the feign.Client returned null");
                }
                return response;
            } catch (IOException | RuntimeException e) {
                throw new SentException(e);
            }
        }

        @Override
        public boolean isResponseCertain() {
            return false;
        }
    }
}
