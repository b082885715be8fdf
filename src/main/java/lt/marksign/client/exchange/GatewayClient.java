package lt.marksign.client.exchange;

import feign.Client;
import feign.Request;
import feign.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import lt.marksign.client.transport.AuthorizedRequest;
import lt.marksign.client.transport.Deadline;
import lt.marksign.client.transport.Transport;

/**
 * One call of the gateway, for Feign: adds the token, attempts the exchange until there is an answer or no use in going
 * on, and returns that answer only if it says that the gateway did what it was asked.
 */
public final class GatewayClient implements Client {
    private final Transport transport;
    private final Supplier<String> accessToken;
    private final RetryPolicy retries;
    private final Duration callTimeout;
    private final long maxDocumentSize;
    private final Called.Methods methods;
    private final Function<Request, Map<String, Collection<String>>> headers;
    private final List<String> headerSecrets;

    public GatewayClient(
            Transport transport,
            Supplier<String> accessToken,
            RetryPolicy retries,
            Duration callTimeout,
            long maxDocumentSize,
            Called.Methods methods,
            Function<Request, Map<String, Collection<String>>> headers,
            List<String> headerSecrets) {
        this.transport = transport;
        this.accessToken = accessToken;
        this.retries = retries;
        this.callTimeout = callTimeout;
        this.maxDocumentSize = maxDocumentSize;
        this.methods = methods;
        this.headers = headers;
        this.headerSecrets = headerSecrets;
    }

    @Override
    public Response execute(Request request, Request.Options options) {
        if (transport.isClosed()) {
            throw new IllegalStateException("the MarkSignClient is closed");
        }
        Call call =
                new Call(methods.find(request.requestTemplate().methodMetadata().method()), request.url());
        call.noteHeaders(headerSecrets);
        Map<String, Collection<String>> headers = this.headers.apply(request);
        if (!call.called().operation().documents().isEmpty()) {
            // Of what is decoded on the way nobody knows the length beforehand, and documents are compressed already.
            headers.put("Accept-Encoding", List.of("identity"));
        }
        AuthorizedRequest authorized =
                AccessToken.addTo(request, headers, call, accessToken).checked(maxDocumentSize);
        call.noteToken(authorized.token());
        boolean ofDocument = authorized.payload() != null || call.called().answersDocument();
        Deadline deadline = Deadline.in(callTimeout, ofDocument);
        Exchange exchange = new Exchange(transport, call, request, authorized, deadline, maxDocumentSize);
        Attempt.Earlier earlier = new Attempt.Earlier();
        for (int attempt = 1; ; attempt++) {
            Attempt result = exchange.attempt(options);
            if (result instanceof Attempt.Success success) {
                call.logEnd(attempt, result);
                return success.response();
            }
            Attempt.Failure failure = (Attempt.Failure) result;
            Duration pause = retries.pauseBefore(attempt, failure.retryAfter());
            boolean again = failure.retryable()
                    && !SingleAttempt.isAskedFor()
                    && retries.allows(attempt)
                    && pause.compareTo(deadline.remaining()) < 0;
            if (!again) {
                call.logEnd(attempt, result);
                throw failure.toException(earlier);
            }
            call.logRetry(attempt, result, pause);
            if (options instanceof RetryListener listener) {
                listener.retrying();
            }
            earlier.add(failure);
            pause(pause, exchange, earlier);
        }
    }

    private void pause(Duration pause, Exchange exchange, Attempt.Earlier earlier) {
        try {
            transport.pause(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exchange.interrupted().toException(earlier);
        }
    }
}
