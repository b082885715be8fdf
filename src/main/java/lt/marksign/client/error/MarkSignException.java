package lt.marksign.client.error;

import org.jspecify.annotations.Nullable;

/**
 * A call that did not end with the gateway's {@code ok}. Its four kinds: {@link MarkSignApiException}, the gateway
 * refused; {@link MarkSignUnexpectedResponseException}, the response breaks the contract (these two are a
 * {@link MarkSignResponseException}); {@link MarkSignConnectionException}, there was no response, or an incomplete one; and
 * {@link MarkSignTimeoutException}, the person did not act in the time that they were given.
 *
 * <p>Where a call was tried more than once, this is the failure of the last attempt, and those of the earlier ones are
 * {@linkplain #getSuppressed() suppressed}. No message holds the access token or a session id, save for the beginning of
 * one by which to tell it: at most eight characters.
 */
public abstract class MarkSignException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_LINE = 200;

    /** What {@link #outcomeUnknown()} tells. */
    private final boolean outcomeUnknown;

    MarkSignException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(outcomeUnknown ? message + " (whether the gateway acted is unknown)" : message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /**
     * Whether the gateway may have carried out the request all the same.
     *
     * @return {@code true} when some attempt of the call may have reached the gateway and the gateway's own response to it
     *     was never read: the gateway may or may not have carried out the request, whatever a later attempt was told.
     *     {@code true} also when the gateway refused to begin something (a session, an upload, an invitation, a link) because
     *     of trouble of its own: with {@code error_code} 50000 or 50001, or with no published code and an HTTP status of 5xx.
     *     By its documentation these mean trouble on its own side; nothing says that it comes before the prompt goes out or the
     *     document is stored. {@code false} when the gateway refused each attempt that
     *     reached it for another reason, or none did: 50002 says that the gateway did not get through to the service behind
     *     it, and 429 that it did not take the request up. Of an operation that can be repeated (a read, a check, a removal) any
     *     refusal is {@code false}: to repeat it settles what is left. {@code lt.marksign.client.Session}, which asks
     *     the gateway besides, says by {@code false} that it is known what became of the session; a
     *     {@link MarkSignTimeoutException}, that it is certainly gone
     */
    public final boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** One short line: control characters could forge a line of a log, and a response can be of any length. */
    static String line(String text) {
        String start = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
        return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    }
}
