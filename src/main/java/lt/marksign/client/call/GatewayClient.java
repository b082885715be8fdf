package lt.marksign.client.call;

import feign.Client;
import feign.Request;
import feign.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Adds the token to a request, and sends it until it succeeds or a retry is not allowed. */
public final class GatewayClient implements Client {
    private static final int MAX_EARLIER = 20;

    private final Transport transport;
    private final CallSettings settings;

    /** Marks a client that delegates each request to a {@code GatewayClient} in the same thread. */
    public interface Wrapper extends Client {}

    GatewayClient(Transport transport, CallSettings settings) {
        this.transport = transport;
        this.settings = settings;
    }

    @Override
    public Response execute(Request request, Request.Options options) {
        if (transport.isClosed()) {
            throw new IllegalStateException("the MarkSignClient is closed");
        }
        GatewayCall call = GatewayCall.current();
        requireSecureUrl(request.url());
        boolean sendsDocument = call.payload != null && call.payload.hasPlaceholders();
        // The deadline includes the token supplier, which may call another service.
        Deadline deadline = new Deadline(
                settings.callTimeout(), sendsDocument || call.method().mayReturnDocument());
        Transport.AuthorizedRequest authorized = AccessToken.addTo(request, call, settings);
        Attempt attempt = new Attempt(transport, call, request, authorized, deadline, settings);
        List<Attempt.Outcome> earlier = new ArrayList<>();
        boolean unknown = false;
        for (int number = 1; ; number++) {
            Attempt.Outcome outcome = attempt.execute(options);
            if (outcome.response() != null) {
                call.log(number, outcome, "");
                return outcome.response();
            }
            Duration pause = settings.retries().pauseBefore(number, outcome.retryAfter());
            boolean again = outcome.retryable()
                    && !call.retriesOff
                    && number <= settings.retries().maxRetries()
                    && pause.compareTo(deadline.remaining()) < 0;
            if (!again) {
                call.log(number, outcome, "");
                throw outcome.toException(earlier, unknown);
            }
            call.log(number, outcome, " retry in " + pause.toMillis() + "ms");
            call.tellRetry();
            // If an earlier attempt may have succeeded, a later refusal may be the result of that.
            unknown |= outcome.outcomeUnknown();
            // Keeps the first failure and the latest ones.
            if (earlier.size() == MAX_EARLIER) {
                earlier.remove(1);
            }
            earlier.add(outcome);
            try {
                transport.pause(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw attempt.interrupted().toException(earlier, unknown);
            }
        }
    }

    /** Requires TLS or loopback. An interceptor or a load balancer may have chosen another host than the base URL's. */
    private void requireSecureUrl(String url) {
        if (!settings.plainHttpAllowed() && !BaseUrl.isSecure(url)) {
            URI sentTo = URI.create(url);
            throw new IllegalStateException("the request to " + sentTo.getScheme() + "://" + sentTo.getHost()
                    + " carries the access token: use https, or lift this rule by allowPlainHttp()");
        }
    }
}
