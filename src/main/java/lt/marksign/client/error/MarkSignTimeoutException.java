package lt.marksign.client.error;

import org.jspecify.annotations.Nullable;

/**
 * The person did not act in the time that they were given, and the session was removed, or that was tried.
 * {@link #outcomeUnknown()} tells which: {@code false} means that the session is certainly gone, so that the prompt on the
 * person's phone leads nowhere; {@code true}, that it may still be confirmed. What stood in the way of the removal is
 * {@link #getCause()}, and what became of the last check, if it had no response, is {@linkplain #getSuppressed() suppressed}.
 */
public final class MarkSignTimeoutException extends MarkSignException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the client; a test of yours may make one as well.
     *
     * @param call what was waited for, for the exception's message
     * @param reason how long, and what became of the session, for the exception's message
     * @param cause why the session is not certainly gone, or {@code null}
     * @param outcomeUnknown what {@link #outcomeUnknown()} is to return
     */
    public MarkSignTimeoutException(String call, String reason, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(call + ": " + line(reason), cause, outcomeUnknown);
    }
}
