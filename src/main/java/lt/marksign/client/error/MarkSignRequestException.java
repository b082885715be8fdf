package lt.marksign.client.error;

/**
 * The gateway did not accept the request's data: a parameter is invalid (40001), a phone number (40004) or a personal code
 * (40005) malformed, or the document corrupt (40022). The move is the developer's: correct the request.
 */
public final class MarkSignRequestException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignRequestException(Refusal refusal) {
        super(refusal);
    }
}
