package lt.marksign.client.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * What the last call that ended said of the gateway. Nobody asks it, so a failure is forgotten after a while: an instance
 * that gets no requests because it is down would otherwise stay so.
 */
final class LastOutcome {
    /** How long a failure counts without another call. */
    static final Duration MEMORY = Duration.ofMinutes(1);

    /** What is to be said of the gateway. */
    enum Level {
        UP,
        DOWN,
        UNKNOWN
    }

    /** A level and its details, which hold nothing of a request. */
    record Health(Level level, Map<String, Object> details) {}

    private record Failure(Instant at, String exception, OptionalInt errorCode) {}

    private record Seen(
            boolean serving,
            @Nullable Instant answeredAt,
            @Nullable Failure failure) {}

    private static final Seen NOTHING = new Seen(false, null, null);

    private final AtomicReference<Seen> last = new AtomicReference<>(NOTHING);
    private final InstantSource clock;

    LastOutcome(InstantSource clock) {
        this.clock = clock;
    }

    void served() {
        Instant now = clock.instant();
        last.updateAndGet(seen -> new Seen(true, now, seen.failure()));
    }

    void failed(MarkSignException e) {
        if (isServing(e)) {
            served();
        } else if (!isOfCaller(e)) {
            OptionalInt errorCode =
                    e instanceof MarkSignApiException refusal ? refusal.errorCode() : OptionalInt.empty();
            Failure failure = new Failure(clock.instant(), e.getClass().getSimpleName(), errorCode);
            last.updateAndGet(seen -> new Seen(false, seen.answeredAt(), failure));
        }
    }

    /** A gateway that refuses a request or a person does what it is for. */
    private static boolean isServing(MarkSignException e) {
        return e instanceof MarkSignApiException
                && !(e instanceof MarkSignAccessException || e instanceof MarkSignUnavailableException);
    }

    private static boolean isOfCaller(MarkSignException e) {
        return e instanceof MarkSignConnectionException
                && Thread.currentThread().isInterrupted();
    }

    Health health() {
        Seen seen = last.get();
        Map<String, Object> details = new LinkedHashMap<>();
        if (seen.answeredAt() != null) {
            details.put("lastServed", seen.answeredAt().toString());
        }
        Failure failure = seen.failure();
        if (failure != null) {
            details.put("lastFailure", failure.at().toString());
            details.put("exception", failure.exception());
            failure.errorCode().ifPresent(code -> details.put("errorCode", code));
        }
        return new Health(level(seen), details);
    }

    private Level level(Seen seen) {
        if (seen.serving()) {
            return Level.UP;
        }
        Failure failure = seen.failure();
        return failure != null && clock.instant().isBefore(failure.at().plus(MEMORY)) ? Level.DOWN : Level.UNKNOWN;
    }
}
