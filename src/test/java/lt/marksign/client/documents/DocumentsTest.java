package lt.marksign.client.documents;

import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.Capability;
import feign.InvocationHandlerFactory;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.Concurrently;
import lt.marksign.client.gateway.MountedFile;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.SocksProxy;
import lt.marksign.client.gateway.StreamingGateway;
import lt.marksign.client.model.Access;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.UploadDocumentRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DocumentsTest {
    private static final String PDF = "%PDF-1.4 a contract";
    private static final String REFUSAL = "{\"status\":\"error\",\"message\":\"No such document\"}";
    private static final String UPLOADED =
            response("200 OK", "{\"status\":\"ok\",\"document\":{\"uuid\":\"u-1\"},\"signers\":[]}");

    @TempDir
    Path folder;

    private static final String NO_TOKEN = null;

    private Path file;

    /** Loads classes before any deadline starts, because the deadlines in these tests are for the gateway's delays. */
    @BeforeAll
    static void loadClasses() throws IOException {
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            client.api(DocumentsApi.class).downloadDocument("d-1", NO_TOKEN);
        }
    }

    @BeforeEach
    void createFile() throws IOException {
        file = Files.writeString(folder.resolve("contract.pdf"), "before");
    }

    private static String document(String type, String body, String... headers) {
        String extra = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n" + extra + "\r\n" + body;
    }

    private static String whole(String type, String body) {
        return document(type, body, "Content-Length: " + body.length());
    }

    private static RawGateway closingAfterEach(String... responses) throws IOException {
        return new RawGateway((request, connection) -> {
            send(connection, responses[Math.min(request.number(), responses.length) - 1]);
            connection.close();
        });
    }

    private void assertFileUnchanged() throws IOException {
        assertThat(file).hasContent("before");
        assertOneFile();
    }

    private void assertOneFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static UploadDocumentRequest request(FileContent content) {
        return new UploadDocumentRequest()
                .access(Access.PRIVATE)
                .file(new DocumentFile().filename("sutartis ąčę.pdf").content(content))
                .addSignersItem(new Signer().name("Ona").surname("Onaitė").email("ona@example.org"));
    }

    private static MarkSignClientBuilder builder(StreamingGateway gateway) {
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl(gateway.baseUrl())
                .retryBackoff(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    // Downloads

    @Test
    void complete_download_replaces_the_file() throws IOException {
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            client.documents().download("d-1", file);
            assertThat(gateway.requests().get(0).path())
                    .isEqualTo("/api/document/d-1/download.json?access_token=token");
            assertThat(gateway.requests().get(0).header("Accept-Encoding")).isEqualTo("identity");

            client.withLocale(MarkSignLocale.EN).documents().download("d-1", folder.resolve("contract.pdf"));
            assertThat(gateway.requests().get(1).path()).startsWith("/en/api/document/d-1/");
        }
        assertThat(file).hasContent(PDF);
        assertOneFile();
    }

    @Test
    void truncated_download_to_a_file_is_retried() throws IOException {
        String broken = document("application/pdf", "0123456789".repeat(3), "Content-Length: 99");
        try (RawGateway gateway = closingAfterEach(broken, whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            client.documents().download("d-1", file);

            assertThat(gateway.requests()).hasSize(2);
        }
        assertThat(file).hasContent(PDF);
        assertOneFile();
    }

    static List<String> brokenDocuments() {
        return List.of(
                document("application/pdf", PDF, "Content-Length: 99"),
                document("application/pdf", "5\r\n%PDF-\r\n", "Transfer-Encoding: chunked"),
                document("application/pdf", "50\r\n%PDF-", "Transfer-Encoding: chunked"),
                document("application/pdf", "", "Content-Length: 99"));
    }

    @ParameterizedTest
    @MethodSource("brokenDocuments")
    void truncated_download_leaves_the_file_and_folder_unchanged(String response) throws IOException {
        try (RawGateway gateway = closingAfterEach(response);
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertThatThrownBy(() -> client.documents().download("d-1", file))
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("the response was lost");

            assertThat(gateway.requests()).hasSize(3);
        }
        assertFileUnchanged();
    }

    @Test
    void download_to_a_stream_is_not_retried_after_bytes_were_written() throws IOException {
        try (RawGateway gateway =
                        closingAfterEach(document("application/pdf", PDF.repeat(1000), "Content-Length: 19001"));
                MarkSignClient client = Clients.builder(gateway).build()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            MarkSignException failure = catchThrowableOfType(
                    MarkSignException.class, () -> client.documents().download("d-1", out));
            assertThat(failure)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("after " + out.size() + " bytes of the document were written to the stream");
            assertThat(out.size()).isPositive();
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void download_to_a_stream_is_retried_if_nothing_was_written() throws IOException {
        try (RawGateway gateway = closingAfterEach(
                        document("application/pdf", "", "Content-Length: 99"), whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream() {
                @Override
                public void close() throws IOException {
                    throw new IOException("it is the caller's to close");
                }
            };
            client.documents().download("d-1", out);

            assertThat(out).hasToString(PDF);
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    /** Responses that contain no document, whatever their media type says. */
    enum InvalidDocument {
        A_REFUSAL(response("404 Not Found", REFUSAL)),
        A_REFUSAL_UNDER_200(response("200 OK", REFUSAL)),
        A_REFUSAL_AS_OCTETS(whole("application/octet-stream", "\r\n " + REFUSAL)),
        A_REFUSAL_AS_A_PDF(document(
                "application/pdf",
                Integer.toHexString(REFUSAL.length()) + "\r\n" + REFUSAL + "\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked")),
        AN_OK(response("200 OK", "{\"status\":\"ok\"}")),
        HTML(whole("text/html", "<html>Just a moment</html>")),
        HTML_AS_OCTETS(whole("application/octet-stream", "\n<!DOCTYPE html><html>")),
        EMPTY(whole("application/pdf", "")),
        PDF_UNDER_500(whole("application/pdf", PDF).replace("200 OK", "500 Broken")),
        PARTIAL_CONTENT(whole("application/pdf", PDF).replace("200 OK", "206 Partial Content")),
        WITHOUT_LENGTH(document("application/pdf", PDF)),
        COMPRESSED(document("application/pdf", PDF, "Content-Length: 19", "Content-Encoding: br"));

        private final String response;

        InvalidDocument(String response) {
            this.response = response;
        }
    }

    @ParameterizedTest
    @EnumSource
    void response_without_a_valid_document_is_not_written(InvalidDocument kind) throws IOException {
        try (RawGateway gateway = closingAfterEach(kind.response);
                MarkSignClient client = Clients.builder(gateway).build()) {
            Class<? extends MarkSignException> expected = kind.name().startsWith("A_REFUSAL")
                    ? MarkSignApiException.class
                    : MarkSignUnexpectedResponseException.class;
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertThat(catchThrowable(() -> client.documents().download("d-1", file)))
                    .isInstanceOf(expected);
            assertThat(catchThrowable(() -> client.documents().download("d-1", out)))
                    .isInstanceOf(expected);
            assertThat(catchThrowable(() -> client.api(DocumentsApi.class).downloadDocument("d-1", NO_TOKEN)))
                    .isInstanceOf(expected);
            assertThat(out.size()).isZero();
            assertThat(gateway.requests()).hasSize(3);
        }
        assertFileUnchanged();
    }

    @Test
    void exception_of_the_output_stream_is_thrown_without_a_retry() throws IOException {
        IOException full = new IOException("the disk is full");
        IllegalStateException unchecked = new IllegalStateException("own");
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertThatThrownBy(() -> client.documents().download("d-1", throwing(full)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCause(full);
            assertThatThrownBy(() -> client.documents().download("d-1", throwing(unchecked)))
                    .isSameAs(unchecked);
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    private static OutputStream throwing(Exception failure) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                if (failure instanceof IOException io) {
                    throw io;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    @Test
    void invalid_target_file_is_rejected_before_sending() throws IOException {
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            for (Path wrong : List.of(folder, folder.resolve("missing/contract.pdf"))) {
                assertThatThrownBy(() -> client.documents().download("d-1", wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("file must");
            }
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void named_pipe_is_rejected_and_left_in_place() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.documents().download("d-1", pipe))
                    .withMessage(
                            "file must be a regular file, or a new one, in a folder that exists; use a stream for a device");
            assertThat(gateway.connectionsAccepted()).isZero();
        }
        assertThat(Files.exists(pipe)).isTrue();
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void whole_document_is_copied_to_a_file_that_cannot_be_replaced() throws IOException {
        try (RawGateway gateway = closingAfterEach(
                        document("application/pdf", PDF, "Content-Length: 99"), whole("application/pdf", PDF + "!"));
                MarkSignClient client = Clients.builder(gateway).maxRetries(0).build()) {
            assertThatThrownBy(() -> client.documents().download("d-1", MountedFile.of(file)))
                    .isInstanceOf(MarkSignConnectionException.class);
            assertFileUnchanged();

            client.documents().download("d-1", MountedFile.of(file));
        }
        assertThat(file).hasContent(PDF + "!");
        assertOneFile();
    }

    @Test
    void file_in_a_zip_is_replaced_by_a_second_download() throws IOException {
        try (RawGateway gateway = RawGateway.respondingInTurn(
                        whole("application/pdf", PDF), whole("application/pdf", PDF + "!"));
                MarkSignClient client = Clients.builder(gateway).build();
                FileSystem zip = FileSystems.newFileSystem(folder.resolve("c.zip"), Map.of("create", "true"))) {
            Path inside = zip.getPath("/contract.pdf");
            client.documents().download("d-1", inside);
            assertThat(inside).hasContent(PDF);

            client.documents().download("d-1", inside);
            assertThat(inside).hasContent(PDF + "!");
            try (Stream<Path> files = Files.list(zip.getPath("/"))) {
                assertThat(files).containsExactly(inside);
            }
        }
    }

    @Test
    void nested_download_does_not_write_to_the_outer_stream() throws IOException {
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF));
                MarkSignClient other = Clients.builder(gateway).build();
                MarkSignClient client = Clients.builder(gateway)
                        .accessToken(() -> {
                            assertThat(other.api(DocumentsApi.class).downloadDocument("d-2", NO_TOKEN))
                                    .isEqualTo(PDF.getBytes(StandardCharsets.US_ASCII));
                            return "token";
                        })
                        .build()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            client.documents().download("d-1", out);

            assertThat(out).hasToString(PDF);
        }
    }

    // The limit

    @Test
    void download_over_max_document_size_fails_and_writes_no_file() throws IOException {
        String chunked = document("application/pdf", "13\r\n" + PDF + "\r\n0\r\n\r\n", "Transfer-Encoding: chunked");
        for (String response : List.of(whole("application/pdf", PDF), chunked)) {
            try (RawGateway gateway = RawGateway.responding(response);
                    MarkSignClient permissive =
                            Clients.builder(gateway).maxDocumentSize(19).build();
                    MarkSignClient client =
                            Clients.builder(gateway).maxDocumentSize(18).build()) {
                permissive.documents().download("d-1", new ByteArrayOutputStream());
                permissive.api(DocumentsApi.class).downloadDocument("d-1", NO_TOKEN);

                for (Throwable failure : List.of(
                        catchThrowable(() -> client.documents().download("d-1", file)),
                        catchThrowable(() -> client.api(DocumentsApi.class).downloadDocument("d-1", NO_TOKEN)))) {
                    assertThat(failure)
                            .isInstanceOf(MarkSignUnexpectedResponseException.class)
                            .hasMessageContaining("maxDocumentSize is 18")
                            .message()
                            .doesNotContain("contract");
                }
            }
        }
        assertFileUnchanged();
    }

    @Test
    void nothing_is_written_if_content_length_exceeds_the_limit() throws IOException {
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF.repeat(50_000)));
                MarkSignClient client =
                        Clients.builder(gateway).maxDocumentSize(900_000).build()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertThatThrownBy(() -> client.documents().download("d-1", out))
                    .isInstanceOf(MarkSignUnexpectedResponseException.class);
            assertThat(out.size()).isZero();
        }
    }

    @Test
    void message_states_how_many_bytes_were_written_before_the_limit() throws IOException {
        String block = "20000\r\n" + "%PDF-" + "x".repeat(0x20000 - 5) + "\r\n";
        try (RawGateway gateway = RawGateway.responding(
                        document("application/pdf", block + block + "0\r\n\r\n", "Transfer-Encoding: chunked"));
                MarkSignClient client =
                        Clients.builder(gateway).maxDocumentSize(200_000).build()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertThatThrownBy(() -> client.documents().download("d-1", out))
                    .isInstanceOf(MarkSignUnexpectedResponseException.class)
                    .hasMessageContaining("maxDocumentSize is 200000")
                    .hasMessageContaining(
                            "(after " + out.size() + " bytes of the document were written to the stream)");
            assertThat(out.size()).isPositive();
        }
    }

    @Test
    void upload_over_max_document_size_is_rejected_and_not_sent_whole() throws IOException {
        byte[] document = new byte[100_000];
        try (StreamingGateway gateway = acceptingUploads();
                MarkSignClient client = builder(gateway).maxDocumentSize(99_999).build()) {
            assertThatThrownBy(() -> client.documents().upload(request(FileContent.of(document))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("file.content has more than the maxDocumentSize of 99999 bytes");
            assertThat(gateway.requestsBegun()).isZero();

            FileContent unknown = FileContent.of(() -> new ByteArrayInputStream(document));
            assertThatThrownBy(() -> client.documents().upload(request(unknown)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("file.content has more than the maxDocumentSize of 99999 bytes");
            assertThat(gateway.requestsReadWhole()).isZero();
        }
    }

    @Test
    void max_document_size_is_100_mebibytes_by_default() throws IOException {
        try (StreamingGateway gateway = acceptingUploads();
                MarkSignClient client = builder(gateway).build()) {
            FileContent large = FileContent.of(() -> new ByteArrayInputStream(new byte[1]), 104_857_601);

            assertThatThrownBy(() -> client.documents().upload(request(large)))
                    .hasMessage("file.content has more than the maxDocumentSize of 104857600 bytes");
        }
    }

    @Test
    void max_document_size_of_zero_is_rejected() {
        assertThatThrownBy(() -> MarkSignClient.builder().maxDocumentSize(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxDocumentSize");
    }

    // Uploads

    private static StreamingGateway acceptingUploads() throws IOException {
        return new StreamingGateway((body, connection) -> {
            body.transferTo(OutputStream.nullOutputStream());
            send(connection, UPLOADED);
        });
    }

    @Test
    void empty_or_missing_content_of_known_size_is_rejected_before_sending() throws IOException {
        try (StreamingGateway gateway = acceptingUploads();
                MarkSignClient client = builder(gateway).build()) {
            for (FileContent content :
                    List.of(FileContent.of(new byte[0]), FileContent.of(folder.resolve("missing.pdf")))) {
                assertThatThrownBy(() -> client.documents().upload(request(content)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("file.content ");
            }
            assertThat(gateway.requestsBegun()).isZero();
        }
    }

    @Test
    void empty_or_null_stream_is_rejected_and_not_sent_whole() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        try (StreamingGateway gateway = acceptingUploads();
                MarkSignClient client = builder(gateway).build()) {
            assertThatThrownBy(() -> client.documents().upload(request(FileContent.of(() -> {
                        opened.incrementAndGet();
                        return InputStream.nullInputStream();
                    }))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("file.content must not be empty");
            assertThatThrownBy(() -> client.documents().upload(request(FileContent.of(() -> null))))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("file.content cannot be read");
            assertThat(opened).hasValue(1);
            assertThat(gateway.requestsReadWhole()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {99_999, 100_001})
    void content_with_the_wrong_size_is_rejected_and_not_sent_whole(long size) throws IOException {
        try (StreamingGateway gateway = acceptingUploads();
                MarkSignClient client = builder(gateway).build()) {
            FileContent content = FileContent.of(() -> new ByteArrayInputStream(new byte[100_000]), size);

            assertThatThrownBy(() -> client.documents().upload(request(content)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("file.content")
                    .hasRootCauseMessage("its size is no longer " + size + " bytes");
            assertThat(gateway.requestsBegun()).isLessThanOrEqualTo(1);
            assertThat(gateway.requestsReadWhole()).isZero();
        }
    }

    @Test
    void exception_of_the_content_stream_is_thrown_without_a_retry() throws IOException {
        IOException torn = new IOException("the disk is torn");
        FileContent content = FileContent.of(() -> new InputStream() {
            private int bytes;

            @Override
            public int read() throws IOException {
                if (++bytes > 200_000) {
                    throw torn;
                }
                return 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                read();
                bytes += length;
                return length;
            }
        });
        try (StreamingGateway gateway = acceptingUploads();
                MarkSignClient client = builder(gateway).build()) {
            assertThatThrownBy(() -> client.documents().upload(request(content)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCause(torn);
            assertThat(gateway.requestsBegun()).isLessThanOrEqualTo(1);
            assertThat(gateway.requestsReadWhole()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheCaller")
    void exception_of_closing_the_content_is_thrown_without_a_retry(Exception thrown) throws IOException {
        AtomicInteger opened = new AtomicInteger();
        FileContent content = FileContent.of(() -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(new byte[100_000]) {
                @Override
                public void close() {
                    DocumentsTest.<RuntimeException>sneakyThrow(thrown);
                }
            };
        });
        try (StreamingGateway gateway = acceptingUploads();
                MarkSignClient client = builder(gateway).build()) {
            assertThat(catchThrowable(() -> client.documents()
                            .validate(new DocumentFile().filename("c.pdf").content(content))))
                    .isNotInstanceOf(MarkSignException.class)
                    .satisfies(e -> assertThat(Stream.iterate(e, Objects::nonNull, Throwable::getCause))
                            .contains(thrown));
            assertThat(opened).hasValue(1);
            assertThat(gateway.requestsReadWhole()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheCaller")
    void any_exception_of_write_or_flush_is_thrown_without_a_retry(Exception thrown) throws IOException {
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            for (boolean whenFlushed : List.of(true, false)) {
                OutputStream out = new OutputStream() {
                    @Override
                    public void write(int one) {
                        if (!whenFlushed) {
                            DocumentsTest.<RuntimeException>sneakyThrow(thrown);
                        }
                    }

                    @Override
                    public void flush() {
                        DocumentsTest.<RuntimeException>sneakyThrow(thrown);
                    }
                };
                assertThat(catchThrowable(() -> client.documents().download("d-1", out)))
                        .isNotInstanceOf(MarkSignException.class)
                        .satisfies(e -> assertThat(Stream.iterate(e, Objects::nonNull, Throwable::getCause))
                                .contains(thrown));
            }
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    static Stream<Exception> failuresOfTheCaller() {
        return Stream.of(new IOException("own"), new IllegalStateException("own"), new Exception("of Kotlin"));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneakyThrow(Exception thrown) throws E {
        throw (E) thrown;
    }

    /** Suppliers that return the same stream twice, or a different number of bytes the second time. */
    enum ChangingSource {
        SAME_STREAM {
            @Override
            FileContent content(byte[] bytes) {
                InputStream one = new ByteArrayInputStream(bytes);
                return FileContent.of(() -> one);
            }
        },
        SAME_STREAM_OF_KNOWN_SIZE {
            @Override
            FileContent content(byte[] bytes) {
                InputStream one = new ByteArrayInputStream(bytes);
                return FileContent.of(() -> one, bytes.length);
            }
        },
        SAME_STREAM_IN_ANOTHER {
            @Override
            FileContent content(byte[] bytes) {
                InputStream one = new ByteArrayInputStream(bytes);
                return FileContent.of(() -> new BufferedInputStream(one));
            }
        },
        FEWER_BYTES {
            @Override
            FileContent content(byte[] bytes) {
                AtomicInteger opened = new AtomicInteger();
                return FileContent.of(
                        () -> new ByteArrayInputStream(bytes, 0, bytes.length - opened.getAndIncrement()));
            }
        },
        MORE_BYTES {
            @Override
            FileContent content(byte[] bytes) {
                AtomicInteger opened = new AtomicInteger();
                return FileContent.of(
                        () -> new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length + opened.getAndIncrement())));
            }
        };

        abstract FileContent content(byte[] bytes);
    }

    @ParameterizedTest
    @EnumSource
    void content_that_differs_when_reopened_is_not_resent(ChangingSource source) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        for (int size : new int[] {1, 100, 48 * 1024, 200_000}) {
            try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                        body.transferTo(OutputStream.nullOutputStream());
                        requests.incrementAndGet();
                        send(connection, response("429 Slow down", REFUSAL));
                    });
                    MarkSignClient client = builder(gateway).build()) {
                requests.set(0);
                assertThatThrownBy(() -> client.documents().upload(request(source.content(new byte[size]))))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessage("file.content cannot be read")
                        .hasRootCauseMessage("it differs when it is opened again for a retry");
                assertThat(requests).hasValue(1);
            }
        }
    }

    @Test
    void partly_read_stream_is_not_resent_after_a_reset() throws IOException {
        InputStream one = new ByteArrayInputStream(StreamingGateway.document(20_000_000));
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    body.readNBytes(100);
                    RawGateway.reset(connection);
                });
                MarkSignClient client = builder(gateway).build()) {
            assertThatThrownBy(() -> client.documents()
                            .validate(new DocumentFile().filename("c.pdf").content(FileContent.of(() -> one))))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasRootCauseMessage("it differs when it is opened again for a retry");
            assertThat(gateway.requestsReadWhole()).isZero();
        }
    }

    @Test
    void unchanged_content_is_resent_after_429() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    body.transferTo(OutputStream.nullOutputStream());
                    send(connection, requests.incrementAndGet() == 1 ? response("429 Slow", REFUSAL) : UPLOADED);
                });
                MarkSignClient client = builder(gateway).build()) {
            client.documents().upload(request(FileContent.of(() -> new ByteArrayInputStream(new byte[200_000]))));

            assertThat(gateway.requestsReadWhole()).isEqualTo(2);
        }
    }

    @Test
    void reset_upload_is_not_resent_and_its_outcome_is_unknown() throws IOException {
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    body.readNBytes(100);
                    RawGateway.reset(connection);
                });
                MarkSignClient client = builder(gateway).build()) {
            MarkSignException failure = catchThrowableOfType(
                    MarkSignException.class,
                    () -> client.documents().upload(request(FileContent.of(new byte[20_000_000]))));

            assertThat(failure).isInstanceOf(MarkSignConnectionException.class);
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(gateway.requestsBegun()).isEqualTo(1);
        }
    }

    @Test
    void upload_is_not_resent_after_an_early_response() throws IOException {
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    send(connection, UPLOADED);
                    connection.close();
                });
                MarkSignClient client = builder(gateway).build()) {
            try {
                client.documents().upload(request(FileContent.of(new byte[20_000_000])));
            } catch (MarkSignConnectionException e) {
                assertThat(e.outcomeUnknown()).isTrue();
            }
            assertThat(gateway.requestsBegun()).isEqualTo(1);
        }
    }

    @Test
    void upload_without_response_is_not_resent_and_outcome_is_unknown() throws IOException {
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    body.transferTo(OutputStream.nullOutputStream());
                    connection.close();
                });
                MarkSignClient client = builder(gateway).build()) {
            MarkSignException failure = catchThrowableOfType(
                    MarkSignException.class,
                    () -> client.documents().upload(request(FileContent.of(new byte[1_000_000]))));

            assertThat(failure).isInstanceOf(MarkSignConnectionException.class);
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(gateway.requestsBegun()).isEqualTo(1);
        }
    }

    @Test
    void call_timeout_ends_an_upload_to_a_slowly_reading_peer() throws IOException {
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    while (body.readNBytes(100).length > 0) {
                        pause();
                    }
                });
                MarkSignClient client =
                        builder(gateway).callTimeout(Duration.ofMillis(500)).build()) {
            MarkSignException failure = catchThrowableOfType(
                    MarkSignException.class,
                    () -> client.documents().upload(request(FileContent.of(new byte[30_000_000]))));

            assertThat(failure)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("callTimeout of PT0.5S");
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(gateway.requestsBegun()).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void filename_is_sent_in_utf_8() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    body.transferTo(sent);
                    send(connection, UPLOADED);
                });
                MarkSignClient client = builder(gateway).build()) {
            client.documents().upload(request(FileContent.of(PDF.getBytes(StandardCharsets.US_ASCII))));
        }
        assertThat(sent.toString(StandardCharsets.UTF_8))
                .contains("\"filename\":\"sutartis ąčę.pdf\",\"content\":\"JVBERi0xLjQgYSBjb250cmFjdA==\"")
                .endsWith(",\"access_token\":\"token\"}");
    }

    // Progress

    @Test
    void progress_is_reported_to_the_end_of_uploads_and_downloads() throws IOException {
        List<String> reports = new ArrayList<>();
        try (StreamingGateway gateway = acceptingUploads();
                MarkSignClient client = builder(gateway).build()) {
            client.documents()
                    .upload(request(FileContent.of(new byte[10_000_000])
                            .withProgress((bytes, total) -> reports.add(bytes + "/" + total))));
            assertThat(reports)
                    .endsWith("10000000/" + OptionalLong.of(10_000_000))
                    .hasSizeLessThan(100)
                    .doesNotHaveDuplicates();
        }
        reports.clear();
        String chunked = document("application/pdf", "13\r\n" + PDF + "\r\n0\r\n\r\n", "Transfer-Encoding: chunked");
        try (RawGateway gateway = RawGateway.respondingInTurn(whole("application/pdf", PDF), chunked);
                MarkSignClient client = Clients.builder(gateway).build()) {
            client.documents().download("d-1", file, (bytes, total) -> reports.add(bytes + "/" + total));
            client.documents()
                    .download("d-1", new ByteArrayOutputStream(), (bytes, total) -> reports.add(bytes + "/" + total));
        }
        assertThat(reports).contains("19/" + OptionalLong.of(19)).endsWith("19/" + OptionalLong.empty());
    }

    @Test
    void exception_of_a_progress_listener_is_ignored() throws IOException {
        try (RawGateway gateway = RawGateway.responding(whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway).build()) {
            client.documents().download("d-1", file, (bytes, total) -> {
                throw new IllegalStateException("no");
            });
        }
        assertThat(file).hasContent(PDF);
    }

    // Signed documents in responses

    private static String signed(String content, String digest) {
        return response(
                "200 OK",
                "{\"status\":\"ok\",\"file\":{\"name\":\"c.pdf\",\"content\":\"" + content + "\",\"digest\":\"" + digest
                        + "\"}}");
    }

    private static byte[] contentOf(MarkSignClient client) {
        return client.api(SmartIdSessionsApi.class)
                .checkSmartIdSigning("s-1", new AccessTokenRequest())
                .getFile()
                .getContent();
    }

    @Test
    void signed_document_with_php_json_escapes_is_decoded() throws IOException {
        for (String base64 : List.of("+/+/+/8=", "+\\/+\\/+\\/8=", "+/+/\\n+/8=", "\\u002b/+/+/8=")) {
            try (RawGateway gateway = RawGateway.responding(signed(base64, ""));
                    MarkSignClient client = Clients.builder(gateway).build()) {
                assertThat(contentOf(client)).asHexString().isEqualTo("FBFFBFFBFF");
            }
        }
    }

    static List<String> wrongResponses() {
        return List.of(
                signed("SECRET*!SECRET", ""),
                signed("SECRE", ""),
                signed("", ""),
                response("200 OK", "{\"status\":\"ok\",\"file\":{\"content\":{\"SECRET\":1}}}"),
                response("200 OK", "{\"status\":\"ok\",\"file\":{\"content\":[\"SECRET\"]}}"));
    }

    @ParameterizedTest
    @MethodSource("wrongResponses")
    void invalid_signed_document_is_unexpected_and_not_in_the_message(String response) throws IOException {
        try (RawGateway gateway = RawGateway.responding(response);
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertThatThrownBy(() -> contentOf(client))
                    .isInstanceOf(MarkSignUnexpectedResponseException.class)
                    .hasNoCause()
                    .message()
                    .doesNotContain("SECRE", "U0VD");
        }
    }

    @Test
    void digest_of_a_signed_document_is_not_verified() throws IOException {
        try (RawGateway gateway = RawGateway.responding(signed("U0VDUkVU", "U0VDUkVU"));
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertThat(contentOf(client)).hasSize(6);
        }
    }

    @Test
    void signed_document_far_over_max_document_size_is_unexpected() throws IOException {
        try (RawGateway gateway = RawGateway.responding(signed("AAAA".repeat(700_000), ""));
                MarkSignClient permissive =
                        Clients.builder(gateway).maxDocumentSize(2_100_000).build();
                MarkSignClient client =
                        Clients.builder(gateway).maxDocumentSize(1_000_000).build()) {
            assertThat(contentOf(permissive)).hasSize(2_100_000);
            assertThat(contentOf(Clients.builder(gateway)
                            .maxDocumentSize(2_100_000 - 767 * 1024)
                            .build()))
                    .hasSize(2_100_000);
            assertThatThrownBy(() -> contentOf(client))
                    .isInstanceOf(MarkSignUnexpectedResponseException.class)
                    .hasMessageContaining("maxDocumentSize is 1000000");
        }
    }

    // Time

    /** A gateway that sends a document in chunks, with a pause after each. */
    private static StreamingGateway slow(int chunk, int chunks) throws IOException {
        return new StreamingGateway((body, connection) -> {
            send(connection, document("application/pdf", "", "Content-Length: " + (long) chunk * chunks));
            for (int i = 0; i < chunks; i++) {
                send(connection, ("%PDF-" + "x".repeat(chunk * chunks)).substring(i * chunk, (i + 1) * chunk));
                pause();
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void slow_download_may_exceed_the_call_timeout() throws IOException {
        try (StreamingGateway gateway = slow(16 * 1024, 20);
                MarkSignClient client = builder(gateway)
                        .callTimeout(Duration.ofMillis(500))
                        .maxRetries(0)
                        .build()) {
            client.documents().download("d-1", file);
        }
        assertThat(file).hasSize(20 * 16 * 1024);
    }

    @Test
    void slow_upload_may_exceed_the_call_timeout() throws IOException {
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    while (body.readNBytes(1_000_000).length > 0) {
                        pause();
                    }
                    send(connection, UPLOADED);
                });
                MarkSignClient client = builder(gateway)
                        .callTimeout(Duration.ofSeconds(1))
                        .maxRetries(0)
                        .build()) {
            client.documents().upload(request(FileContent.of(new byte[30_000_000])));

            assertThat(gateway.requestsReadWhole()).isEqualTo(1);
        }
    }

    @Test
    void trickling_download_ends_at_the_call_timeout() throws IOException {
        try (StreamingGateway gateway = slow(1, 1_000_000);
                MarkSignClient client =
                        builder(gateway).callTimeout(Duration.ofMillis(400)).build()) {
            assertThatThrownBy(() -> client.documents().download("d-1", file))
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("callTimeout of PT0.4S");
            assertThat(gateway.requestsBegun()).isEqualTo(1);
        }
        assertFileUnchanged();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_or_call_timeout_ends_a_download_from_a_silent_gateway(boolean withinTheDocument) throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    if (withinTheDocument) {
                        send(connection, document("application/pdf", PDF, "Content-Length: 99"));
                    }
                    await(end);
                });
                MarkSignClient readTimeoutClient = builder(gateway)
                        .readTimeout(Duration.ofMillis(300))
                        .maxRetries(0)
                        .build();
                MarkSignClient callTimeoutClient =
                        builder(gateway).callTimeout(Duration.ofMillis(300)).build()) {
            Concurrently.check(
                    List.<ThrowingCallable>of(
                            () -> assertThatThrownBy(
                                            () -> readTimeoutClient.documents().download("d-1", file))
                                    .isInstanceOf(MarkSignConnectionException.class)
                                    .hasMessageContaining("the response was lost: Read timed out"),
                            () -> assertThatThrownBy(
                                            () -> callTimeoutClient.documents().download("d-1", file))
                                    .isInstanceOf(MarkSignConnectionException.class)
                                    .hasMessageContaining("callTimeout of PT0.3S"),
                            () -> assertThatThrownBy(() -> contentOf(callTimeoutClient))
                                    .isInstanceOf(MarkSignConnectionException.class)
                                    .hasMessageContaining("callTimeout of PT0.3S")),
                    ThrowingCallable::call);
        } finally {
            end.countDown();
        }
        assertFileUnchanged();
    }

    private static void takeLonger(Duration timeout) {
        // parkNanos may return early.
        for (long end = System.nanoTime() + 2 * timeout.toNanos(); System.nanoTime() < end; ) {
            LockSupport.parkNanos(timeout.toNanos());
        }
    }

    @Test
    void slow_stream_of_the_caller_does_not_exceed_the_call_timeout() throws IOException {
        Duration timeout = Duration.ofMillis(400);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    if (body.transferTo(sent) > 0) {
                        send(connection, UPLOADED);
                    } else {
                        StreamingGateway.sendDocument(connection, "Content-Length: 300000", 300_000);
                    }
                });
                MarkSignClient client =
                        builder(gateway).callTimeout(timeout).maxRetries(0).build()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream() {
                @Override
                public void write(byte[] bytes, int offset, int length) {
                    if (size() == 0) {
                        takeLonger(timeout);
                    }
                    super.write(bytes, offset, length);
                }
            };
            client.documents().download("d-1", out);
            assertThat(out.size()).isEqualTo(300_000);

            client.documents().upload(request(FileContent.of(() -> {
                takeLonger(timeout);
                return new ByteArrayInputStream(new byte[200_000]) {
                    @Override
                    public void close() {
                        takeLonger(timeout);
                    }
                };
            })));
            assertThat(sent.size()).isGreaterThan(266_000);
        }
    }

    // Routes

    @Test
    void documents_go_through_a_socks_proxy() throws IOException {
        byte[] large = StreamingGateway.document(3_000_000);
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    boolean upload = body.transferTo(OutputStream.nullOutputStream()) > 0;
                    if (upload) {
                        send(connection, UPLOADED);
                    } else {
                        StreamingGateway.sendDocument(connection, "Content-Length: 3000000", 3_000_000);
                    }
                });
                SocksProxy proxy = new SocksProxy();
                MarkSignClient client =
                        builder(gateway).allowPlainHttp().proxy(proxy.proxy()).build()) {
            client.documents().upload(request(FileContent.of(large)));
            client.documents().download("d-1", file);
            assertThat(client.api(DocumentsApi.class).downloadDocument("d-1", NO_TOKEN))
                    .isEqualTo(large);
        }
        assertThat(file).hasBinaryContent(large);
    }

    /** Ways to end a call from outside. */
    enum End {
        AN_INTERRUPT,
        CLOSING
    }

    @ParameterizedTest
    @MethodSource("endsAndRoutes")
    void interrupt_or_closing_the_client_ends_a_download(End end, boolean socks) throws Exception {
        CountDownLatch received = new CountDownLatch(100_000);
        CountDownLatch done = new CountDownLatch(1);
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    StreamingGateway.sendDocument(connection, "Content-Length: 999999", 100_000);
                    await(done);
                });
                SocksProxy proxy = new SocksProxy()) {
            MarkSignClientBuilder builder = builder(gateway)
                    .allowPlainHttp()
                    .readTimeout(Duration.ofMinutes(9))
                    .callTimeout(Duration.ofMinutes(9));
            MarkSignClient client = (socks ? builder.proxy(proxy.proxy()) : builder).build();
            List<Throwable> thrown = new ArrayList<>();
            Thread caller = new Thread(() ->
                    thrown.add(catchThrowable(() -> client.documents().download("d-1", new OutputStream() {
                        @Override
                        public void write(int one) {
                            received.countDown();
                        }
                    }))));
            caller.start();
            received.await();
            awaitReading(caller);
            if (end == End.AN_INTERRUPT) {
                caller.interrupt();
            } else {
                client.close();
            }
            caller.join();
            client.close();

            assertThat(thrown.get(0))
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining(end == End.AN_INTERRUPT ? "interrupted" : "the client was closed");
            assertThat(gateway.requestsBegun()).isEqualTo(1);
        } finally {
            done.countDown();
        }
    }

    @Test
    void interrupt_ends_an_upload_whose_content_comes_from_a_channel() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    body.readAllBytes();
                    received.countDown();
                    await(done);
                });
                MarkSignClient client = builder(gateway)
                        .readTimeout(Duration.ofMinutes(9))
                        .callTimeout(Duration.ofMinutes(9))
                        .build()) {
            FileContent content = FileContent.of(() -> {
                try {
                    return Channels.newInputStream(FileChannel.open(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            List<Throwable> thrown = new ArrayList<>();
            Thread caller = new Thread(
                    () -> thrown.add(catchThrowable(() -> client.documents().upload(request(content)))));
            caller.start();
            received.await();
            awaitReading(caller);
            caller.interrupt();
            caller.join();

            assertThat(thrown.get(0))
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            done.countDown();
        }
    }

    @Test
    void download_that_a_capability_repeats_leaves_the_file_unchanged() throws IOException {
        Capability repeating = new Repeating();
        try (RawGateway gateway = closingAfterEach(
                        document("application/pdf", PDF, "Content-Length: 999"), whole("application/pdf", PDF));
                MarkSignClient client = Clients.builder(gateway)
                        .maxRetries(0)
                        .customizeFeign(feign -> feign.addCapability(repeating))
                        .build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.documents().download("d-1", file))
                    .withMessageContaining("a Feign capability made another call");
        }
        assertFileUnchanged();
    }

    /** Repeats each failed call once. */
    public static final class Repeating implements Capability {
        @Override
        public InvocationHandlerFactory enrich(InvocationHandlerFactory factory) {
            return (target, dispatch) -> {
                InvocationHandler calls = factory.create(target, dispatch);
                return (proxy, method, arguments) -> {
                    try {
                        return calls.invoke(proxy, method, arguments);
                    } catch (MarkSignException e) {
                        return calls.invoke(proxy, method, arguments);
                    }
                };
            };
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PKI service is not available",
                "Error: %PDF- header not found",
                "\"%PDF-1.7 is not supported\"",
                "Warning: fopen()\n{\"status\":\"error\",\"message\":\"no %PDF- header\"}",
                "--part\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4",
            })
    void text_that_resembles_a_document_is_not_saved(String body) throws IOException {
        try (RawGateway gateway = closingAfterEach(whole("application/pdf", body));
                MarkSignClient client = Clients.builder(gateway).maxRetries(0).build()) {
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> client.documents().download("d-1", file));
        }
        assertFileUnchanged();
    }

    /** Returns when a thread reads from a socket. */
    private static void awaitReading(Thread thread) {
        while (Stream.of(thread.getStackTrace())
                .noneMatch(frame -> frame.getClassName().startsWith("sun.nio.ch."))) {
            Thread.onSpinWait();
        }
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> endsAndRoutes() {
        return Stream.of(End.values())
                .flatMap(end -> Stream.of(true, false)
                        .map(socks -> org.junit.jupiter.params.provider.Arguments.of(end, socks)));
    }

    @Test
    void custom_client_sends_and_receives_documents() throws IOException {
        byte[] large = StreamingGateway.document(3_000_000);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    if (body.transferTo(sent) > 0) {
                        send(connection, UPLOADED);
                    } else {
                        StreamingGateway.sendDocument(connection, "Content-Length: 3000000", 3_000_000);
                    }
                });
                MarkSignClient client = builder(gateway)
                        .httpClient(new feign.Client.Default(null, null))
                        .build()) {
            client.documents().upload(request(FileContent.of(large)));
            client.documents().download("d-1", file);
        }
        assertThat(sent.size()).isGreaterThan(4_000_000);
        assertThat(file).hasBinaryContent(large);
    }
}
