package lt.marksign.client.error;

/**
 * The gateway did not accept the caller: the access token is invalid (40003, HTTP 401 or 403), not authorised for the
 * service (50003), or set up wrongly (50004). The move is with whoever runs the integration: put the token or the account
 * right. The same call will not succeed before that.
 */
public final class MarkSignAccessException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignAccessException(Refusal refusal) {
        super(refusal);
    }
}
