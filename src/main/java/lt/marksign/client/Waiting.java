package lt.marksign.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the sessions of a client wait, and who checks those for which no thread does. */
final class Waiting {
    /** So many checks at once; each has a thread while it lasts, and none between checks. */
    private static final int THREADS = 256;

    private static final long IDLE_SECONDS = 10;

    private final Duration interval;
    private final Executor executor;
    private final SessionListener listener;
    private final Set<Wait<?>> begun = ConcurrentHashMap.newKeySet();
    private final Runnable stop;
    private volatile boolean closed;

    Waiting(Duration interval, @Nullable Executor executor, SessionListener listener) {
        this.interval = interval;
        this.listener = listener;
        if (executor == null) {
            ThreadPoolExecutor own = ownThreads();
            this.executor = own;
            this.stop = own::shutdown;
        } else {
            this.executor = executor;
            this.stop = () -> {};
        }
    }

    private static ThreadPoolExecutor ownThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "marksign-checks");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    static Duration check(String name, Duration duration) {
        if (duration == null
                || duration.compareTo(Duration.ofMillis(1)) < 0
                || duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(name + " must be from 1 ms to 24 days, but is " + duration);
        }
        return duration;
    }

    SessionListener listener() {
        return listener;
    }

    Duration interval() {
        return interval;
    }

    boolean isClosed() {
        return closed;
    }

    /** Has a task run later, by a thread that there need not be before; or says that there is none. */
    void later(Duration pause, Runnable task, Consumer<Throwable> refused) {
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, due -> {
                    try {
                        executor.execute(due);
                    } catch (RuntimeException | Error e) {
                        // Rejected, or no thread could be started, or whatever an executor of the caller's may throw.
                        refused.accept(e);
                    }
                })
                .execute(task);
    }

    /** Has a wait end with the client, if not before. */
    void begin(Wait<?> wait) {
        begun.add(wait);
        if (isClosed()) {
            wait.close();
        }
    }

    void end(Wait<?> wait) {
        begun.remove(wait);
    }

    void close() {
        closed = true;
        begun.forEach(Wait::close);
        stop.run();
    }
}
