package lt.marksign.client.okhttp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okio.AsyncTimeout;

/**
 * Lets Okio's watchdog sleep. That thread ends what takes too long, for OkHttp, and each timeout that becomes the first one
 * due wakes it to reckon anew: with a caller or two that is every timeout of every exchange. This is one timeout that is
 * due before them, as long as there are calls; the others queue up behind it. A shorter timeout than this one's still goes
 * ahead and is kept: nothing depends on a sentinel but how often the watchdog wakes.
 */
final class WatchdogSentinel extends AsyncTimeout {
    private static final long PERIOD_MILLIS = 1000;

    private final AtomicBoolean standing = new AtomicBoolean();
    private volatile boolean needed;

    WatchdogSentinel() {
        timeout(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** To be called at each call. */
    void stand() {
        if (!needed) {
            needed = true;
        }
        if (!standing.get() && standing.compareAndSet(false, true)) {
            enter();
        }
    }

    /** Stands again if there were calls since it did so last. A call that comes in between has the next one stand. */
    @Override
    protected void timedOut() {
        exit();
        if (needed) {
            needed = false;
            enter();
        } else {
            standing.set(false);
        }
    }
}
