package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import feign.Response;
import lt.marksign.client.error.MarkSignException;

/**
 * Notes how each call ended, for the health indicator. What fails on this side, such as a stream of the application's,
 * says nothing of the gateway.
 */
public final class OutcomeCapability implements Capability {
    private final LastOutcome outcome;

    OutcomeCapability(LastOutcome outcome) {
        this.outcome = outcome;
    }

    @Override
    public Client enrich(Client client) {
        return (request, options) -> {
            try {
                Response response = client.execute(request, options);
                outcome.served();
                return response;
            } catch (MarkSignException e) {
                outcome.failed(e);
                throw e;
            }
        };
    }
}
