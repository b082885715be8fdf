package lt.marksign.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls every operation from many threads at a faulty gateway. {@code -Dsoak.calls=100000} runs the test in full. */
@Timeout(1500)
class MixedSoakTest {
    private static final int THREADS = 16;
    private static final int CALLS = Integer.getInteger("soak.calls", 5_000);
    private static final long SEED = Long.getLong("soak.seed", 20261123);

    @Test
    void non_idempotent_calls_run_at_most_once_and_outcomes_are_correct() throws Exception {
        MixedCalls calls = new MixedCalls(SEED);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (RawGateway gateway = RawGateway.forgetful(calls::respond);
                MarkSignClient client = MarkSignClient.builder()
                        .accessToken(calls::token)
                        .baseUrl(gateway.baseUrl())
                        .retryBackoff(Duration.ZERO, Duration.ZERO)
                        .build()) {
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                tasks.add(threads.submit(() -> {
                    for (int call = next.getAndIncrement(); call < CALLS; call = next.getAndIncrement()) {
                        calls.call(client, call);
                    }
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }

        System.out.printf("soak: %d mixed calls, faults %s%n", CALLS, calls.faults());
        assertThat(calls.misreported()).isEmpty();
        assertThat(calls.faults().values())
                .as("each fault was met")
                .allSatisfy(count -> assertThat(count.sum()).isPositive());
    }
}
