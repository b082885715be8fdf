package lt.marksign.client;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.Test;

/** What a call allocates is counted, not timed, so it is the same on a slow machine. The benchmarks measure it exactly. */
class AllocationTest {
    private static final int CALLS = 2_000;
    private static final int ROUNDS = 5;

    /** Code that is not compiled yet allocates more. */
    private static final int MOST = 29_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void a_removal_allocates_at_most_29_kilobytes() throws IOException {
        assertThat(bytesOf(
                        response("200 OK", OK),
                        client -> client.smartIdSessions().remove(Sessions.ID)))
                .isLessThan(MOST);
    }

    @Test
    void beginning_a_session_allocates_at_most_29_kilobytes() throws IOException {
        assertThat(bytesOf(Sessions.BEGUN, client -> client.smartIdSessions().authenticate(Sessions.smartId())))
                .isLessThan(MOST);
    }

    @Test
    void checking_a_session_allocates_at_most_29_kilobytes() throws IOException {
        assertThat(bytesOf(
                        Sessions.WAITING,
                        client -> client.smartIdSessions()
                                .authentication(Sessions.ID)
                                .poll()))
                .isLessThan(MOST);
    }

    private long bytesOf(String answer, Consumer<MarkSignClient> call) throws IOException {
        try (RawGateway gateway = RawGateway.answering(answer);
                MarkSignClient client = Clients.builder(gateway).build()) {
            return LongStream.generate(() -> bytesOf(() -> call.accept(client)))
                    .limit(ROUNDS)
                    .min()
                    .orElseThrow();
        }
    }

    private long bytesOf(Runnable call) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
    }
}
