package lt.marksign.client;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.exchange.Download;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.DocumentValidation;
import lt.marksign.client.model.InviteSignerRequest;
import lt.marksign.client.model.InvitedSigners;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.TransferProgress;
import lt.marksign.client.model.ValidateFileRequest;

/**
 * Documents at the gateway, and their signers. Obtained from {@link MarkSignClient#documents()}; safe for use by many
 * threads.
 */
public final class Documents extends DocumentsFacade {
    Documents(DocumentsApi api, Waiting waiting) {
        super(api, waiting);
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
     * As {@link #validate(DocumentFile)}, with the HTTP status and the headers of the answer.
     *
     * @param file as there
     * @return what the gateway answered; a header's name is found in upper and lower case
     * @throws IllegalArgumentException as there
     * @throws MarkSignException as there
     */
    public ApiResponse<DocumentValidation> validateWithHttpInfo(DocumentFile file) {
        return api.validateFileWithHttpInfo(new ValidateFileRequest().file(file));
    }

    /**
     * Downloads a document to a file, as {@link #download(String, Path, TransferProgress)} without telling how far it is.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param file where the document goes
     */
    public void download(String documentId, Path file) {
        Download.to(file, null, () -> api.downloadDocument(documentId));
    }

    /**
     * Downloads a document to a file. It is written beside it, and moved into place when it is whole, so that what was there
     * before stays until then; of a download that fails nothing is left. One that breaks off is begun again, as often as
     * any call is.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param file where the document goes, in a folder that exists
     * @param progress is told how far it is
     * @throws IllegalArgumentException if the id breaks a rule of the spec, or the file cannot be one; nothing was sent
     * @throws UncheckedIOException if the file cannot be written
     * @throws MarkSignException if the gateway did not answer with a document, or not to its end
     */
    public void download(String documentId, Path file, TransferProgress progress) {
        Objects.requireNonNull(progress, "progress must not be null");
        Download.to(file, progress, () -> api.downloadDocument(documentId));
    }

    /**
     * Downloads a document to a stream, as {@link #download(String, OutputStream, TransferProgress)} without telling how far
     * it is.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param out where the document goes
     */
    public void download(String documentId, OutputStream out) {
        Download.to(out, null, () -> api.downloadDocument(documentId));
    }

    /**
     * Downloads a document to a stream. Only when this returns is what was written the whole document. A download that breaks
     * off is begun again, as often as any call is, while nothing was written.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param out where the document goes; it is flushed, and stays open
     * @param progress is told how far it is
     * @throws IllegalArgumentException if the id breaks a rule of the spec; nothing was sent
     * @throws UncheckedIOException if the stream throws an {@link java.io.IOException}
     * @throws MarkSignException if the gateway did not answer with a document, or not to its end; where some of it was
     *     written, the message says how many bytes
     */
    public void download(String documentId, OutputStream out, TransferProgress progress) {
        Objects.requireNonNull(progress, "progress must not be null");
        Download.to(out, progress, () -> api.downloadDocument(documentId));
    }

    /**
     * As {@link #downloadWithHttpInfo(String, Path, TransferProgress)} without telling how far it is.
     *
     * @param documentId as there
     * @param file as there
     * @return as there
     */
    public ApiResponse<Void> downloadWithHttpInfo(String documentId, Path file) {
        return answerOf(documentId, call -> Download.to(file, null, call));
    }

    /**
     * As {@link #download(String, Path, TransferProgress)}, with the HTTP status and the headers of the answer.
     *
     * @param documentId as there
     * @param file as there
     * @param progress as there
     * @return the headers, whose names are found in upper and lower case; no data, for the document is in the file
     * @throws IllegalArgumentException as there
     * @throws UncheckedIOException as there
     * @throws MarkSignException as there
     */
    public ApiResponse<Void> downloadWithHttpInfo(String documentId, Path file, TransferProgress progress) {
        Objects.requireNonNull(progress, "progress must not be null");
        return answerOf(documentId, call -> Download.to(file, progress, call));
    }

    /**
     * As {@link #downloadWithHttpInfo(String, OutputStream, TransferProgress)} without telling how far it is.
     *
     * @param documentId as there
     * @param out as there
     * @return as there
     */
    public ApiResponse<Void> downloadWithHttpInfo(String documentId, OutputStream out) {
        return answerOf(documentId, call -> Download.to(out, null, call));
    }

    /**
     * As {@link #download(String, OutputStream, TransferProgress)}, with the HTTP status and the headers of the answer.
     *
     * @param documentId as there
     * @param out as there
     * @param progress as there
     * @return the headers, whose names are found in upper and lower case; no data, for the document is in the stream
     * @throws IllegalArgumentException as there
     * @throws UncheckedIOException as there
     * @throws MarkSignException as there
     */
    public ApiResponse<Void> downloadWithHttpInfo(String documentId, OutputStream out, TransferProgress progress) {
        Objects.requireNonNull(progress, "progress must not be null");
        return answerOf(documentId, call -> Download.to(out, progress, call));
    }

    private ApiResponse<Void> answerOf(String documentId, Consumer<Supplier<byte[]>> download) {
        AtomicReference<ApiResponse<byte[]>> answer = new AtomicReference<>();
        download.accept(() -> {
            answer.set(api.downloadDocumentWithHttpInfo(documentId));
            return answer.get().getData();
        });
        return new ApiResponse<>(answer.get().getStatusCode(), answer.get().getHeaders());
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

    /**
     * As {@link #inviteSigner}, with the HTTP status and the headers of the answer.
     *
     * @param documentId as there
     * @param signer as there
     * @return what the gateway answered; a header's name is found in upper and lower case
     * @throws IllegalArgumentException as there
     * @throws MarkSignException as there
     */
    public ApiResponse<InvitedSigners> inviteSignerWithHttpInfo(String documentId, Signer signer) {
        return api.inviteSignerWithHttpInfo(documentId, new InviteSignerRequest().signer(signer));
    }
}
