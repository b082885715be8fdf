package lt.marksign.client;

import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.DocumentValidation;
import lt.marksign.client.model.InviteSignerRequest;
import lt.marksign.client.model.InvitedSigners;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.ValidateFileRequest;

/**
 * Documents at the gateway, and their signers. Obtained from {@link MarkSignClient#documents()}; safe for use by many
 * threads.
 */
public final class Documents extends DocumentsFacade {
    Documents(DocumentsApi api) {
        super(api);
    }

    /**
     * Validates the signatures of a file that the gateway does not have.
     *
     * @param file the signed file
     * @return the report
     * @throws IllegalArgumentException if the file lacks its name or its content; nothing was sent
     * @throws MarkSignException if the gateway did not answer with a report
     */
    public DocumentValidation validate(DocumentFile file) {
        return api.validateFile(new ValidateFileRequest().file(file));
    }

    /**
     * Invites one more signer to a document.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param signer who is to sign
     * @return who is to sign, as the gateway knows them
     * @throws IllegalArgumentException if an argument breaks a rule of the spec; nothing was sent
     * @throws MarkSignException if the gateway did not say that the signer is invited
     */
    public InvitedSigners inviteSigner(String documentId, Signer signer) {
        return api.inviteSigner(documentId, new InviteSignerRequest().signer(signer));
    }
}
