package lt.marksign.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The waits of a client, their intervals and their thread pools. */
final class Waits implements AutoCloseable {
    private static final int CHECKS = 256;
    private static final int OTHERS = 16;
    private static final long IDLE_SECONDS = 10;

    final Duration interval;

    /** Maps the elapsed time to the pause before the next check of a document's signatures. */
    final UnaryOperator<Duration> signatures;

    private final ThreadPoolExecutor ownChecks = threads(CHECKS, "marksign-checks");
    final Executor checks;

    /** A separate pool, so that hanging checks do not delay removals. */
    final ThreadPoolExecutor removals = threads(OTHERS, "marksign-removals");

    /** A separate pool, so that hanging removals do not delay the end of a wait. */
    final ThreadPoolExecutor ends = threads(OTHERS, "marksign-ends");

    private final Set<Runnable> registered = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Waits(Duration interval, UnaryOperator<Duration> signatures, @Nullable Executor executor) {
        this.interval = interval;
        this.signatures = signatures;
        this.checks = executor == null ? ownChecks : handingOver(executor);
    }

    private static ThreadPoolExecutor threads(int most, String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    // Does not inherit the thread-locals of the first caller.
                    Thread thread = new Thread(null, task, name, 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Rejects a check on the calling thread, because it would block the JDK's timer for the whole JVM. */
    private static Executor handingOver(Executor executor) {
        return task -> {
            Thread timer = Thread.currentThread();
            executor.execute(() -> {
                if (Thread.currentThread() == timer) {
                    throw new RejectedExecutionException("the executor runs its tasks in the calling thread");
                }
                task.run();
            });
        };
    }

    boolean isClosed() {
        return closed;
    }

    /** Registers a wait, which ends when the client is closed, if not before. */
    void register(Runnable closing) {
        registered.add(closing);
        if (closed) {
            closing.run();
        }
    }

    void unregister(Runnable closing) {
        registered.remove(closing);
    }

    @Override
    public void close() {
        closed = true;
        registered.forEach(Runnable::run);
        ownChecks.shutdown();
        removals.shutdown();
        ends.shutdown();
    }
}
