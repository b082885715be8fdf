package lt.marksign.client.error;

/**
 * The gateway has no such session or document (40402, HTTP 404). Check the id. If it is right, no action is needed, because
 * there is nothing to act on.
 */
public final class MarkSignNotFoundException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignNotFoundException(Refusal refusal) {
        super(refusal);
    }
}
