package lt.marksign.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lt.marksign.client.SessionListener.Outcome;
import lt.marksign.client.error.MarkSignAnswerException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.exchange.SingleAttempt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wait for a session's end: its checks one after another, and the removal when time is up. */
final class Wait<R> {
    private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");

    private final Session<R> session;
    private final Waiting waiting;
    private final Duration limit;
    private final long start = System.nanoTime();
    private final SessionListener.Ending ending;
    private final CompletableFuture<R> future = new CompletableFuture<>();

    /** Of its own: each of ten thousand threads that leave one queue would go through all of it. */
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Whether a check is under way, or the removal was begun. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile boolean toldOfClose;
    private Duration pause;

    Wait(Session<R> session, Waiting waiting, Duration limit) {
        this.session = session;
        this.waiting = waiting;
        this.limit = limit;
        this.ending = session.begun();
        // Sessions that are waited for together, as after a restart, are not checked together.
        long interval = waiting.interval().toNanos();
        this.pause = atMost(left(), Duration.ofNanos(ThreadLocalRandom.current().nextLong(interval) + 1));
    }

    private Duration left() {
        Duration left = limit.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration atMost(Duration most, Duration duration) {
        return duration.compareTo(most) < 0 ? duration : most;
    }

    /** Waits in the calling thread. */
    R inThisThread() {
        waiting.begin(this);
        try {
            R result = result();
            ending.ended(Outcome.DONE, null);
            return result;
        } catch (Throwable e) {
            ending.ended(outcome(e), e);
            throw e;
        } finally {
            waiting.end(this);
        }
    }

    static Outcome outcome(Throwable failure) {
        if (failure instanceof MarkSignTimeoutException || failure instanceof CancellationException) {
            return Outcome.GAVE_UP;
        }
        return switch (failure instanceof MarkSignUserException person
                ? person.errorCode().orElse(0)
                : 0) {
            case 40020 -> Outcome.REFUSED;
            case 40021 -> Outcome.EXPIRED;
            default -> Outcome.FAILED;
        };
    }

    private R result() {
        for (; ; ) {
            try {
                closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ended("interrupted", e);
            }
            Optional<R> result = check();
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    /** Waits without a thread. */
    CompletableFuture<R> withoutThread() {
        future.whenComplete((result, failure) -> {
            waiting.end(this);
            ending.ended(failure == null ? Outcome.DONE : outcome(failure), failure);
            if (!waiting.isClosed() && busy.compareAndSet(false, true)) {
                waiting.later(
                        Duration.ZERO, this::remove, e -> LOG.warn("{} may stand: no thread removes it", session));
            }
        });
        waiting.begin(this);
        next();
        return future;
    }

    private void next() {
        waiting.later(
                pause, this::step, e -> future.completeExceptionally(ended("the executor takes no further check", e)));
    }

    private void step() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            Optional<R> result = check();
            if (result.isEmpty()) {
                busy.set(false);
                if (!future.isDone()) {
                    next();
                } else if (busy.compareAndSet(false, true)) {
                    remove();
                }
            } else if (!future.complete(result.get())) {
                remove();
            }
        } catch (Throwable e) {
            if (!future.completeExceptionally(e) && !(e instanceof MarkSignTimeoutException)) {
                remove();
            }
        }
    }

    /** For a caller who no longer waits, whom nobody can tell what came of it. */
    private void remove() {
        if (waiting.isClosed()) {
            if (!toldOfClose) {
                LOG.warn("A session that nobody waits for any longer may stand: the client was closed");
            }
            return;
        }
        try {
            session.removeUnobserved();
        } catch (RuntimeException e) {
            LOG.warn("A session that nobody waits for any longer may stand: {}", e.getMessage());
        }
    }

    void close() {
        closed.countDown();
        toldOfClose = future.completeExceptionally(ended("the client was closed", null));
    }

    /** One check, or, when time is up, the last one and the removal. Empty if there is to be another, after the pause. */
    private Optional<R> check() {
        if (waiting.isClosed()) {
            throw ended("the client was closed", null);
        }
        boolean last = left().isZero();
        Duration asked = Duration.ZERO;
        MarkSignException failure = null;
        try {
            Session.Check<R> check = SingleAttempt.of(session::check);
            if (check.result().isPresent()) {
                return check.result();
            }
            asked = check.retryAfter();
        } catch (MarkSignException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw ended("interrupted", e);
            }
            if (waiting.isClosed()) {
                throw ended("the client was closed", e);
            }
            if (!passes(e)) {
                throw e;
            }
            if (e instanceof MarkSignAnswerException answer) {
                asked = answer.retryAfter().orElse(Duration.ZERO);
            }
            failure = e;
        }
        if (last) {
            throw giveUp(failure);
        }
        Duration interval = waiting.interval();
        pause = atMost(left(), asked.compareTo(interval) < 0 ? interval : asked);
        return Optional.empty();
    }

    /** Whether a failed check says nothing of the session: no answer, 429 or 5xx, or a gateway that has trouble now. */
    private static boolean passes(MarkSignException e) {
        if (e instanceof MarkSignApiException) {
            return e instanceof MarkSignUnavailableException;
        }
        return e instanceof MarkSignAnswerException answer
                ? answer.httpStatus() == 429 || answer.httpStatus() / 100 == 5
                : e instanceof MarkSignConnectionException;
    }

    private MarkSignTimeoutException giveUp(@Nullable MarkSignException lastCheck) {
        if (Thread.currentThread().isInterrupted()) {
            throw ended("interrupted", lastCheck);
        }
        MarkSignTimeoutException result;
        try {
            session.removeUnobserved();
            result = timeout("and the session is removed", null);
        } catch (MarkSignException e) {
            result = timeout("and the session may stand, for its removal failed: " + e.getMessage(), e);
        }
        if (lastCheck != null) {
            result.addSuppressed(lastCheck);
        }
        return result;
    }

    private MarkSignTimeoutException timeout(String state, @Nullable MarkSignException cause) {
        return new MarkSignTimeoutException(
                session.toString(), "no result within " + limit + ", " + state, cause, cause != null);
    }

    private MarkSignConnectionException ended(String what, @Nullable Throwable cause) {
        return new MarkSignConnectionException(
                session.toString(), what + " while waiting; the session stands", cause, false);
    }
}
