package lt.marksign.client.error;

/**
 * The gateway did not accept the caller. The access token is invalid (40003, HTTP 401 or 403), the caller is not authorised to
 * use the service (50003), or the client's configuration is wrong (50004). The operator of the integration has to correct the
 * token or the account. Until then, the same call fails.
 */
public final class MarkSignAccessException extends MarkSignApiException {
    private static final long serialVersionUID = 1L;

    MarkSignAccessException(Refusal refusal) {
        super(refusal);
    }
}
