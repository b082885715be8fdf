package lt.marksign.client.error;

/**
 * The response breaks the contract: HTML, an empty body, truncated JSON, JSON without a known {@code status}, a redirect,
 * {@code ok} with a contradicting HTTP status, or a body over the size limit. Such a response says neither who sent it nor
 * whether the gateway acted.
 */
public final class MarkSignUnexpectedResponseException extends MarkSignResponseException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #excerpt()}. */
    private final String excerpt;

    /**
     * Creates an exception. The client calls this constructor; your tests can call it too.
     *
     * @param call the name of the call, for the exception's message
     * @param reason what is wrong with the response, for the exception's message
     * @param httpStatus the response's HTTP status
     * @param excerpt the beginning of the response's body, for {@link #excerpt()}; shortened to 200 characters on one line
     * @param outcomeUnknown the value of {@link #outcomeUnknown()}
     */
    public MarkSignUnexpectedResponseException(
            String call, String reason, int httpStatus, String excerpt, boolean outcomeUnknown) {
        super(call + ": HTTP " + httpStatus + ", " + line(reason), httpStatus, outcomeUnknown);
        this.excerpt = line(excerpt);
    }

    /**
     * Returns the beginning of the response's body, for people to read. It is not redacted: it may contain personal data and
     * repeated parts of the request, so do not log it without thought. No message contains it.
     *
     * @return about 200 characters on one line; empty if the body was empty, or if a document was sent or requested
     */
    public String excerpt() {
        return excerpt;
    }
}
