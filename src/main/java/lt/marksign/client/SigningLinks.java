package lt.marksign.client;

import lt.marksign.client.api.SigningLinksApi;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.ApiResponse;
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

    /**
     * As {@link #signers}, with the HTTP status and the headers of the answer.
     *
     * @param documentId as there
     * @return what the gateway answered; a header's name is found in upper and lower case
     * @throws IllegalArgumentException as there
     * @throws MarkSignException as there
     */
    public ApiResponse<SignerList> signersWithHttpInfo(String documentId) {
        return api.listSignersWithHttpInfo(documentId, new ListSignersRequest().documentId(documentId));
    }
}
