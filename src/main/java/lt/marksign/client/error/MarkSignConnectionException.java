package lt.marksign.client.error;

import org.jspecify.annotations.Nullable;

/**
 * There was no response, or an incomplete one: the connection was refused or lost, TLS found no trust, time ran out, or the
 * calling thread was interrupted (its flag is then set). {@link #getCause()} is what the HTTP library reported.
 */
public final class MarkSignConnectionException extends MarkSignException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the client; a test of yours may make one as well.
     *
     * @param call what was called, for the exception's message
     * @param reason why there is no response, for the exception's message
     * @param cause what the HTTP library reported, or {@code null}
     * @param outcomeUnknown what {@link #outcomeUnknown()} is to return
     */
    public MarkSignConnectionException(String call, String reason, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(call + ": " + line(reason), cause, outcomeUnknown);
    }
}
