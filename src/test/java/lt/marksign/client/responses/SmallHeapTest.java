package lt.marksign.client.responses;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.SeparateJvm;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Behaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests in a JVM of 64 MiB that a response of any size or shape fails the call, not the JVM. */
@SeparateJvm("-Xmx64m")
class SmallHeapTest {
    private static final int MEBIBYTE = 1024 * 1024;

    /** Responses that would take too much memory. */
    enum HugeResponse {
        A_GIGABYTE_OF_SUCCESS((request, connection) -> gigabyte(connection, "200 OK")),
        A_GIGABYTE_OF_FAILURE((request, connection) -> gigabyte(connection, "500 Broken")),
        A_GIGABYTE_IN_CHUNKS((request, connection) -> gigabyteInChunks(connection)),
        A_MEGABYTE_OF_BRACKETS(body("[".repeat(MEBIBYTE - 100))),
        A_MEGABYTE_OF_OBJECTS(body("{\"x\":".repeat(200_000)));

        private final Behaviour behaviour;

        HugeResponse(Behaviour behaviour) {
            this.behaviour = behaviour;
        }

        private static Behaviour body(String body) {
            return (request, connection) -> send(connection, response("200 OK", body));
        }

        private static void gigabyte(Socket connection, String status) throws IOException {
            send(connection, "HTTP/1.1 " + status + "\r\nContent-Length: 1073741824\r\n\r\n");
            byte[] blanks = blanks();
            for (int i = 0; i < 1024; i++) {
                send(connection, blanks);
            }
        }

        private static void gigabyteInChunks(Socket connection) throws IOException {
            send(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            byte[] blanks = blanks();
            for (int i = 0; i < 1024; i++) {
                send(connection, "100000\r\n");
                send(connection, blanks);
                send(connection, "\r\n");
            }
        }

        private static byte[] blanks() {
            byte[] blanks = new byte[MEBIBYTE];
            Arrays.fill(blanks, (byte) ' ');
            return blanks;
        }
    }

    @Test
    void heap_has_at_most_64_mebibytes() {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(64L * MEBIBYTE);
    }

    @ParameterizedTest
    @EnumSource
    void oversized_or_deeply_nested_response_is_unexpected(HugeResponse huge) throws IOException {
        try (RawGateway gateway = new RawGateway(huge.behaviour);
                MarkSignClient client = client(gateway)) {
            for (int i = 0; i < 5; i++) {
                assertThat(catchThrowable(() -> client.smartIdSessions().remove("session-1")))
                        .isInstanceOf(MarkSignUnexpectedResponseException.class);
            }
        }
    }

    @Test
    void a_megabyte_of_fields_is_read_within_the_heap() throws IOException {
        IntFunction<String> field = i -> "\"field-" + i + "\":{\"a\":[{},{}]}";
        String fields = IntStream.range(0, 30_000).mapToObj(field).collect(Collectors.joining(","));
        String body = OK.replace("}", "," + fields + "}");
        assertThat(body.getBytes(StandardCharsets.UTF_8).length).isBetween(MEBIBYTE * 3 / 4, MEBIBYTE);
        try (RawGateway gateway = RawGateway.responding(response("200 OK", body));
                MarkSignClient client = client(gateway)) {
            for (int i = 0; i < 5; i++) {
                client.smartIdSessions().remove("session-1");
            }
        }
    }

    private static MarkSignClient client(RawGateway gateway) {
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl(gateway.baseUrl())
                .maxRetries(0)
                .build();
    }
}
