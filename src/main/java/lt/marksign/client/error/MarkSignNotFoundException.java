package lt.marksign.client.error;

/**
 * The gateway has no such session or document (40402, HTTP 404). Nobody has to move: there is nothing to act upon, unless
 * the id is wrong.
 */
public final class MarkSignNotFoundException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignNotFoundException(Refusal refusal) {
        super(refusal);
    }
}
