package lt.marksign.client.responses;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.Generate.byteArrays;
import static org.quicktheories.generators.Generate.pick;
import static org.quicktheories.generators.Generate.range;
import static org.quicktheories.generators.SourceDSL.lists;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

/** Sends arbitrary bytes as whole responses over real HTTP. The outcome must be a removal or an exception of this library. */
class ArbitraryResponsesTest {
    private static volatile byte[] response;
    private static RawGateway gateway;
    private static MarkSignClient client;

    @BeforeAll
    static void connect() throws IOException {
        gateway = new RawGateway((request, connection) -> {
            send(connection, response);
            connection.close();
        });
        client = MarkSignClient.builder()
                .accessToken("token")
                .baseUrl(gateway.baseUrl())
                .callTimeout(Duration.ofSeconds(20))
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void disconnect() throws IOException {
        client.close();
        gateway.close();
    }

    @Test
    void arbitrary_bytes_fail_with_a_library_exception() {
        qt().withExamples(1_000).forAll(bytes()).checkAssert(bytes -> {
            response = bytes;
            assertThat(catchThrowable(() -> client.smartIdSessions().remove("session-1")))
                    .isInstanceOf(MarkSignException.class);
        });
    }

    @Test
    void arbitrary_body_fails_with_a_library_exception() {
        qt().withExamples(2_000).forAll(bytes(), range(200, 599)).checkAssert((body, status) -> {
            response = concat("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length + "\r\n\r\n", body);
            assertThat(catchThrowable(() -> client.smartIdSessions().remove("session-1")))
                    .isInstanceOf(MarkSignException.class);
        });
    }

    @Test
    void damaged_head_succeeds_or_fails_with_a_library_exception() {
        qt().withExamples(2_000).forAll(heads()).checkAssert(head -> {
            response = concat(head, OK.getBytes(StandardCharsets.UTF_8));
            Throwable thrown = catchThrowable(() -> client.smartIdSessions().remove("session-1"));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(MarkSignException.class);
            }
        });
    }

    private static Gen<byte[]> bytes() {
        return byteArrays(range(0, 255), Generate.bytes(Byte.MIN_VALUE, Byte.MAX_VALUE, (byte) 0));
    }

    private static Gen<String> heads() {
        Gen<String> lines = pick(List.of(
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
                "ž: ž"));
        Gen<String> statusLines = pick(List.of(
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
                "ICY 200 OK"));
        return statusLines.zip(
                lists().of(lines).ofSizeBetween(0, 4),
                (statusLine, headers) -> statusLine + "\r\n" + String.join("\r\n", headers)
                        + (headers.isEmpty() ? "" : "\r\n") + "\r\n");
    }

    private static byte[] concat(String head, byte[] body) {
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] result = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, result, start.length, body.length);
        return result;
    }
}
