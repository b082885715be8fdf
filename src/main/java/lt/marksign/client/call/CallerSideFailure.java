package lt.marksign.client.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The caller's own stream, disk or document failed, in the midst of a transfer: neither the gateway's fault nor the line's. */
final class CallerSideFailure extends IOException {
    /** Causes may go round in a circle. */
    private static final int MAX_CAUSES = 100;

    private static final long serialVersionUID = 1L;

    private final RuntimeException forCaller;

    private CallerSideFailure(RuntimeException forCaller) {
        super(forCaller);
        this.forCaller = forCaller;
    }

    /**
     * Does something on this side, whose time is not the gateway's.
     *
     * @param message what cannot be done, if it fails
     */
    public static <T> T guard(Deadline deadline, String message, Callable<T> work) throws CallerSideFailure {
        deadline.pause();
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw new CallerSideFailure(e);
        } catch (Exception e) {
            // Kotlin declares no exceptions.
            IOException cause = e instanceof IOException own ? own : new IOException(e.toString(), e);
            throw new CallerSideFailure(new UncheckedIOException(message, cause));
        } finally {
            deadline.resume();
        }
    }

    /** Throws what is for the caller, if that is what a failure comes of. */
    public static void rethrow(IOException failure) {
        Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(CallerSideFailure.class::isInstance)
                .findFirst()
                .ifPresent(own -> {
                    throw ((CallerSideFailure) own).forCaller;
                });
    }
}
