package lt.marksign.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignTimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the gateway at intervals until there is a result. Nothing at the gateway depends on how it ends. */
final class Polling<T> {
    /** After the time that has passed since the validation began. */
    static final UnaryOperator<Duration> VALIDATION =
            passed -> Duration.ofSeconds(passed.compareTo(Duration.ofMinutes(1)) < 0 ? 5 : 15);

    private final String call;
    private final Supplier<Optional<T>> check;
    private final UnaryOperator<Duration> interval;
    private final SessionWaits waits;
    private final Duration limit;
    private final long start = System.nanoTime();
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Runnable closing = () -> future.completeExceptionally(stopped("the client was closed", null));
    private volatile CompletableFuture<Void> next = new CompletableFuture<>();

    Polling(
            String call,
            Supplier<Optional<T>> check,
            UnaryOperator<Duration> interval,
            SessionWaits waits,
            Duration limit) {
        this.call = call;
        this.check = check;
        this.interval = interval;
        this.waits = waits;
        this.limit = Arguments.duration("limit", limit);
    }

    CompletableFuture<T> begin() {
        future.whenComplete((result, failure) -> {
            waits.end(closing);
            next.cancel(false);
        });
        waits.begin(closing);
        checkAfter(Duration.ZERO);
        return future;
    }

    T await() {
        try {
            return begin().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(false);
            throw stopped("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private void checkAfter(Duration pause) {
        next = SessionWait.after(pause.toNanos());
        next.thenRunAsync(this::step, waits.checks).whenComplete((checked, refusal) -> {
            if (refusal != null && !future.isDone()) {
                MarkSignException failure = stopped("the executor takes no further check", refusal);
                // Not in the thread of the JDK's timer.
                waits.removals.execute(() -> future.completeExceptionally(failure));
            }
        });
        if (future.isDone()) {
            next.cancel(false);
        }
    }

    private void step() {
        try {
            Optional<T> result = check.get();
            if (result.isPresent()) {
                future.complete(result.get());
            } else {
                goOn(null);
            }
        } catch (MarkSignException e) {
            if (SessionWait.isWithoutAnswer(e)) {
                goOn(e);
            } else {
                future.completeExceptionally(e);
            }
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }

    private void goOn(@Nullable MarkSignException failed) {
        Duration passed = Duration.ofNanos(System.nanoTime() - start);
        Duration left = limit.minus(passed);
        if (left.isNegative()) {
            future.completeExceptionally(
                    new MarkSignTimeoutException(call, "no result within " + limit, failed, false));
        } else {
            Duration pause = interval.apply(passed);
            checkAfter(pause.compareTo(left) < 0 ? pause : left);
        }
    }

    private MarkSignConnectionException stopped(String what, @Nullable Throwable cause) {
        return new MarkSignConnectionException(call, what + " while waiting", cause, false);
    }
}
