package lt.marksign.client.error;

/**
 * The person did not identify or sign. The person refused (40020), let the session expire (40021), has no account (40401) or
 * one that is not qualified (40403), or the person's certificate did not arrive in time (40801). The person has to act next:
 * inform the person, and begin again if the person wants to.
 */
public final class MarkSignUserException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignUserException(Refusal refusal) {
        super(refusal);
    }
}
