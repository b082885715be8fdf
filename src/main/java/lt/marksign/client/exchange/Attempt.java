package lt.marksign.client.exchange;

import feign.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lt.marksign.client.error.MarkSignException;

/** What came of sending a request once. */
sealed interface Attempt {
    /** The answer's HTTP status, or 0 without an answer. */
    int httpStatus();

    /** One word for logs. */
    String outcome();

    /**
     * The gateway did it.
     *
     * @param response the answer, its body in memory
     */
    record Success(Response response) implements Attempt {
        @Override
        public int httpStatus() {
            return response.status();
        }

        @Override
        public String outcome() {
            return "ok";
        }
    }

    /**
     * The gateway did not say that it did it.
     *
     * @param outcomeUnknown whether it may have done it all the same
     * @param retryable whether trying again can help and does no harm
     * @param retryAfter how long the gateway asks to wait before that
     * @param exception makes the exception, told whether the outcome of the whole call is unknown
     */
    record Failure(
            int httpStatus,
            String outcome,
            boolean outcomeUnknown,
            boolean retryable,
            Duration retryAfter,
            Function<Boolean, MarkSignException> exception)
            implements Attempt {

        /** The exception for the caller, with what went before. A later refusal may be the echo of an earlier success. */
        MarkSignException toException(Earlier earlier) {
            MarkSignException result = exception.apply(outcomeUnknown || earlier.outcomeUnknown);
            earlier.failures.forEach(failure -> result.addSuppressed(failure.exception.apply(failure.outcomeUnknown)));
            return result;
        }
    }

    /** What went before in a call that is tried again and again: the first failure, and so many of the last. */
    final class Earlier {
        private static final int MAX_KEPT = 20;

        private final List<Failure> failures = new ArrayList<>();
        private boolean outcomeUnknown;

        void add(Failure failure) {
            outcomeUnknown |= failure.outcomeUnknown();
            if (failures.size() == MAX_KEPT) {
                failures.remove(1);
            }
            failures.add(failure);
        }
    }
}
