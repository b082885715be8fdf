package lt.marksign.client;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.call.Arguments;
import lt.marksign.client.call.Download;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.TransferProgress;

/**
 * Uploads, validates, downloads and removes documents, and invites their signers. Obtained from
 * {@link MarkSignClient#documents()}. Thread-safe.
 */
public final class Documents extends DocumentsFacade {
    static final TransferProgress UNWATCHED = (transferred, total) -> {};

    Documents(DocumentsApi api, Waits waits) {
        super(api, waits);
    }

    /**
     * Downloads a document to a file, as {@link #download(String, Path, TransferProgress)} does.
     *
     * @param documentId the {@code uuid} that the gateway returned for the upload
     * @param file the target file, in an existing folder
     */
    public void download(String documentId, Path file) {
        download(documentId, file, UNWATCHED);
    }

    /**
     * Downloads a document to a file. The document is written to a temporary file in the same folder, which replaces the target
     * when it is complete. Until then an existing target is unchanged. A failed download leaves no partial file. A download
     * that breaks off is restarted, as often as any call is retried. If the target cannot be replaced, for instance because it
     * is mounted as a single file, the complete document is copied into it; a failure of that copy may leave a part.
     *
     * @param documentId the {@code uuid} that the gateway returned for the upload
     * @param file the target file, in an existing folder; for a device or a pipe, use a stream
     * @param progress receives the number of bytes so far
     * @throws IllegalArgumentException if an argument is null, the id breaks a rule of the spec, or the file cannot be a
     *     target; nothing was sent
     * @throws IllegalStateException if a Feign capability made another call in place of the download; the target is unchanged
     * @throws UncheckedIOException if the file cannot be written
     * @throws MarkSignException if the gateway did not respond with a complete document
     */
    public void download(String documentId, Path file, TransferProgress progress) {
        Arguments.notNull("file", file);
        Arguments.notNull("progress", progress);
        // AccessToken adds the token, which is null here; the cast selects the overload.
        Download.to(file, progress, () -> api.downloadDocument(documentId, (String) null));
    }

    /**
     * Downloads a document to a stream, as {@link #download(String, OutputStream, TransferProgress)} does.
     *
     * @param documentId the {@code uuid} that the gateway returned for the upload
     * @param out the target stream; it is flushed and stays open
     */
    public void download(String documentId, OutputStream out) {
        download(documentId, out, UNWATCHED);
    }

    /**
     * Downloads a document to a stream. The stream has the complete document only if this method returns. A download that
     * breaks off is restarted, as often as any call is retried, but only if nothing was written. The time spent in the stream
     * does not count toward {@code callTimeout}.
     *
     * @param documentId the {@code uuid} that the gateway returned for the upload
     * @param out the target stream; it is flushed and stays open
     * @param progress receives the number of bytes so far
     * @throws IllegalArgumentException if an argument is null, or the id breaks a rule of the spec; nothing was sent
     * @throws IllegalStateException if a Feign capability made another call in place of the download
     * @throws UncheckedIOException if the stream throws an {@link java.io.IOException}
     * @throws MarkSignException if the gateway did not respond with a complete document; if a part was written, the message
     *     says how many bytes
     */
    public void download(String documentId, OutputStream out, TransferProgress progress) {
        Arguments.notNull("out", out);
        Arguments.notNull("progress", progress);
        Download.to(out, progress, () -> api.downloadDocument(documentId, (String) null));
    }
}
