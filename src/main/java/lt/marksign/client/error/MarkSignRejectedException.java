package lt.marksign.client.error;

/** A person rejected the document that they were asked to sign. The gateway keeps the document. */
public final class MarkSignRejectedException extends MarkSignException {
    private static final long serialVersionUID = 1L;

    /** What {@link #signer()} returns. */
    private final String signer;
    /** What {@link #reason()} returns. */
    private final String reason;

    /**
     * Made by the client; a test of yours may make one as well.
     *
     * @param call what was waited for, for the exception's message
     * @param signer what {@link #signer()} is to return; not part of the message
     * @param reason what {@link #reason()} is to return; not part of the message
     */
    public MarkSignRejectedException(String call, String signer, String reason) {
        super(call + ": a signer rejected the document; signer() and reason() tell who and why", null, false);
        this.signer = signer;
        this.reason = reason;
    }

    /**
     * Returns who rejected the document: personal data, for people to read.
     *
     * @return the given name, the surname and the email address, as far as the gateway gave them
     */
    public String signer() {
        return signer;
    }

    /**
     * Returns why, in the signer's own words.
     *
     * @return the gateway's {@code rejection_reason}, or an empty text if it gave none
     */
    public String reason() {
        return reason;
    }
}
