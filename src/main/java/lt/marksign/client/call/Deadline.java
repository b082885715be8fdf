package lt.marksign.client.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The moment at which a call ends. A document puts it off while it is transferred. */
final class Deadline {
    /** A slow line transfers 16 KiB a second. */
    private static final long NANOS_PER_BYTE = 1_000_000_000L / (16 * 1024);

    private final Duration timeout;
    private final boolean ofDocument;
    private final AtomicLong end;
    /** When the caller's own side began to work, or 0. */
    private volatile long paused;

    Deadline(Duration timeout, boolean ofDocument) {
        this.timeout = timeout;
        this.ofDocument = ofDocument;
        this.end = new AtomicLong(System.nanoTime() + timeout.toNanos());
    }

    /** Puts it off for bytes of a document, and never further than the timeout from now. */
    void transferred(long bytes) {
        if (ofDocument) {
            long latest = System.nanoTime() + timeout.toNanos();
            end.updateAndGet(old -> old + Math.max(0, Math.min(bytes * NANOS_PER_BYTE, latest - old)));
        }
    }

    /** Stops the clock: the caller's own stream may take its time. */
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
