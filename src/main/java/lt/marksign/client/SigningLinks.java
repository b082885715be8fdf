package lt.marksign.client;

import java.util.List;
import lt.marksign.client.api.SigningLinksApi;
import lt.marksign.client.call.Arguments;
import lt.marksign.client.model.SignerLink;
import lt.marksign.client.model.SigningLink;

/**
 * Creates and lists signing links: pages of the gateway on which people sign. Obtained from
 * {@link MarkSignClient#signingLinks()}. Thread-safe. The gateway has these pages in Lithuanian only.
 */
public final class SigningLinks extends SigningLinksFacade {
    SigningLinks(SigningLinksApi api, Waits waits) {
        super(api, waits);
    }

    /**
     * Returns the links of a response, which has one link or a list of links.
     *
     * @param response the response of {@link #create}
     * @return the one link, without a signer's name; or a link for each signer
     * @throws IllegalArgumentException if the response is null
     */
    public static List<SignerLink> linksOf(SigningLink response) {
        List<SignerLink> several = Arguments.notNull("response", response).getTemporarySigningLinks();
        return several != null && !several.isEmpty()
                ? several
                : List.of(new SignerLink()
                        .temporarySigningLink(response.getTemporarySigningLink())
                        .validUntil(response.getValidUntil()));
    }
}
