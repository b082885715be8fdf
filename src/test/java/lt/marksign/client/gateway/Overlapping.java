package lt.marksign.client.gateway;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** Checks that spend their time waiting: all of them wait at the same time. */
public final class Overlapping {
    private Overlapping() {}

    /** Checks each case on a thread of its own, and reports every case that fails. */
    public static <T> void check(Collection<T> cases, ThrowingConsumer<T> check) {
        ExecutorService threads = Executors.newFixedThreadPool(cases.size());
        try {
            List<Executable> outcomes =
                    cases.stream().map(one -> begin(threads, one, check)).toList();
            assertAll(outcomes);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> Executable begin(ExecutorService threads, T one, ThrowingConsumer<T> check) {
        Future<?> outcome = threads.submit(() -> {
            try {
                check.accept(one);
            } catch (Throwable e) {
                throw new AssertionError(one + ": " + e.getMessage(), e);
            }
        });
        return () -> {
            try {
                outcome.get();
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        };
    }
}
