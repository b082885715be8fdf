package lt.marksign.client.call;

import feign.Client;
import feign.Request;
import feign.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes one call: adds the token, and attempts it until there is a response or no use in going on. */
public final class GatewayClient implements Client {
    private static final int MAX_EARLIER = 20;

    private final Transport transport;
    private final CallSettings settings;

    /** A client that passes each request to a {@code GatewayClient} in the same thread. */
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
        requireSecrecy(request.url());
        boolean sendsDocument = call.payload != null && call.payload.hasPlaceholders();
        // The supplier of tokens may call a service of its own.
        Deadline deadline = new Deadline(
                settings.callTimeout(), sendsDocument || call.method().mayReturnDocument());
        Transport.AuthorizedRequest authorized = AccessToken.addTo(request, call, settings);
        Attempt attempt = new Attempt(transport, call, request, authorized, deadline, settings);
        List<Attempt.Outcome> earlier = new ArrayList<>();
        boolean unknown = false;
        for (int number = 1; ; number++) {
            Attempt.Outcome outcome = attempt.make(options);
            if (outcome.response() != null) {
                call.log(number, outcome, "");
                return outcome.response();
            }
            Duration pause = settings.retries().pauseBefore(number, outcome.retryAfter());
            boolean again = outcome.retryable()
                    && !call.sentOnce
                    && number <= settings.retries().maxRetries()
                    && pause.compareTo(deadline.remaining()) < 0;
            if (!again) {
                call.log(number, outcome, "");
                throw outcome.toException(earlier, unknown);
            }
            call.log(number, outcome, " retry in " + pause.toMillis() + "ms");
            call.tellRetry();
            // A later refusal may be the echo of an earlier success.
            unknown |= outcome.outcomeUnknown();
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

    /** Whatever chose the host, an interceptor or a load balancer, it gets the token over TLS alone, or is this machine. */
    private void requireSecrecy(String url) {
        if (!settings.plainHttpAllowed() && !BaseUrl.isSecret(url)) {
            URI sentTo = URI.create(url);
            throw new IllegalStateException("the request to " + sentTo.getScheme() + "://" + sentTo.getAuthority()
                    + " carries the access token: use https, or lift this rule by allowPlainHttp()");
        }
    }
}
