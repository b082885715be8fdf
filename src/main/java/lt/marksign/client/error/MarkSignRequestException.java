package lt.marksign.client.error;

/**
 * The gateway did not accept the request's data. A parameter is invalid (40001), a phone number (40004) or a personal code
 * (40005) is malformed, or the document is corrupt (40022). The developer has to correct the request.
 */
public final class MarkSignRequestException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignRequestException(Refusal refusal) {
        super(refusal);
    }
}
