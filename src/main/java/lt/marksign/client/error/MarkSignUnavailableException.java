package lt.marksign.client.error;

/**
 * The gateway cannot serve the call now: it has trouble (50000), an internal fault (50001), no way onward (50002), or is
 * called too often or overloaded (HTTP 429 and 5xx). The move is the gateway's: wait, and call again.
 */
public final class MarkSignUnavailableException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignUnavailableException(Refusal refusal) {
        super(refusal);
    }
}
