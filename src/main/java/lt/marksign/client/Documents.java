package lt.marksign.client;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.call.Download;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.TransferProgress;

/**
 * Uploads, validates, downloads and removes documents, and invites their signers. Obtained from
 * {@link MarkSignClient#documents()}; thread-safe.
 */
public final class Documents extends DocumentsFacade {
    static final TransferProgress UNWATCHED = (transferred, total) -> {};

    Documents(DocumentsApi api, SessionWaits waits) {
        super(api, waits);
    }

    /**
     * Downloads a document to a file, as {@link #download(String, Path, TransferProgress)} does.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param file where the document goes, in a folder that exists
     */
    public void download(String documentId, Path file) {
        download(documentId, file, UNWATCHED);
    }

    /**
     * Downloads a document to a file. It is written beside it, and moved into place when it is whole, so that what was there
     * before stays until then; of a download that fails nothing is left. One that breaks off is begun again, as often as
     * any call is. If the file cannot be replaced, as one that is mounted by itself, the whole document is copied into it.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param file where the document goes, in a folder that exists; no device and no pipe, for which there are streams
     * @param progress is told how many bytes have come
     * @throws IllegalArgumentException if an argument is null, the id breaks a rule of the spec, or the file cannot be one;
     *     nothing was sent
     * @throws UncheckedIOException if the file cannot be written
     * @throws MarkSignException if the gateway did not respond with a whole document
     */
    public void download(String documentId, Path file, TransferProgress progress) {
        Arguments.notNull("file", file);
        Arguments.notNull("progress", progress);
        Download.to(file, progress, () -> api.downloadDocument(documentId, (String) null));
    }

    /**
     * Downloads a document to a stream, as {@link #download(String, OutputStream, TransferProgress)} does.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param out where the document goes; it is flushed, and stays open
     */
    public void download(String documentId, OutputStream out) {
        download(documentId, out, UNWATCHED);
    }

    /**
     * Downloads a document to a stream. Only when this returns is what was written the whole document. A download that breaks
     * off is begun again, as often as any call is, while nothing was written. The time that the stream takes is not part of
     * {@code callTimeout}.
     *
     * @param documentId the {@code uuid} that the gateway gave out when the document was uploaded
     * @param out where the document goes; it is flushed, and stays open
     * @param progress is told how many bytes have come
     * @throws IllegalArgumentException if an argument is null, or the id breaks a rule of the spec; nothing was sent
     * @throws UncheckedIOException if the stream throws an {@link java.io.IOException}
     * @throws MarkSignException if the gateway did not respond with a whole document; where some of it was
     *     written, the message says how many bytes
     */
    public void download(String documentId, OutputStream out, TransferProgress progress) {
        Arguments.notNull("out", out);
        Arguments.notNull("progress", progress);
        Download.to(out, progress, () -> api.downloadDocument(documentId, (String) null));
    }
}
