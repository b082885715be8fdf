package lt.marksign.client.error;

/** A signer rejected the document. The gateway keeps the document. */
public final class MarkSignRejectedException extends MarkSignException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #signer()}. */
    private final String signer;
    /** The value of {@link #reason()}. */
    private final String reason;

    /**
     * Creates an exception. The client calls this constructor; your tests can call it too.
     *
     * @param call the name of the wait, for the exception's message
     * @param signer the value of {@link #signer()}; not part of the message
     * @param reason the value of {@link #reason()}; not part of the message
     */
    public MarkSignRejectedException(String call, String signer, String reason) {
        super(call + ": a signer rejected the document; signer() and reason() tell who and why", null, false);
        this.signer = signer;
        this.reason = reason;
    }

    /**
     * Returns the signer who rejected the document. This is personal data, for people to read.
     *
     * @return the given name, the surname and the email address, each if the gateway gave it
     */
    public String signer() {
        return signer;
    }

    /**
     * Returns the reason for the rejection, in the signer's own words.
     *
     * @return the gateway's {@code rejection_reason}; empty if it gave none
     */
    public String reason() {
        return reason;
    }
}
