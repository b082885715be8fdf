package lt.marksign.client.feign;

import java.time.Duration;

/** The moment at which a call ends, whatever it is doing. */
final class Deadline {
    private final Duration timeout;
    private final long end;

    private Deadline(Duration timeout, long end) {
        this.timeout = timeout;
        this.end = end;
    }

    static Deadline in(Duration timeout) {
        return new Deadline(timeout, System.nanoTime() + timeout.toNanos());
    }

    Duration timeout() {
        return timeout;
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    boolean hasPassed() {
        return end - System.nanoTime() <= 0;
    }
}
