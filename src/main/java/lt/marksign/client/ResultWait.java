package lt.marksign.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import lt.marksign.client.call.Arguments;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignResponseException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUnavailableException;
import org.jspecify.annotations.Nullable;

/** A wait for a result. Its checks run one after another, on the calling thread or asynchronously. */
class ResultWait<R> {
    /** Extra time for an asynchronous wait whose executor is late, is full, or loses tasks. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    final Waits waits;
    final CompletableFuture<R> future = new CompletableFuture<>();

    private final String call;
    private final Supplier<Check<R>> check;
    private final UnaryOperator<Duration> interval;
    private final Duration limit;
    private final long start = System.nanoTime();

    /** Whether a check is in flight, the last check has run, or a removal has begun. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile boolean removing;
    private volatile boolean endedByClose;
    private volatile CompletableFuture<Void> nextCheck = new CompletableFuture<>();
    private volatile long pause;
    volatile @Nullable MarkSignException lastFailure;

    /** The outcome of one check: the result, or how long the gateway asks to wait. */
    record Check<R>(Optional<R> result, Optional<Duration> retryAfter) {}

    /**
     * Begins a wait.
     *
     * @param call the name of the wait, for messages
     * @param interval maps the elapsed time to the pause before the next check
     * @param limit from 1 ms to 24 days
     */
    ResultWait(
            String call,
            Supplier<Check<R>> check,
            UnaryOperator<Duration> interval,
            Waits waits,
            Duration limit,
            long firstPause) {
        this.call = call;
        this.check = check;
        this.interval = interval;
        this.waits = waits;
        this.limit = Arguments.duration("limit", limit);
        this.pause = Math.min(left(), firstPause);
        Runnable closing = this::close;
        future.whenComplete((result, failure) -> waits.unregister(closing));
        waits.register(closing);
    }

    /** Returns the text, or an empty text if the wait has no session. */
    String ifSession(String text) {
        return "";
    }

    /** Removes the abandoned session, if the wait has one. */
    void remove() {}

    /** Returns whether the wait goes on after a failed check: no response, 429, 5xx, or trouble at the gateway. */
    boolean isTransient(MarkSignException e) {
        if (e instanceof MarkSignApiException) {
            return e instanceof MarkSignUnavailableException;
        }
        return e instanceof MarkSignResponseException response
                ? response.httpStatus() == 429 || response.httpStatus() / 100 == 5
                : e instanceof MarkSignConnectionException;
    }

    /** Returns the exception that ends the wait. */
    RuntimeException toThrow(RuntimeException e) {
        return e;
    }

    private long left() {
        return Math.max(0, start + limit.toNanos() - System.nanoTime());
    }

    R await() {
        for (; ; ) {
            try {
                // Sleeps until the next check, or until the client is closed.
                return future.get(pause, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                step();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                future.completeExceptionally(stopped("interrupted", e));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause();
            }
        }
    }

    CompletableFuture<R> awaitAsync() {
        CompletableFuture<Void> deadline = after(left() + GRACE.toNanos());
        deadline.thenRunAsync(
                () -> future.completeExceptionally(
                        timeout(", and the session may still be open, because its last call is late", null, true)),
                waits.ends);
        future.whenComplete((result, failure) -> {
            deadline.cancel(false);
            nextCheck.cancel(false);
            if (!waits.isClosed() && !busy.get()) {
                waits.removals.execute(this::abandon);
            }
        });
        scheduleCheck();
        return future;
    }

    /** Returns a future that the JDK's timer completes. Canceling it removes it from the timer. */
    private static CompletableFuture<Void> after(long nanos) {
        return new CompletableFuture<Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
    }

    private void scheduleCheck() {
        nextCheck = after(pause);
        nextCheck.thenRunAsync(this::step, waits.checks).whenComplete((checked, refusal) -> {
            if (refusal != null && !future.isDone()) {
                // Busy prevents the removal of the session. The future must not complete on the JDK's timer thread.
                busy.set(true);
                MarkSignException failure = stopped("the executor takes no further check", refusal);
                waits.ends.execute(() -> future.completeExceptionally(failure));
            } else if (refusal == null && !busy.get()) {
                scheduleCheck();
            }
        });
        if (future.isDone()) {
            nextCheck.cancel(false);
        }
    }

    /** Makes a check, and completes the future if the check ends the wait. */
    private void step() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            Optional<R> result = check();
            if (result.isEmpty()) {
                busy.set(false);
                if (future.isDone()) {
                    abandon();
                }
            } else if (!future.complete(result.get())) {
                end();
            }
        } catch (Throwable e) {
            if (!future.completeExceptionally(e) && !isOver(e)) {
                end();
            }
        }
    }

    /** Returns whether the failure shows that there is no session to remove. */
    boolean isOver(Throwable e) {
        return e instanceof MarkSignTimeoutException timeout && !timeout.outcomeUnknown();
    }

    private void abandon() {
        if (busy.compareAndSet(false, true)) {
            end();
        }
    }

    private void end() {
        if (!endedByClose) {
            remove();
        }
    }

    private void close() {
        // An in-flight removal reports its own outcome.
        if (!removing) {
            endedByClose = future.completeExceptionally(stopped("the client was closed", null));
        }
    }

    /** Returns the result, or empty if another check follows after the pause. */
    private Optional<R> check() {
        throwIfStopped(null);
        boolean last = left() == 0;
        Optional<Duration> asked;
        try {
            Check<R> checked = check.get();
            if (checked.result().isPresent()) {
                return checked.result();
            }
            lastFailure = null;
            asked = checked.retryAfter();
        } catch (RuntimeException e) {
            throwIfStopped(e);
            if (!(e instanceof MarkSignException failure) || !isTransient(failure)) {
                throw toThrow(e);
            }
            lastFailure = failure;
            asked = failure instanceof MarkSignResponseException response ? response.retryAfter() : Optional.empty();
        }
        if (last) {
            throw removeAndTimeOut();
        }
        Duration next = interval.apply(Duration.ofNanos(System.nanoTime() - start));
        long nanos = TimeUnit.NANOSECONDS.convert(
                asked.filter(longer -> longer.compareTo(next) > 0).orElse(next));
        pause = Math.min(left(), nanos);
        return Optional.empty();
    }

    private MarkSignTimeoutException removeAndTimeOut() {
        removing = true;
        throwIfStopped(lastFailure);
        MarkSignTimeoutException result;
        try {
            removeAtLimit();
            result = timeout(", and the session is removed", null, false);
        } catch (RuntimeException e) {
            result = timeout(", and the session may still be open, because its removal failed", e, true);
        }
        if (lastFailure != null) {
            result.addSuppressed(lastFailure);
        }
        return result;
    }

    /** Removes the session at the limit, if the wait has one. */
    void removeAtLimit() {}

    private MarkSignTimeoutException timeout(String state, @Nullable Throwable cause, boolean outcomeUnknown) {
        String about = ifSession(state);
        return new MarkSignTimeoutException(
                call, "no result within " + limit + about, cause, outcomeUnknown && !about.isEmpty());
    }

    final void throwIfStopped(@Nullable Throwable cause) {
        if (waits.isClosed()) {
            throw stopped("the client was closed", cause);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw stopped("interrupted", cause);
        }
    }

    private MarkSignConnectionException stopped(String what, @Nullable Throwable cause) {
        return new MarkSignConnectionException(
                call, what + " while waiting" + ifSession("; the session was not removed"), cause, false);
    }
}
