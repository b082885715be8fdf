package lt.marksign.client.error;

import org.jspecify.annotations.Nullable;

/**
 * A call or a wait did not end with the gateway's {@code ok}. There are five kinds:
 *
 * <ul>
 *   <li>{@link MarkSignApiException}: the gateway refused.
 *   <li>{@link MarkSignUnexpectedResponseException}: the response breaks the contract. This kind and the one above are a
 *       {@link MarkSignResponseException}.
 *   <li>{@link MarkSignConnectionException}: there was no response, or an incomplete one.
 *   <li>{@link MarkSignTimeoutException}: the limit of a wait passed.
 *   <li>{@link MarkSignRejectedException}: a signer rejected the document.
 * </ul>
 *
 * <p>If a call had several attempts, this is the failure of the last one. The failures of the earlier attempts are
 * {@linkplain #getSuppressed() suppressed}, at most 20 of them. No message contains the access token or a whole session id. To
 * identify a session, a message contains at most the first eight characters of its id.
 */
public abstract class MarkSignException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_LINE = 200;

    /** The value of {@link #outcomeUnknown()}. */
    private final boolean outcomeUnknown;

    MarkSignException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(outcomeUnknown ? message + " (whether the gateway acted is unknown)" : message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /**
     * Returns whether the gateway may have carried out the request despite this exception.
     *
     * <p>It is {@code true} in two cases:
     *
     * <ul>
     *   <li>An attempt may have reached the gateway, and the gateway's own response to it was never read. The response to a
     *       later attempt does not change that.
     *   <li>The gateway refused to begin something (a session, an upload, an invitation, a link) with {@code error_code} 50000
     *       or 50001, or with HTTP 5xx and no published code. The gateway's documentation calls these trouble on its own
     *       side. It does not say whether the prompt was sent or the document was stored before the trouble.
     * </ul>
     *
     * <p>With the built-in transport, it is {@code false} if no attempt reached the gateway, or if the gateway refused each
     * attempt for another reason. With 50002 the gateway did not reach the service behind it, and with 429 it did not process
     * the request. A refusal of an idempotent request (a read, a check, a removal) is also {@code false}, because repeating
     * the request settles the outcome.
     *
     * <p>{@code lt.marksign.client.Session} also checks the session: {@code false} then means that the state of the session is
     * known. In a {@link MarkSignTimeoutException} of a session, {@code false} means that the session is certainly gone.
     *
     * @return whether the outcome is unknown
     */
    public final boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Returns the beginning of a text as one line, because control characters could forge a line of a log. */
    static String line(String text) {
        String start = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
        return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    }
}
