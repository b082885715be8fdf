package lt.marksign.client.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The moment at which a call ends, whatever it is doing. Where it carries a document, the document puts it off. */
public final class Deadline {
    /** What a document has to pass at, for its transfer to go on: a slow line's rate, 16 KiB a second. */
    private static final long NANOS_PER_BYTE = 1_000_000_000L / (16 * 1024);

    private final Duration timeout;
    private final boolean moving;
    private final AtomicLong end;

    private Deadline(Duration timeout, boolean moving) {
        this.timeout = timeout;
        this.moving = moving;
        this.end = new AtomicLong(System.nanoTime() + timeout.toNanos());
    }

    public static Deadline in(Duration timeout, boolean moving) {
        return new Deadline(timeout, moving);
    }

    /** What to say when it has passed. */
    @Override
    public String toString() {
        return "the callTimeout of " + timeout + (moving ? ", and what a document may take besides" : "");
    }

    /** Whether a document can put it off. */
    public boolean moves() {
        return moving;
    }

    /** Puts it off for what of a document has passed, and never further than the timeout from now. */
    public void transferred(long bytes) {
        if (moving) {
            long latest = System.nanoTime() + timeout.toNanos();
            end.updateAndGet(old -> old + Math.max(0, Math.min(bytes * NANOS_PER_BYTE, latest - old)));
        }
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end.get() - System.nanoTime()));
    }

    public boolean hasPassed() {
        return end.get() - System.nanoTime() <= 0;
    }
}
