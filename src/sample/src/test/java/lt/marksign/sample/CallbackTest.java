package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.sample.CallbackController.DocumentSigned;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = {SampleApplication.class, CallbackTest.SignedDocumentListener.class},
        properties = {"marksign.access-token=s3cret-t0ken", "marksign.max-retries=0"})
class CallbackTest {
    private static final String DOCUMENT = "8f14e45f-ceea-467f-a8d4-1f2e3c4b5a69";
    private static final Queue<String> SIGNED = new ConcurrentLinkedQueue<>();
    private static volatile String gatewayResponse;
    private static final RawGateway GATEWAY = start();

    @Value("${local.server.port}")
    private int port;

    /** Receives the event, like the rest of the application. */
    static class SignedDocumentListener {
        @EventListener
        void signed(DocumentSigned event) {
            SIGNED.add(event.documentId());
        }
    }

    private static RawGateway start() {
        try {
            return new RawGateway((request, connection) -> RawGateway.send(connection, gatewayResponse));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("marksign.base-url", GATEWAY::baseUrl);
    }

    @BeforeEach
    void reset() {
        GATEWAY.requests().clear();
        SIGNED.clear();
        setDocumentStatus("signed");
    }

    @AfterAll
    static void stop() throws IOException {
        GATEWAY.close();
    }

    private static void setDocumentStatus(String status) {
        gatewayResponse =
                RawGateway.response("200 OK", "{\"status\":\"ok\",\"data\":{\"document_status\":\"" + status + "\"}}");
    }

    private static String callback(String status) {
        return "{\"uuid\":\"" + DOCUMENT + "\",\"status\":\"" + status
                + "\",\"members_count\":1,\"signed_members_count\":1,\"members\":[{\"id\":\"7\",\"member_name\":\"Ona\","
                + "\"member_surname\":\"Onaitė\",\"member_email\":\"ona@example.org\",\"status\":\"signed\"}]}";
    }

    private HttpResponse<String> post(String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/callback"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void callback_for_a_signed_document_publishes_one_event(CapturedOutput output) throws Exception {
        assertThat(post(callback("signed")).statusCode()).isEqualTo(204);

        assertThat(GATEWAY.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/document/" + DOCUMENT + "/check-status");
            assertThat(request.header("Authorization")).isEqualTo("Bearer s3cret-t0ken");
        });
        assertThat(SIGNED).containsExactly(DOCUMENT);
        assertThat(output).contains("A document is signed").doesNotContain("Ona", "ona@", DOCUMENT, "s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved", "signed_partially", "a later value"})
    void callback_publishes_no_event_if_the_document_is_not_signed(String status) throws Exception {
        setDocumentStatus(status);

        assertThat(post(callback("signed")).statusCode()).isEqualTo(204);
        assertThat(GATEWAY.requests()).hasSize(1);
        assertThat(SIGNED).isEmpty();
    }

    @Test
    void status_from_the_gateway_overrides_an_outdated_callback() throws Exception {
        assertThat(post(callback("signed_partially")).statusCode()).isEqualTo(204);
        assertThat(SIGNED).containsExactly(DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ona Onaitė",
                "[]",
                "{\"status\":\"signed\"}",
                "{\"uuid\":\"d-1\"}",
                "{\"uuid\":\"../d-1\",\"status\":\"signed\"}",
                "{\"uuid\":\"Onaitė/1\",\"status\":\"signed\"}"
            })
    void malformed_callback_is_rejected_without_a_request(String body, CapturedOutput output) throws Exception {
        HttpResponse<String> response = post(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("Ona");
        assertThat(GATEWAY.requests()).isEmpty();
        assertThat(SIGNED).isEmpty();
        assertThat(output).doesNotContain("Onaitė");
    }

    @Test
    void oversized_callback_is_rejected_without_a_request() throws Exception {
        assertThat(post(" ".repeat(256 * 1024) + callback("signed")).statusCode())
                .isEqualTo(413);
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"404 Not Found, 404", "503 Unavailable, 503"})
    void failed_status_request_publishes_no_event(String gateway, int status, CapturedOutput output) throws Exception {
        gatewayResponse = RawGateway.response(gateway, "{\"status\":\"error\",\"message\":\"no\"}");
        HttpResponse<String> response = post(callback("signed"));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).doesNotContain(DOCUMENT);
        assertThat(SIGNED).isEmpty();
        assertThat(output).doesNotContain(DOCUMENT, "Ona");
    }
}
