package lt.marksign.client;

import lt.marksign.client.api.SigningLinksApi;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.ListSignersRequest;
import lt.marksign.client.model.SignerList;

/**
 * Pages of the gateway on which people sign. Obtained from {@link MarkSignClient#signingLinks()}; safe for use by many
 * threads. The gateway has them in Lithuanian alone.
 */
public final class SigningLinks extends SigningLinksFacade {
    SigningLinks(SigningLinksApi api, Waiting waiting) {
        super(api, waiting);
    }

    /**
     * Lists the signers of a document, and how far they are.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @return the signers
     * @throws IllegalArgumentException if the id is not of the form that the spec gives; nothing was sent
     * @throws MarkSignException if the gateway did not answer with a list
     */
    public SignerList signers(String documentId) {
        return api.listSigners(documentId, new ListSignersRequest().documentId(documentId));
    }
}
