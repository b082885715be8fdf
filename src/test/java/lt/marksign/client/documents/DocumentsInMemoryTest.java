package lt.marksign.client.documents;

import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.SeparateJvm;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.StreamingGateway;
import lt.marksign.client.model.Access;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.BillingType;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.UploadDocumentRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests upper bounds on the memory that a document takes, in JVMs of 64, 256 and 360 MiB. */
class DocumentsInMemoryTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final long LARGE_SIZE = 300L * MEBIBYTE;
    private static final int BYTE_ARRAY_SIZE = 64 * MEBIBYTE;
    private static final int SIGNED_SIZE = 72 * MEBIBYTE;
    private static final String UPLOADED =
            response("200 OK", "{\"status\":\"ok\",\"document\":{\"uuid\":\"u-1\"},\"signers\":[]}");

    private static final String UPLOADED_TO_THE_WORKSPACE =
            response("200 OK", "{\"status\":\"ok\",\"data\":[{\"uuid\":\"u-1\"}]}");

    @TempDir
    Path folder;

    private static MarkSignClient client(StreamingGateway gateway) {
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl(gateway.baseUrl())
                .maxDocumentSize(LARGE_SIZE)
                .build();
    }

    private static UploadDocumentRequest request(FileContent content) {
        return new UploadDocumentRequest()
                .access(Access.PRIVATE)
                .file(new DocumentFile().filename("contract.pdf").content(content))
                .addSignersItem(new Signer().name("Ona").surname("Onaitė").email("ona@example.org"));
    }

    private static OutputStream counting(AtomicLong written) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                written.incrementAndGet();
            }

            @Override
            public void write(byte[] buffer, int offset, int length) {
                written.addAndGet(length);
            }
        };
    }

    /** Returns a stream of zeros that takes no memory. */
    private static InputStream zeros(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int n = (int) Math.min(left, length);
                left -= n;
                return n == 0 ? -1 : n;
            }
        };
    }

    private static StreamingGateway countingGateway(AtomicLong received) throws IOException {
        return countingGateway(received, UPLOADED);
    }

    private static StreamingGateway countingGateway(AtomicLong received, String response) throws IOException {
        return new StreamingGateway((body, connection) -> {
            received.addAndGet(body.transferTo(OutputStream.nullOutputStream()));
            RawGateway.send(connection, response);
        });
    }

    @Nested
    @SeparateJvm("-Xmx64m")
    class HeapOf64Mib {
        @Test
        void document_of_300_mib_is_downloaded_with_a_64_mib_heap() throws IOException {
            assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(64L * MEBIBYTE);
            Path file = folder.resolve("contract.pdf");
            try (StreamingGateway gateway = new StreamingGateway((body, connection) ->
                            StreamingGateway.sendDocument(connection, "Content-Length: " + LARGE_SIZE, LARGE_SIZE));
                    MarkSignClient client = client(gateway)) {
                client.documents().download("d-1", file);
            }
            assertThat(Files.size(file)).isEqualTo(LARGE_SIZE);
        }

        @Test
        void document_of_300_mib_is_uploaded_with_a_64_mib_heap() throws IOException {
            AtomicLong received = new AtomicLong();
            try (StreamingGateway gateway = countingGateway(received);
                    MarkSignClient client = client(gateway)) {
                client.documents().upload(request(FileContent.of(() -> zeros(LARGE_SIZE), LARGE_SIZE)));
                client.documents().upload(request(FileContent.of(() -> zeros(LARGE_SIZE))));
            }
            assertThat(received.get()).isGreaterThan(2 * LARGE_SIZE * 4 / 3);
        }

        @Test
        void workspace_document_of_300_mib_is_downloaded_with_a_64_mib_heap() throws IOException {
            assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(64L * MEBIBYTE);
            Path file = folder.resolve("contract.pdf");
            AtomicLong written = new AtomicLong();
            try (StreamingGateway gateway = new StreamingGateway((body, connection) ->
                            StreamingGateway.sendDocument(connection, "Content-Length: " + LARGE_SIZE, LARGE_SIZE));
                    MarkSignClient client = client(gateway)) {
                client.workspace().download("d-1", file);
                client.workspace().download("d-1", counting(written));
            }
            assertThat(Files.size(file)).isEqualTo(LARGE_SIZE);
            assertThat(written.get()).isEqualTo(LARGE_SIZE);
        }

        @Test
        void workspace_document_of_300_mib_is_uploaded_with_a_64_mib_heap() throws IOException {
            AtomicLong received = new AtomicLong();
            try (StreamingGateway gateway = countingGateway(received, UPLOADED_TO_THE_WORKSPACE);
                    MarkSignClient client = client(gateway)) {
                for (FileContent content : List.of(
                        FileContent.of(() -> zeros(LARGE_SIZE), LARGE_SIZE), FileContent.of(() -> zeros(LARGE_SIZE)))) {
                    client.workspace().upload(content, "contract.pdf", BillingType.EACH_SIGNER);
                    client.workspace().uploadFile(content, "contract.pdf");
                }
            }
            assertThat(received.get()).isBetween(4 * LARGE_SIZE, 4 * LARGE_SIZE + MEBIBYTE);
        }
    }

    @Nested
    @SeparateJvm({"-Xmx256m", "-XX:+UseG1GC"})
    class HeapOf256Mib {
        @Test
        void byte_array_of_64_mib_is_uploaded_and_released_in_a_256_mib_heap() throws IOException {
            assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(256L * MEBIBYTE);
            AtomicLong received = new AtomicLong();
            try (StreamingGateway gateway = countingGateway(received);
                    MarkSignClient client = client(gateway)) {
                byte[] document = new byte[BYTE_ARRAY_SIZE];
                WeakReference<byte[]> kept = new WeakReference<>(document);
                client.documents().upload(request(FileContent.of(document)));
                document = null;

                // Jackson may keep a reference to the first call that it sees.
                for (int i = 0; i < 100 && kept.get() != null; i++) {
                    System.gc();
                }
                assertThat(kept.get()).isNull();
            }
            assertThat(received.get()).isGreaterThan(BYTE_ARRAY_SIZE * 4L / 3);
        }
    }

    @Nested
    @SeparateJvm({"-Xmx360m", "-XX:+UseG1GC"})
    class HeapOf360MibWithG1 {
        @Test
        void signed_document_needs_at_most_five_times_its_size_with_g1() throws IOException {
            assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(5L * SIGNED_SIZE);
            readSigned();
        }
    }

    /** Uses the default collector of small machines, which keeps a third of the heap for new objects. */
    @Nested
    @SeparateJvm({"-Xmx360m", "-XX:+UseSerialGC"})
    class HeapOf360MibWithSerialGc {
        @Test
        void signed_document_needs_at_most_five_times_its_size_with_serial_gc() throws IOException {
            assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(5L * SIGNED_SIZE);
            readSigned();
        }
    }

    private static void readSigned() throws IOException {
        try (StreamingGateway gateway = new StreamingGateway((body, connection) -> {
                    body.transferTo(OutputStream.nullOutputStream());
                    sendSigned(connection, SIGNED_SIZE);
                });
                MarkSignClient client = client(gateway)) {
            for (int i = 0; i < 3; i++) {
                assertThat(sizeOfSigned(client)).isEqualTo(SIGNED_SIZE);
            }
        }
    }

    private static int sizeOfSigned(MarkSignClient client) {
        return client.api(SmartIdSessionsApi.class)
                .checkSmartIdSigning("s-1", new AccessTokenRequest())
                .getFile()
                .getContent()
                .length;
    }

    private static void sendSigned(Socket connection, int size) throws IOException {
        String before = "{\"status\":\"ok\",\"file\":{\"name\":\"contract.pdf\",\"content\":\"";
        String after = "\"}}";
        RawGateway.send(
                connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        chunk(connection, before.getBytes(StandardCharsets.US_ASCII));
        byte[] block = new byte[48 * 1024];
        for (int left = size; left > 0; left -= block.length) {
            chunk(connection, Base64.getEncoder().encode(left < block.length ? new byte[left] : block));
        }
        chunk(connection, after.getBytes(StandardCharsets.US_ASCII));
        RawGateway.send(connection, "0\r\n\r\n");
    }

    private static void chunk(Socket connection, byte[] bytes) throws IOException {
        RawGateway.send(connection, Integer.toHexString(bytes.length) + "\r\n");
        RawGateway.send(connection, bytes);
        RawGateway.send(connection, "\r\n");
    }
}
