package lt.marksign.client.error;

import org.jspecify.annotations.Nullable;

/**
 * The limit of a wait passed. A wait for a session then tries to remove the session. If {@link #outcomeUnknown()} is
 * {@code false}, the session is certainly gone, so the prompt on the person's phone has no effect. If it is {@code true}, the
 * person may still confirm the session, and {@link #getCause()} returns the failure of the removal, if there is one. If the
 * last check failed, its failure is {@linkplain #getSuppressed() suppressed}.
 *
 * <p>A wait for signatures or for a validation removes nothing. Its {@code outcomeUnknown()} is {@code false}.
 */
public final class MarkSignTimeoutException extends MarkSignException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception. The client calls this constructor; your tests can call it too.
     *
     * @param call the name of the wait, for the exception's message
     * @param reason the limit and the state of the session, for the exception's message
     * @param cause why the session is not certainly gone, or {@code null}
     * @param outcomeUnknown the value of {@link #outcomeUnknown()}
     */
    public MarkSignTimeoutException(String call, String reason, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(call + ": " + line(reason), cause, outcomeUnknown);
    }
}
