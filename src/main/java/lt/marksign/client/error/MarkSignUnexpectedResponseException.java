package lt.marksign.client.error;

/**
 * The response breaks the contract: HTML, an empty body, JSON that is cut off or says no known {@code status}, a redirect,
 * {@code ok} under an HTTP status that says otherwise, or more than the client will read. It does not tell who sent it, nor
 * whether the gateway acted.
 */
public final class MarkSignUnexpectedResponseException extends MarkSignResponseException {
    private static final long serialVersionUID = 1L;

    /** What {@link #excerpt()} tells. */
    private final String excerpt;

    /**
     * Made by the client; a test of yours may make one as well.
     *
     * @param call what was called, for the exception's message
     * @param reason what is wrong with the response, for the exception's message
     * @param httpStatus the response's HTTP status
     * @param excerpt the beginning of the response's body, for {@link #excerpt()}; shortened to 200 characters on one line
     * @param outcomeUnknown what {@link #outcomeUnknown()} is to return
     */
    public MarkSignUnexpectedResponseException(
            String call, String reason, int httpStatus, String excerpt, boolean outcomeUnknown) {
        super(call + ": HTTP " + httpStatus + ", " + line(reason), httpStatus, outcomeUnknown);
        this.excerpt = line(excerpt);
    }

    /**
     * The beginning of the response's body, for people to read. It is not redacted: it may hold personal data, and what the
     * gateway repeated of the request, so do not log it without thought. No message holds it.
     *
     * @return some 200 characters on one line; empty if the body was, or if a document was sent or asked for
     */
    public String excerpt() {
        return excerpt;
    }
}
