package lt.marksign.client.call;

import feign.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import lt.marksign.client.error.MarkSignException;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending a request once.
 *
 * @param httpStatus the HTTP status of the response, or 0 without one
 * @param name one word for logs
 * @param response the response, if it says {@code ok}, or null
 * @param outcomeUnknown whether the gateway may have acted
 * @param retryable whether another attempt can help and does no harm
 * @param retryAfter how long the gateway asks to wait before that
 * @param exception makes the exception, told whether the outcome of the whole call is unknown
 */
record Outcome(
        int httpStatus,
        String name,
        @Nullable Response response,
        boolean outcomeUnknown,
        boolean retryable,
        Duration retryAfter,
        Function<Boolean, MarkSignException> exception) {

    static Outcome ok(Response response) {
        return new Outcome(response.status(), "ok", response, false, false, Duration.ZERO, unknown -> {
            throw new AssertionError("ok is no failure");
        });
    }

    /** Returns the exception for the caller, with what went before. */
    MarkSignException toException(List<Outcome> earlier, boolean unknown) {
        MarkSignException result = exception.apply(outcomeUnknown || unknown);
        earlier.forEach(one -> result.addSuppressed(one.exception.apply(one.outcomeUnknown)));
        return result;
    }
}
