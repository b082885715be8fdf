package lt.marksign.client.workspace;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.Workspace;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.error.MarkSignRejectedException;
import lt.marksign.client.error.MarkSignRequestException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Request;
import lt.marksign.client.model.Access;
import lt.marksign.client.model.BillingType;
import lt.marksign.client.model.DocumentsQuery;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.SignatureReport;
import lt.marksign.client.model.SigningCallback;
import lt.marksign.client.model.UploadedFile;
import lt.marksign.client.model.WorkspaceDocument;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the hand-written operations of a workspace: uploads, pages and waits. */
class WorkspaceTest {
    private static final String UPLOADED =
            response("200 OK", "{\"status\":\"ok\",\"data\":[{\"uuid\":\"d-1\",\"filename\":\"contract.pdf\"}]}");
    private static final String PENDING = signers("pending", null);
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private static MarkSignClientBuilder builder(RawGateway gateway) {
        return Clients.builder(gateway).signaturePollInterval(Duration.ofMillis(20), Duration.ofMillis(20));
    }

    private static String status(String documentStatus) {
        return response("200 OK", "{\"status\":\"ok\",\"data\":{\"document_status\":\"" + documentStatus + "\"}}");
    }

    private static String signers(String status, String reason) {
        String rejection = reason == null ? "null" : "\"" + reason + "\"";
        return response(
                "200 OK",
                "{\"status\":\"ok\",\"data\":[{\"id\":\"1\",\"name\":\"TESTNUMBER\",\"surname\":\"OK\",\"email\":\"ok@example.com\","
                        + "\"status\":\"" + status + "\",\"rejection_reason\":" + rejection + "}]}");
    }

    /** Returns a gateway that sends the statuses in turn, and the same signers to each request for them. */
    private static RawGateway signingGateway(String signers, String... statuses) throws IOException {
        int[] checks = {0};
        return new RawGateway((request, connection) -> send(
                connection,
                request.path().endsWith("/signer") ? signers : statuses[Math.min(checks[0]++, statuses.length - 1)]));
    }

    @Test
    void upload_sends_the_file_as_a_form() throws IOException {
        Path file = Files.writeString(folder.resolve("c.pdf"), "%PDF-1.4 žodis");
        try (RawGateway gateway = RawGateway.responding(UPLOADED);
                MarkSignClient client = builder(gateway).build()) {
            UploadedFile uploaded = client.workspace()
                    .upload(FileContent.of(file), "a \"b\" ž.pdf", BillingType.EACH_SIGNER, Access.PUBLIC);

            assertThat(uploaded.getUuid()).isEqualTo("d-1");
            Request request = gateway.requests().get(0);
            assertThat(request.header("Authorization")).isEqualTo("Bearer token");
            String boundary = request.header("Content-Type").replace("multipart/form-data; boundary=", "");
            assertThat(request.text())
                    .isEqualTo("--" + boundary + "\r\n"
                            + "Content-Disposition: form-data; name=\"files[]\"; filename=\"a %22b%22 ž.pdf\"\r\n"
                            + "Content-Type: application/octet-stream\r\n\r\n%PDF-1.4 žodis\r\n"
                            + "--" + boundary + "\r\n"
                            + "Content-Disposition: form-data; name=\"billing_type\"\r\n\r\neach_signer\r\n"
                            + "--" + boundary + "\r\n"
                            + "Content-Disposition: form-data; name=\"access\"\r\n\r\npublic\r\n"
                            + "--" + boundary + "--\r\n");
        }
    }

    @Test
    void upload_with_a_lost_response_is_not_retried() throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> connection.close());
                MarkSignClient client = builder(gateway).build()) {
            MarkSignConnectionException failure = catchThrowableOfType(
                    MarkSignConnectionException.class,
                    () -> client.workspace()
                            .upload(FileContent.of(new byte[] {1}), "c.pdf", BillingType.DOCUMENT_OWNER));

            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void upload_with_an_empty_data_list_is_unexpected() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", "{\"status\":\"ok\",\"data\":[]}"));
                MarkSignClient client = builder(gateway).build()) {
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> client.workspace().uploadFile(FileContent.of(new byte[] {1}), "c.pdf"))
                    .withMessageContaining("data");
        }
    }

    @Test
    void list_with_a_null_element_is_unexpected() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", "{\"status\":\"ok\",\"data\":[null]}"));
                MarkSignClient client = builder(gateway).build()) {
            Workspace workspace = client.workspace();
            FileContent content = FileContent.of(new byte[] {1});

            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> workspace.uploadFile(content, "c.pdf"),
                    () -> workspace.signers("d-1"),
                    () -> workspace.documents(new DocumentsQuery()).toList())) {
                assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                        .isThrownBy(call)
                        .withMessageContaining("data");
            }
        }
    }

    @Test
    void invalid_upload_arguments_are_rejected_before_sending() throws IOException {
        try (RawGateway gateway = RawGateway.responding(UPLOADED);
                MarkSignClient client = builder(gateway).maxDocumentSize(3).build()) {
            Workspace workspace = client.workspace();
            FileContent content = FileContent.of(new byte[] {1});

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> workspace.upload(null, "c.pdf", BillingType.EACH_SIGNER))
                    .withMessage("content must not be null");
            for (String name : new String[] {null, " ", "a\nb"}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> workspace.upload(content, name, BillingType.EACH_SIGNER))
                        .withMessageStartingWith("filename must not be null or blank");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> workspace.upload(content, "c.pdf", null))
                    .withMessage("billing_type must not be null or blank");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> workspace.uploadFile(FileContent.of(new byte[0]), "c.pdf"))
                    .withMessage("files[] must not be empty");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> workspace.uploadFile(FileContent.of(new byte[4]), "c.pdf"))
                    .withMessage("files[] has more than the maxDocumentSize of 3 bytes");
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @Test
    void non_ascii_token_is_rejected_before_sending() throws IOException {
        try (RawGateway gateway = RawGateway.responding(UPLOADED);
                MarkSignClient client = builder(gateway).accessToken("žetonas").build()) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> client.workspace().status("d-1"))
                    .withMessageNotContaining("žetonas");
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @Test
    void name_of_an_uploaded_file_is_redacted() throws IOException {
        String refusal = "{\"status\":\"error\",\"error_code\":40022,\"message\":\"Corrupt: testnumber-ok.pdf\"}";
        try (RawGateway gateway = RawGateway.responding(response("400 Bad Request", refusal));
                MarkSignClient client = builder(gateway).build()) {
            assertThatExceptionOfType(MarkSignRequestException.class)
                    .isThrownBy(
                            () -> client.workspace().uploadFile(FileContent.of(new byte[] {1}), "testnumber-ok.pdf"))
                    .satisfies(e -> assertThat(e.gatewayMessage()).isEqualTo("Corrupt: ***"));
        }
    }

    @Test
    void download_writes_the_document() throws IOException {
        Path file = folder.resolve("signed.pdf");
        try (RawGateway gateway = RawGateway.responding(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 8\r\n\r\n%PDF-1.4");
                MarkSignClient client = builder(gateway).build()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            client.workspace().download("d-1", out);
            client.workspace().download("d-1", file);

            assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("%PDF-1.4");
            assertThat(file).hasContent("%PDF-1.4");
            assertThat(gateway.requests())
                    .allSatisfy(request ->
                            assertThat(request.header("Accept-Encoding")).isEqualTo("identity"));
        }
    }

    private static String page(int begin, int count) {
        return page(begin, count, "");
    }

    private static String page(int begin, int count, String total) {
        return response(
                "200 OK",
                "{\"status\":\"ok\"," + total + "\"data\":["
                        + IntStream.range(begin, begin + count)
                                .mapToObj(i -> "{\"uuid\":\"d-" + i + "\"}")
                                .reduce((a, b) -> a + "," + b)
                                .orElse("")
                        + "]}");
    }

    @Test
    void documents_stream_fetches_pages_lazily() throws IOException {
        try (RawGateway gateway = RawGateway.respondingInTurn(page(1, 2), page(3, 2), page(5, 1), page(6, 0));
                MarkSignClient client = builder(gateway).build()) {
            DocumentsQuery query = new DocumentsQuery().query("a b&c").offset(1).limit(2);
            assertThat(client.workspace().documents(query).limit(2).map(WorkspaceDocument::getUuid))
                    .containsExactly("d-1", "d-2");
            assertThat(gateway.requests()).hasSize(1);
            assertThat(gateway.requests().get(0).path()).isEqualTo("/v2/document?query=a%20b%26c&offset=1&limit=2");
        }
    }

    @Test
    void documents_stream_ends_at_the_total() throws IOException {
        String total = "\"total\":4,";
        // This gateway ignores the offset.
        try (RawGateway gateway = RawGateway.responding(page(0, 2, total));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(client.workspace().documents(new DocumentsQuery())).hasSize(4);
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    @Test
    void documents_stream_copies_its_query_and_ends_at_an_empty_page() throws IOException {
        try (RawGateway gateway = RawGateway.respondingInTurn(page(0, 2), page(2, 2), page(4, 1), page(5, 0));
                MarkSignClient client = builder(gateway).build()) {
            DocumentsQuery query = new DocumentsQuery();
            Stream<WorkspaceDocument> documents = client.workspace().documents(query);
            query.limit(1).offset(9);

            assertThat(documents.map(WorkspaceDocument::getUuid)).containsExactly("d-0", "d-1", "d-2", "d-3", "d-4");
            assertThat(gateway.requests().stream().map(Request::path))
                    .containsExactly(
                            "/v2/document?offset=0",
                            "/v2/document?offset=2",
                            "/v2/document?offset=4",
                            "/v2/document?offset=5");
        }
    }

    @Test
    void parallel_stream_has_each_document_once() throws IOException {
        try (RawGateway gateway = RawGateway.respondingInTurn(page(0, 9), page(9, 9), page(18, 9), page(27, 0));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(client.workspace()
                            .documents(new DocumentsQuery())
                            .parallel()
                            .map(WorkspaceDocument::getUuid))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 27).mapToObj(i -> "d-" + i).toList());
            assertThat(gateway.requests()).hasSize(4);
        }
    }

    @Test
    void query_text_is_redacted_in_to_string() {
        assertThat(new DocumentsQuery().query("Vardenis").toString()).doesNotContain("Vardenis");
    }

    @ParameterizedTest
    @CsvSource({"-1, 10, offset must be at least 0", "0, 0, limit must be at least 1"})
    void invalid_query_is_rejected_before_sending(int offset, int limit, String message) throws IOException {
        try (RawGateway gateway = RawGateway.responding(page(0, 0));
                MarkSignClient client = builder(gateway).build()) {
            DocumentsQuery query = new DocumentsQuery().offset(offset).limit(limit);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.workspace().page(query))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.workspace().documents(null))
                    .withMessage("query must not be null");
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Broken", "503 Busy", "429 Slow down"})
    void wait_for_signatures_continues_after_a_failed_check(String failure) throws IOException {
        try (RawGateway gateway = signingGateway(
                        PENDING,
                        status("saved"),
                        response(failure, "<html>"),
                        status("signed_partially"),
                        status("signed"));
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            assertThat(client.workspace().awaitSigned("d-1", LONG).getData().getDocumentStatus())
                    .isEqualTo("signed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejected", "denied"})
    void wait_for_signatures_ends_with_a_rejection(String rejected) throws IOException {
        try (RawGateway gateway = signingGateway(signers(rejected, "The amount is wrong."), status("signed"));
                MarkSignClient client = builder(gateway).build()) {
            MarkSignRejectedException failure = catchThrowableOfType(
                    MarkSignRejectedException.class, () -> client.workspace().awaitSigned("d-1", LONG));

            assertThat(failure.signer()).isEqualTo("TESTNUMBER OK ok@example.com");
            assertThat(failure.reason()).isEqualTo("The amount is wrong.");
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(Clients.everythingIn(failure)).doesNotContain("amount", "TESTNUMBER", "example.com");
        }
    }

    @Test
    void wait_for_signatures_ends_at_its_limit_with_the_last_failure() throws IOException {
        try (RawGateway gateway = signingGateway(PENDING, response("500 Broken", "<html>"));
                MarkSignClient client = builder(gateway).maxRetries(0).build()) {
            assertThatExceptionOfType(MarkSignTimeoutException.class)
                    .isThrownBy(() -> client.workspace().awaitSigned("d-1", Duration.ofMillis(50)))
                    .withMessageContaining("no result within PT0.05S")
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .hasOnlyElementsOfType(MarkSignUnexpectedResponseException.class)
                            .hasSize(1));
        }
    }

    @Test
    void wait_for_signatures_ends_with_a_refusal() throws IOException {
        String refusal = "{\"status\":\"error\",\"message\":\"Document not found\"}";
        try (RawGateway gateway = signingGateway(PENDING, response("404 Not Found", refusal));
                MarkSignClient client = builder(gateway).build()) {
            assertThatExceptionOfType(MarkSignNotFoundException.class)
                    .isThrownBy(() -> client.workspace().awaitSigned("d-1", LONG));
        }
    }

    @Test
    void asynchronous_wait_ends_when_the_client_is_closed() throws Exception {
        try (RawGateway gateway = signingGateway(PENDING, status("saved"));
                MarkSignClient client =
                        builder(gateway).signaturePollInterval(LONG, LONG).build()) {
            CompletableFuture<?> wait = client.workspace().awaitSignedAsync("d-1", Duration.ofDays(20));
            client.close();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(wait::get)
                    .havingCause()
                    .isInstanceOf(MarkSignConnectionException.class)
                    .withMessageContaining("the client was closed while waiting");
        }
    }

    @Test
    void cancelled_wait_sends_no_further_check() throws Exception {
        CountDownLatch checked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    checked.countDown();
                    try {
                        cancelled.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    send(connection, request.path().endsWith("/signer") ? PENDING : status("saved"));
                });
                MarkSignClient client = builder(gateway).build()) {
            CompletableFuture<?> wait = client.workspace().awaitSignedAsync("d-1", LONG);
            checked.await();
            wait.cancel(false);
            cancelled.countDown();

            assertThatExceptionOfType(CancellationException.class).isThrownBy(wait::get);
            client.workspace().status("d-2");
            assertThat(gateway.requests().stream()
                            .filter(request -> request.path().contains("d-1")))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void interrupt_ends_a_blocking_wait() throws Exception {
        CountDownLatch checked = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    send(connection, request.path().endsWith("/signer") ? PENDING : status("saved"));
                    checked.countDown();
                });
                MarkSignClient client =
                        builder(gateway).signaturePollInterval(LONG, LONG).build()) {
            Thread waiting = new Thread(() -> {
                try {
                    client.workspace().awaitSigned("d-1", LONG);
                } catch (MarkSignConnectionException e) {
                    thrown.set(Thread.currentThread().isInterrupted() ? e : null);
                }
            });
            waiting.start();
            checked.await();
            waiting.interrupt();
            waiting.join();

            assertThat(thrown.get()).hasMessageContaining("interrupted while waiting");
        }
    }

    @Test
    void validation_starts_a_session_and_returns_its_report() throws IOException {
        String report = "{\"status\":\"ok\",\"data\":{\"document\":{\"is_valid\":true},\"signatures\":[]}}";
        try (RawGateway gateway = RawGateway.respondingInTurn(
                        response("200 OK", "{\"status\":\"ok\",\"data\":{\"session_id\":\"v-1\"}}"),
                        response("200 OK", report));
                MarkSignClient client = builder(gateway).build()) {
            SignatureReport validated = client.workspace().validate("d-1", LONG);

            assertThat(validated.getDocument().getIsValid()).isTrue();
            assertThat(gateway.requests().stream()
                            .map(request ->
                                    request.method() + " " + request.path() + " " + request.header("Content-Length")))
                    .containsExactly("POST /v3/validation/document/d-1 0", "GET /v3/validation/session/v-1 ");
        }
    }

    @Test
    void validation_ends_at_its_limit() throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> send(
                        connection,
                        response(
                                "200 OK",
                                request.method().equals("POST")
                                        ? "{\"status\":\"ok\",\"data\":{\"session_id\":\"v-1\"}}"
                                        : "{\"status\":\"waiting\"}")));
                MarkSignClient client = builder(gateway).build()) {
            assertThatExceptionOfType(MarkSignTimeoutException.class)
                    .isThrownBy(() -> client.workspace().validate("d-1", Duration.ofMillis(50)));
        }
    }

    @Test
    void extension_sends_an_empty_object() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            client.workspace().extendToLt("d-1");
            client.workspace().extendToLta("d-1");

            assertThat(gateway.requests().stream().map(request -> request.path() + " " + request.text()))
                    .containsExactly("/document/d-1/extend-to-lt {}", "/document/d-1/extend-to-lta {}");
        }
    }

    @Test
    void callback_is_parsed_and_redacted_in_to_string() {
        SigningCallback callback =
                Workspace.parseCallback(("{\"uuid\":\"d-1\",\"status\":\"signed\",\"members_count\":2,"
                                + "\"signed_members_count\":2,\"members\":[{\"id\":1,\"member_name\":\"TESTNUMBER\","
                                + "\"member_surname\":\"OK\",\"member_email\":\"ok@example.com\",\"status\":\"signed\"}]}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(callback.getUuid()).isEqualTo("d-1");
        assertThat(callback.getStatus()).isEqualTo("signed");
        assertThat(callback.getMembers().get(0).getMemberEmail()).isEqualTo("ok@example.com");
        assertThat(callback.toString()).doesNotContain("example.com", "TESTNUMBER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"uuid\":\"d-1\"}",
                "{\"uuid\":\" \",\"status\":\"signed\"}",
                "{\"uuid\":[\"d-1\"],\"status\":\"signed\"}",
                "{\"uuid\":\"d-1\",\"uuid\":\"d-2\",\"status\":\"signed\"}",
                "{\"uuid\":\"d-1\",\"status\":\"signed\"",
                "{\"uuid\":\"d-1\",\"status\":\"signed\"} {}"
            })
    void invalid_callback_is_rejected_without_quoting_it(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workspace.parseCallback(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("json must be a callback")
                .withMessageNotContaining("d-1")
                .withNoCause();
    }

    @Test
    void invalid_limit_or_document_id_is_rejected_before_sending() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            for (Duration limit : new Duration[] {null, Duration.ZERO, Duration.ofDays(30)}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> client.workspace().awaitSigned("d-1", limit))
                        .withMessageStartingWith("limit must be");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> client.workspace().validate("d-1", limit))
                        .withMessageStartingWith("limit must be");
            }
            for (String id : List.of("", "a/b", "..")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> client.workspace().awaitSigned(id, LONG))
                        .withMessageStartingWith("documentId must");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> client.workspace().awaitSignedAsync(id, LONG))
                        .withMessageStartingWith("documentId must");
            }
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }
}
