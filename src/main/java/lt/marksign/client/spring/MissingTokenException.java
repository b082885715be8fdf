package lt.marksign.client.spring;

/** Nothing gives an access token. */
final class MissingTokenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    MissingTokenException(IllegalStateException cause) {
        super("marksign.access-token is not set", cause);
    }
}
