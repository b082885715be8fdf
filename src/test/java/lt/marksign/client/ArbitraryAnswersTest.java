package lt.marksign.client;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.gateway.RawGateway;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whole answers of arbitrary bytes, over real HTTP: nothing but a removal or an exception of this library comes out. */
class ArbitraryAnswersTest {
    private static volatile byte[] answer;
    private static RawGateway gateway;
    private static MarkSignClient client;

    @BeforeContainer
    static void connect() throws IOException {
        gateway = new RawGateway((request, connection) -> {
            send(connection, answer);
            connection.close();
        });
        client = MarkSignClient.builder()
                .accessToken("token")
                .baseUrl(gateway.baseUrl())
                .callTimeout(Duration.ofSeconds(20))
                .maxRetries(0)
                .build();
    }

    @AfterContainer
    static void disconnect() throws IOException {
        client.close();
        gateway.close();
    }

    @Property(tries = 1_000)
    void arbitrary_bytes_on_the_wire_never_mean_removed(@ForAll byte[] bytes) {
        answer = bytes;
        assertThat(catchThrowable(() -> client.smartIdSessions().remove("session-1")))
                .isInstanceOf(MarkSignException.class);
    }

    @Property(tries = 2_000)
    void an_arbitrary_body_never_means_removed(@ForAll byte[] body, @ForAll("statuses") int status) {
        answer = concat("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length + "\r\n\r\n", body);
        assertThat(catchThrowable(() -> client.smartIdSessions().remove("session-1")))
                .isInstanceOf(MarkSignException.class);
    }

    @Property(tries = 2_000)
    void a_damaged_head_means_removed_or_an_exception_of_this_library(@ForAll("heads") String head) {
        answer = concat(head, OK.getBytes(StandardCharsets.UTF_8));
        Throwable thrown = catchThrowable(() -> client.smartIdSessions().remove("session-1"));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(MarkSignException.class);
        }
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.integers().between(200, 599);
    }

    @Provide
    Arbitrary<String> heads() {
        Arbitrary<String> lines = Arbitraries.of(
                "Content-Length: 15",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 0",
                "Content-Length: x",
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Content-Encoding: gzip",
                "Connection: close",
                "Connection: upgrade",
                "Upgrade: h2c",
                "Retry-After: x",
                "Location: ://",
                "Location: ",
                "Set-Cookie: a=b",
                ":",
                "no colon",
                "Content-Type: ;;;",
                "Content-Type: text/\u0001",
                "Date: never",
                "ž: ž");
        Arbitrary<String> statusLines = Arbitraries.of(
                "HTTP/1.1 200 OK",
                "HTTP/1.0 200",
                "HTTP/1.1 101 Switching",
                "HTTP/1.1 100 Continue",
                "HTTP/2 200",
                "HTTP/1.1 205 Reset",
                "HTTP/1.1 304 Same",
                "HTTP/1.1 407 Proxy",
                "HTTP/1.1 999 X",
                "HTTP/1.1 000 X",
                "ICY 200 OK");
        return Combinators.combine(statusLines, lines.list().ofMaxSize(4))
                .as((statusLine, headers) -> statusLine + "\r\n" + String.join("\r\n", headers)
                        + (headers.isEmpty() ? "" : "\r\n") + "\r\n");
    }

    private static byte[] concat(String head, byte[] body) {
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] result = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, result, start.length, body.length);
        return result;
    }
}
