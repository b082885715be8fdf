package lt.marksign.client.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway on a bare socket that stores no body, so that a document can have any size. */
public final class StreamingGateway implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final Behaviour behaviour;

    /** How the gateway handles a request. */
    @FunctionalInterface
    public interface Behaviour {
        /**
         * Responds to a request.
         *
         * @param body the request's body, which need not be read
         * @param connection the connection on which to respond, or which to close
         */
        void respond(InputStream body, Socket connection) throws IOException;
    }

    /** Starts a gateway on loopback. */
    public StreamingGateway(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        daemon(() -> {
            while (!server.isClosed()) {
                Socket connection = server.accept();
                connections.add(connection);
                daemon(() -> serve(connection));
            }
        });
    }

    /** Sends the head of a document, and this many bytes of the document. */
    public static void sendDocument(Socket connection, String headers, long bytes) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n" + headers + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        byte[] block = document(64 * 1024);
        for (long left = bytes; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
            Arrays.fill(block, (byte) 0);
        }
        out.flush();
    }

    /** Returns the bytes that {@link #sendDocument} sends, which begin like a PDF. */
    public static byte[] document(int bytes) {
        return Arrays.copyOf("%PDF-".getBytes(StandardCharsets.US_ASCII), bytes);
    }

    /** Returns how many requests began. */
    public int requestsBegun() {
        return begun.get();
    }

    /** Returns how many requests were read to the end. */
    public int requestsReadWhole() {
        return whole.get();
    }

    /** Returns the base URL. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void serve(Socket connection) throws IOException {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                begun.incrementAndGet();
                behaviour.respond(head.contains("chunked") ? chunks(in) : bytes(in, lengthIn(head)), connection);
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                return "";
            }
            head.write(one);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static long lengthIn(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Content-Length:"))
                .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    private InputStream bytes(InputStream in, long length) {
        return new FilterInputStream(in) {
            private long left = length;

            @Override
            public int read(byte[] buffer, int offset, int most) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int n = in.read(buffer, offset, (int) Math.min(most, left));
                left -= Math.max(0, n);
                if (left == 0) {
                    whole.incrementAndGet();
                }
                return n;
            }
        };
    }

    private InputStream chunks(InputStream in) {
        return new FilterInputStream(in) {
            private int left;
            private boolean ended;

            @Override
            public int read(byte[] buffer, int offset, int most) throws IOException {
                if (left == 0 && !ended) {
                    left = Integer.parseInt(line(), 16);
                    ended = left == 0;
                    if (ended) {
                        line();
                        whole.incrementAndGet();
                    }
                }
                if (ended) {
                    return -1;
                }
                int n = in.read(buffer, offset, Math.min(most, left));
                left -= Math.max(0, n);
                if (left == 0) {
                    line();
                }
                return n;
            }

            private String line() throws IOException {
                StringBuilder line = new StringBuilder();
                for (int one = in.read(); one != '\n'; one = in.read()) {
                    if (one < 0) {
                        throw new IOException("ended within a chunk");
                    }
                    line.append((char) one);
                }
                return line.toString().strip();
            }
        };
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // The gateway was closed, or the client went away, which is allowed.
                    }
                },
                "streaming-gateway");
        thread.setDaemon(true);
        thread.start();
    }
}
