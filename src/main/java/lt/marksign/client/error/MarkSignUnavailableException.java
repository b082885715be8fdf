package lt.marksign.client.error;

/**
 * The gateway cannot serve the call now. It has trouble (50000) or a technical error (50001), it cannot reach the service
 * behind it (50002), or it is called too often or overloaded (HTTP 429 and 5xx). Check {@link #outcomeUnknown()}, wait, and
 * call again.
 */
public final class MarkSignUnavailableException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignUnavailableException(Refusal refusal) {
        super(refusal);
    }
}
