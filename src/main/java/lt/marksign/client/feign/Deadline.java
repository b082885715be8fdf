package lt.marksign.client.feign;

import java.time.Duration;

/** The moment at which a call ends, whatever it is doing. */
final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    boolean hasPassed() {
        return end - System.nanoTime() <= 0;
    }
}
