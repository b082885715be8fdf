package lt.marksign.client.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The caller's own stream, file or document failed during a transfer. */
final class CallerSideFailure extends IOException {
    /** Limits the search, because causes can be circular. */
    private static final int MAX_CAUSES = 100;

    private static final long serialVersionUID = 1L;

    private final RuntimeException forCaller;

    private CallerSideFailure(RuntimeException forCaller) {
        super(forCaller);
        this.forCaller = forCaller;
    }

    /**
     * Runs code of the caller. Its time does not count towards the deadline.
     *
     * @param message the message of the exception if it fails
     */
    public static <T> T guard(Deadline deadline, String message, Callable<T> work) throws CallerSideFailure {
        deadline.pause();
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw new CallerSideFailure(e);
        } catch (Exception e) {
            // Kotlin has no checked exceptions.
            IOException cause = e instanceof IOException own ? own : new IOException(e.toString(), e);
            throw new CallerSideFailure(new UncheckedIOException(message, cause));
        } finally {
            deadline.resume();
        }
    }

    /** Throws the caller's own exception if it is a cause of the failure. */
    public static void throwIfCausedByCaller(IOException failure) {
        Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(CallerSideFailure.class::isInstance)
                .findFirst()
                .ifPresent(own -> {
                    throw ((CallerSideFailure) own).forCaller;
                });
    }
}
