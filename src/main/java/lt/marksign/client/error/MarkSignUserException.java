package lt.marksign.client.error;

/**
 * It is up to the person who was to identify or sign: they refused (40020), let the session expire (40021), did not answer
 * in time for their certificate (40801), have no account (40401) or one that is not qualified (40403). The move is theirs:
 * tell them, and begin anew if they wish.
 */
public final class MarkSignUserException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignUserException(Refusal refusal) {
        super(refusal);
    }
}
