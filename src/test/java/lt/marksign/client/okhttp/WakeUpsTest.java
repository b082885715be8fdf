package lt.marksign.client.okhttp;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.stream.LongStream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.Test;

/** How often a call wakes another thread is counted, not timed, so it is the same on a slow machine. */
class WakeUpsTest {
    private static final int CALLS = 2_000;
    private static final int ROUNDS = 5;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void of_ten_calls_at_most_one_wakes_the_thread_that_watches_their_timeouts() throws IOException {
        try (RawGateway gateway = RawGateway.answering(response("200 OK", OK));
                MarkSignClient client = Clients.builder(gateway).build()) {
            client.smartIdSessions().remove("s-1");
            // The thread is the JVM's, and the calls of other tests may still have it wake.
            assertThat(LongStream.generate(() -> wakeUpsDuringCallsOf(client))
                            .limit(ROUNDS)
                            .min()
                            .orElseThrow())
                    .isLessThan(CALLS / 10);
        }
    }

    private long wakeUpsDuringCallsOf(MarkSignClient client) {
        long before = waitsOfTheWatchdog();
        for (int i = 0; i < CALLS; i++) {
            client.smartIdSessions().remove("s-1");
        }
        return waitsOfTheWatchdog() - before;
    }

    private long waitsOfTheWatchdog() {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals("Okio Watchdog"))
                .mapToLong(ThreadInfo::getWaitedCount)
                .findAny()
                .orElseThrow();
    }
}
