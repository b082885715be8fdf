package lt.marksign.client.error;

import org.jspecify.annotations.Nullable;

/**
 * There was no response, or an incomplete one: the connection was refused or lost, the server's certificate was not trusted, a
 * time limit passed, the client was closed, or the calling thread was interrupted (its interrupt flag is then set).
 * {@link #getCause()} returns what the HTTP library reported, or {@code null}.
 */
public final class MarkSignConnectionException extends MarkSignException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception. The client calls this constructor; your tests can call it too.
     *
     * @param call the name of the call, for the exception's message
     * @param reason why there is no response, for the exception's message
     * @param cause what the HTTP library reported, or {@code null}
     * @param outcomeUnknown the value of {@link #outcomeUnknown()}
     */
    public MarkSignConnectionException(String call, String reason, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(call + ": " + line(reason), cause, outcomeUnknown);
    }
}
