package lt.marksign.client;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.Test;

/** What a call allocates is counted, not timed, so it is the same on a slow machine. The benchmarks measure it exactly. */
class AllocationTest {
    private static final int CALLS = 2_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void a_call_allocates_at_most_50_kilobytes() throws IOException {
        try (RawGateway gateway = RawGateway.answering(response("200 OK", OK));
                MarkSignClient client = Clients.builder(gateway).build()) {
            removeSessions(client);
            long before = threads.getCurrentThreadAllocatedBytes();
            removeSessions(client);
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(bytes / CALLS).isLessThan(50_000);
        }
    }

    private static void removeSessions(MarkSignClient client) {
        for (int i = 0; i < CALLS; i++) {
            client.smartIdSessions().remove("s-1");
        }
    }
}
