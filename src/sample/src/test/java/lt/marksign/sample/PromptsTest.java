package lt.marksign.sample;

import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.sample.Prompt.Purpose;
import lt.marksign.sample.Prompt.State;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

/** Tests concurrent requests of one browser. */
class PromptsTest {
    private static final String REFUSED = response("400 Bad Request", "{\"status\":\"error\",\"error_code\":40020}");
    private static final String NO_SUCH_SESSION =
            response("404 Not Found", "{\"status\":\"error\",\"error_code\":40402}");

    @Test
    void result_is_not_lost_to_a_concurrent_check() throws Exception {
        CountDownLatch requestReceived = new CountDownLatch(1);
        CountDownLatch mayRespond = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    if (request.number() > 1) {
                        send(connection, NO_SUCH_SESSION);
                        return;
                    }
                    requestReceived.countDown();
                    await(mayRespond);
                    send(connection, REFUSED);
                });
                MarkSignClient client = MarkSignClient.builder()
                        .accessToken("token")
                        .baseUrl(gateway.baseUrl())
                        .build()) {
            Prompts prompts = new Prompts(Duration.ofMinutes(2));
            MockHttpSession http = new MockHttpSession();
            PersonForm form = new PersonForm(PersonForm.EidMethod.SMART_ID, Visitor.CODE, null, "");
            String id = prompts.begin(
                    http,
                    "",
                    Purpose.LOGIN,
                    form,
                    null,
                    () -> client.smartIdSessions().authentication("session-1"));
            Prompt prompt = prompts.find(http, id).orElseThrow();

            FutureTask<Boolean> first = new FutureTask<>(() -> prompts.check(http, client, prompt));
            new Thread(first).start();
            await(requestReceived);
            assertThat(prompts.check(http, client, prompt)).isFalse();
            mayRespond.countDown();

            assertThat(first.get()).isFalse();
            assertThat(prompts.find(http, id)).map(Prompt::state).contains(State.REFUSED);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
