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

/** Runs checks concurrently, because each of them mostly waits. */
public final class Concurrently {
    private Concurrently() {}

    /** Runs the check of each case on a separate thread, and reports every failure. */
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
