package lt.marksign.client.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The time at which a call ends. Each transferred byte of a document extends it. */
final class Deadline {
    /** Allows for a line of 16 KiB a second. */
    private static final long NANOS_PER_BYTE = 1_000_000_000L / (16 * 1024);

    private final Duration timeout;
    private final boolean ofDocument;
    private final AtomicLong end;
    /** The time at which the caller's own code began to run, or 0. */
    private volatile long paused;

    Deadline(Duration timeout, boolean ofDocument) {
        this.timeout = timeout;
        this.ofDocument = ofDocument;
        this.end = new AtomicLong(System.nanoTime() + timeout.toNanos());
    }

    /** Extends the deadline for bytes of a document, to at most the timeout from now. */
    void transferred(long bytes) {
        if (ofDocument) {
            long latest = System.nanoTime() + timeout.toNanos();
            end.updateAndGet(old -> old + Math.max(0, Math.min(bytes * NANOS_PER_BYTE, latest - old)));
        }
    }

    /** Stops the clock, because the time of the caller's own stream does not count. */
    void pause() {
        paused = System.nanoTime();
    }

    void resume() {
        end.addAndGet(System.nanoTime() - paused);
        paused = 0;
    }

    Duration remaining() {
        long now = paused;
        return Duration.ofNanos(Math.max(0, end.get() - (now == 0 ? System.nanoTime() : now)));
    }

    boolean hasPassed() {
        return remaining().isZero();
    }

    @Override
    public String toString() {
        return "the callTimeout of " + timeout + (ofDocument ? " and the extra time for a document" : "");
    }
}
