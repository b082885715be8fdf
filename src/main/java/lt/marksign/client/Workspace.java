package lt.marksign.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lt.marksign.client.api.WorkspaceApi;
import lt.marksign.client.call.Arguments;
import lt.marksign.client.call.Download;
import lt.marksign.client.call.GatewayCall;
import lt.marksign.client.call.Models;
import lt.marksign.client.call.Secrets;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignRejectedException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.Access;
import lt.marksign.client.model.BillingType;
import lt.marksign.client.model.DocumentStatus;
import lt.marksign.client.model.DocumentsQuery;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.SignatureReport;
import lt.marksign.client.model.SigningCallback;
import lt.marksign.client.model.UploadFile;
import lt.marksign.client.model.UploadedFile;
import lt.marksign.client.model.ValidationResult;
import lt.marksign.client.model.ValidationStatus;
import lt.marksign.client.model.WorkspaceDocument;
import lt.marksign.client.model.WorkspaceDocuments;
import lt.marksign.client.model.WorkspaceSigner;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Uploads, lists, downloads, validates and removes the documents of a workspace, and has them signed. This is the gateway's
 * newer API. The access token determines the workspace. Obtained from {@link MarkSignClient#workspace()}. Thread-safe.
 */
public final class Workspace extends WorkspaceFacade {
    private static final List<String> REJECTED = List.of("rejected", "denied");

    /** Maps the elapsed time of a validation to the next pause. The vendor's own connector uses these intervals. */
    private static final UnaryOperator<Duration> VALIDATION =
            passed -> Duration.ofSeconds(passed.compareTo(Duration.ofMinutes(1)) < 0 ? 5 : 15);

    private final Waits waits;

    Workspace(WorkspaceApi api, Waits waits) {
        super(api, waits);
        this.waits = waits;
    }

    /**
     * Uploads a document that only the workspace sees, as {@link #upload(FileContent, String, BillingType, Access)} does.
     *
     * @param content the document
     * @param filename its name, such as {@code contract.pdf}, which becomes its title
     * @param billingType who pays for the signatures
     * @return the document; its {@code uuid} is the {@code documentId} of the other methods
     */
    public UploadedFile upload(FileContent content, String filename, BillingType billingType) {
        return upload(content, filename, billingType, null);
    }

    /**
     * Uploads a document, streamed in constant memory. If the response is lost, the upload is not repeated, because that could
     * create a second document.
     *
     * @param content the document
     * @param filename its name, such as {@code contract.pdf}, which becomes its title
     * @param billingType who pays for the signatures
     * @param access who may see the document, or {@code null} for the gateway's default, the workspace alone
     * @return the document; its {@code uuid} is the {@code documentId} of the other methods
     * @throws IllegalArgumentException if an argument other than the access is null, the name is blank or has control
     *     characters, or the content is empty or too large; nothing was sent
     * @throws MarkSignException if the gateway refused, or there is no usable response; its {@code outcomeUnknown()} tells
     *     whether the gateway may have the document
     */
    public UploadedFile upload(FileContent content, String filename, BillingType billingType, @Nullable Access access) {
        return api.uploadDocumentV2(new UploadFile(content, filename), billingType, access)
                .getData()
                .get(0);
    }

    /**
     * Uploads a file for a container of {@link #createSigningLinks}.
     *
     * @param content the file
     * @param filename its name
     * @return the file; its {@code uuid} is the {@code file_id} of the container's file
     * @throws IllegalArgumentException as {@link #upload(FileContent, String, BillingType, Access)}
     * @throws MarkSignException as {@link #upload(FileContent, String, BillingType, Access)}
     */
    public UploadedFile uploadFile(FileContent content, String filename) {
        return api.uploadFile(new UploadFile(content, filename)).getData().get(0);
    }

    /**
     * Downloads a document with its signatures so far to a file, as {@link Documents#download(String, Path)} does.
     *
     * @param documentId its {@code uuid}
     * @param file the target file, in an existing folder
     */
    public void download(String documentId, Path file) {
        Arguments.notNull("file", file);
        Download.to(file, Documents.UNWATCHED, () -> api.downloadDocumentV2(documentId));
    }

    /**
     * Downloads a document with its signatures so far to a stream, as {@link Documents#download(String, OutputStream)} does.
     *
     * @param documentId its {@code uuid}
     * @param out the target stream; it is flushed and stays open
     */
    public void download(String documentId, OutputStream out) {
        Arguments.notNull("out", out);
        Download.to(out, Documents.UNWATCHED, () -> api.downloadDocumentV2(documentId));
    }

    /**
     * Lists documents, newest first. The stream requests the next page when it is needed, until it has returned the
     * {@code total} of the last page, or a page is empty. If a document is uploaded or removed in the meantime, the positions
     * of the others change, and the stream may return a document twice or miss one.
     *
     * @param query the query; its {@code limit} is the size of a page, its {@code offset} the start
     * @return the documents; the stream throws the exceptions of {@link #page}, also if the query breaks a rule of the spec
     * @throws IllegalArgumentException if the query is null
     */
    public Stream<WorkspaceDocument> documents(DocumentsQuery query) {
        Arguments.notNull("query", query);
        // The caller may change the query before the stream is read.
        DocumentsQuery next = new DocumentsQuery()
                .query(query.getQuery())
                .limit(query.getLimit())
                .offset(Optional.ofNullable(query.getOffset()).orElse(0));
        // Starts with an empty page, so that nothing is sent before the stream is read. Stream.generate is not ordered.
        WorkspaceDocuments none = new WorkspaceDocuments();
        return Stream.iterate(none, Objects::nonNull, last -> {
                    long total = Optional.ofNullable(last.getTotal()).orElse(Long.MAX_VALUE);
                    if (last != none && last.getData().isEmpty() || next.getOffset() >= total) {
                        return null;
                    }
                    WorkspaceDocuments page = page(next);
                    next.offset(next.getOffset() + page.getData().size());
                    return page;
                })
                .skip(1)
                .flatMap(page -> page.getData().stream());
    }

    /**
     * Waits until everyone has signed a document, as {@link #awaitSignedAsync} does, and blocks the calling thread. The wait
     * may exceed the limit by up to four {@linkplain MarkSignClientBuilder#callTimeout call timeouts}, because a check and the
     * last check make two calls each.
     *
     * @param documentId its {@code uuid}
     * @param limit how long to wait, from 1 ms to 24 days
     * @return the status of the document, which is {@code signed}
     * @throws IllegalArgumentException if the id or the limit breaks a rule; nothing was sent
     * @throws MarkSignRejectedException if a signer rejected the document
     * @throws MarkSignTimeoutException if the limit passes; the document stays at the gateway, and can still be signed
     * @throws MarkSignException if the gateway refuses a check, the thread is interrupted, or the client is closed meanwhile
     */
    public DocumentStatus awaitSigned(String documentId, Duration limit) {
        return signing(documentId, limit).await();
    }

    /**
     * Waits asynchronously until everyone has signed a document. It requests the status and the signers at once, and then every
     * {@link MarkSignClientBuilder#signaturePollInterval 30 s, growing to 5 min}. A check without a response, or with HTTP 429
     * or 5xx, does not end the wait. To wait for days, poll {@link #status} and {@link #signers} from a scheduler that survives
     * a restart of the application.
     *
     * @param documentId its {@code uuid}
     * @param limit how long to wait, from 1 ms to 24 days
     * @return the future result, which fails with what {@link #awaitSigned} throws. It completes no later than 10 s after the
     *     limit. Cancel it to end the wait
     * @throws IllegalArgumentException if the id or the limit breaks a rule; nothing was sent
     */
    public CompletableFuture<DocumentStatus> awaitSignedAsync(String documentId, Duration limit) {
        return signing(documentId, limit).awaitAsync();
    }

    private ResultWait<DocumentStatus> signing(String documentId, Duration limit) {
        GatewayCall.validatePathVariable("documentId", documentId);
        String call = "awaitSigned(documentId=" + Secrets.mask(documentId) + ")";
        return wait(call, () -> signed(call, documentId), waits.signatures, limit);
    }

    private <T> ResultWait<T> wait(
            String call, Supplier<Optional<T>> check, UnaryOperator<Duration> interval, Duration limit) {
        return new ResultWait<>(
                call, () -> new ResultWait.Check<>(check.get(), Optional.empty()), interval, waits, limit, 0);
    }

    /** Only the signers show a rejection, so they are requested whatever the status is. */
    private Optional<DocumentStatus> signed(String call, String documentId) {
        DocumentStatus status = status(documentId);
        for (WorkspaceSigner signer : signers(documentId).getData()) {
            if (REJECTED.contains(signer.getStatus())) {
                String who = Stream.of(signer.getName(), signer.getSurname(), signer.getEmail())
                        .filter(part -> part != null && !part.isBlank())
                        .collect(Collectors.joining(" "));
                String reason = Optional.ofNullable(signer.getRejectionReason()).orElse("");
                throw new MarkSignRejectedException(call, who, reason);
            }
        }
        return Optional.of(status)
                .filter(found -> "signed".equals(found.getData().getDocumentStatus()));
    }

    /**
     * Validates the signatures of a document, and waits for the report: it checks every 5 s, and after one minute every 15 s.
     *
     * @param documentId its {@code uuid}
     * @param limit how long to wait after the validation started, from 1 ms to 24 days. The gateway takes up to some minutes.
     *     The wait may exceed the limit by up to two call timeouts: of a check and the last check
     * @return the report
     * @throws IllegalArgumentException if the id or the limit breaks a rule; nothing was sent
     * @throws MarkSignTimeoutException if the limit passes; the gateway continues, and you can start a new validation
     * @throws MarkSignException if the gateway refuses, the thread is interrupted, or the client is closed during the wait
     */
    public SignatureReport validate(String documentId, Duration limit) {
        Arguments.duration("limit", limit);
        String session = api.startValidation(documentId).getData().getSessionId();
        String call = "validate(documentId=" + Secrets.mask(documentId) + ")";
        return wait(call, () -> report(session), VALIDATION, limit).await();
    }

    private Optional<SignatureReport> report(String session) {
        ValidationResult result = api.checkValidation(session);
        return result.getStatus() == ValidationStatus.WAITING ? Optional.empty() : Optional.of(result.getData());
    }

    /**
     * Parses what the gateway posted to a {@code callback_url}. Callbacks are not signed, so anyone can send one: ask the
     * gateway by {@link #status} before you act on it. Fields other than the document and the status are read as leniently as
     * in a response.
     *
     * @param json the body of the request
     * @return the callback
     * @throws IllegalArgumentException if it is not JSON, or lacks the document's id or status; the message does not quote it
     */
    public static SigningCallback parseCallback(byte[] json) {
        try {
            return (SigningCallback) Models.read(Arguments.notNull("json", json), SigningCallback.class, Spec.GATEWAY);
        } catch (IOException | Models.UnreadableException e) {
            throw new MarkSignValidationException("json", "must be a callback: one object with a uuid and a status");
        }
    }
}
