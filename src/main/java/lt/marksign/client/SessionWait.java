package lt.marksign.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import lt.marksign.client.call.GatewayCall;
import lt.marksign.client.error.MarkSignAnswerException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.error.MarkSignUserException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wait for a session's end: its checks one after another, and the removal when time is up. */
final class SessionWait<R> {
    private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");

    /** For a future whose executor is late, full, or loses tasks. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Session<R> session;
    private final SessionWaits waits;
    private final Duration limit;
    private final long end;
    private final CompletableFuture<R> future = new CompletableFuture<>();

    /** Whether a check is in flight, or was the last one, or a removal began. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile boolean givingUp;
    private volatile boolean toldOfClose;
    private volatile CompletableFuture<Void> nextCheck = new CompletableFuture<>();
    private volatile long pause;
    private volatile @Nullable MarkSignException lost;

    SessionWait(Session<R> session, SessionWaits waits, Duration limit) {
        this.session = session;
        this.waits = waits;
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
        // Spreads the checks of sessions that are awaited together, as after a restart.
        this.pause = Math.min(left(), ThreadLocalRandom.current().nextLong(waits.interval.toNanos()) + 1);
        session.observe(future, true);
        Runnable closing = this::close;
        future.whenComplete((result, failure) -> waits.end(closing));
        waits.begin(closing);
    }

    private long left() {
        return Math.max(0, end - System.nanoTime());
    }

    R inThisThread() {
        for (; ; ) {
            try {
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

    CompletableFuture<R> withoutThread() {
        CompletableFuture<Void> deadline = after(left() + GRACE.toNanos());
        deadline.thenRunAsync(
                () -> future.completeExceptionally(
                        timeout("and the session may stand: its last call is late", null, true)),
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

    /** Ends by the JDK's timer, which forgets it when it is cancelled. */
    static CompletableFuture<Void> after(long nanos) {
        return new CompletableFuture<Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
    }

    private void scheduleCheck() {
        nextCheck = after(pause);
        nextCheck.thenRunAsync(this::step, waits.checks).whenComplete((checked, refusal) -> {
            if (refusal != null && !future.isDone()) {
                // The session stands, so nothing removes it. Not in the thread of the JDK's timer.
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

    /** Makes a check, and ends the future if that ends the wait. */
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
                remove();
            }
        } catch (Throwable e) {
            boolean over = e instanceof MarkSignUserException
                    || e instanceof MarkSignTimeoutException timeout && !timeout.outcomeUnknown();
            if (!future.completeExceptionally(e) && !over) {
                remove();
            }
        }
    }

    private void abandon() {
        if (busy.compareAndSet(false, true)) {
            remove();
        }
    }

    /** Removes a session that nobody waits for any longer. */
    private void remove() {
        if (toldOfClose) {
            return;
        }
        try {
            throwIfStopped(null);
            session.removeUnobserved();
        } catch (MarkSignUserException e) {
            LOG.debug("{} ended before it was removed", session);
        } catch (RuntimeException e) {
            LOG.warn("A session that nobody waits for any longer may stand: {}", e.getMessage());
        }
    }

    private void close() {
        // A removal in flight tells its own outcome.
        if (!givingUp) {
            toldOfClose = future.completeExceptionally(stopped("the client was closed", null));
        }
    }

    /** Returns the result, or nothing if there is to be another check after the pause. */
    private Optional<R> check() {
        throwIfStopped(null);
        boolean last = left() == 0;
        Optional<Duration> asked;
        try {
            Session.Check<R> check = GatewayCall.once(session::check);
            if (check.result().isPresent()) {
                return check.result();
            }
            lost = null;
            asked = check.retryAfter();
        } catch (RuntimeException e) {
            throwIfStopped(e);
            if (!(e instanceof MarkSignException failure) || !isWithoutAnswer(failure) && !session.isTooYoung(e)) {
                throw afterLost(e);
            }
            lost = failure;
            asked = failure instanceof MarkSignAnswerException answer ? answer.retryAfter() : Optional.empty();
        }
        if (last) {
            throw giveUp();
        }
        Duration next =
                asked.filter(longer -> longer.compareTo(waits.interval) > 0).orElse(waits.interval);
        pause = Math.min(left(), TimeUnit.NANOSECONDS.convert(next));
        return Optional.empty();
    }

    /** Whether a failed check says nothing: no response, 429 or 5xx, or a gateway in trouble. */
    static boolean isWithoutAnswer(MarkSignException e) {
        if (e instanceof MarkSignApiException) {
            return e instanceof MarkSignUnavailableException;
        }
        return e instanceof MarkSignAnswerException answer
                ? answer.httpStatus() == 429 || answer.httpStatus() / 100 == 5
                : e instanceof MarkSignConnectionException;
    }

    /** The lost response may have been the result, and the session over by that. */
    private RuntimeException afterLost(RuntimeException e) {
        if (lost == null) {
            return e;
        }
        RuntimeException told = Session.code(e) != Session.NOT_FOUND
                ? e
                : session.restated(
                        (MarkSignException) e, "the response to the check before was lost", lost.outcomeUnknown());
        told.addSuppressed(lost);
        return told;
    }

    private MarkSignTimeoutException giveUp() {
        givingUp = true;
        throwIfStopped(lost);
        MarkSignTimeoutException result;
        try {
            session.removeUnobserved();
            result = timeout("and the session is removed", null, false);
        } catch (RuntimeException e) {
            result = timeout("and the session may stand, for its removal failed", e, true);
        }
        if (lost != null) {
            result.addSuppressed(lost);
        }
        return result;
    }

    private MarkSignTimeoutException timeout(String state, @Nullable Throwable cause, boolean outcomeUnknown) {
        return new MarkSignTimeoutException(
                session.toString(), "no result within " + limit + ", " + state, cause, outcomeUnknown);
    }

    private void throwIfStopped(@Nullable Throwable cause) {
        if (waits.isClosed()) {
            throw stopped("the client was closed", cause);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw stopped("interrupted", cause);
        }
    }

    private MarkSignConnectionException stopped(String what, @Nullable Throwable cause) {
        return new MarkSignConnectionException(
                session.toString(), what + " while waiting; the session stands", cause, false);
    }
}
