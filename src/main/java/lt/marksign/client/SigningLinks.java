package lt.marksign.client;

import lt.marksign.client.api.SigningLinksApi;

/**
 * Creates and lists pages of the gateway on which people sign. Obtained from {@link MarkSignClient#signingLinks()};
 * thread-safe. The gateway has them in Lithuanian only.
 */
public final class SigningLinks extends SigningLinksFacade {
    SigningLinks(SigningLinksApi api, SessionWaits waits) {
        super(api, waits);
    }
}
