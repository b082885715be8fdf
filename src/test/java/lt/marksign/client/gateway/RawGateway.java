package lt.marksign.client.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A gateway on a bare socket, which sends any bytes that a test chooses, well-formed or not. */
public final class RawGateway implements Closeable {
    /** The body of the contract's sample responses. */
    public static final String OK = "{\"status\":\"ok\"}";

    private static volatile Consumer<Request> inspector = request -> {};

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final boolean remembering;
    private final AtomicInteger received = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Thread acceptor;

    /** How the gateway handles a request. */
    @FunctionalInterface
    public interface Behaviour {
        /**
         * Responds to a request.
         *
         * @param request the request
         * @param connection the connection on which to respond, or which to close
         */
        void respond(Request request, Socket connection) throws IOException;
    }

    /**
     * A request as it was received.
     *
     * @param number the number of the request over all connections, from 1
     * @param head the request line and the headers, unchanged
     * @param body the body
     */
    public record Request(int number, String head, byte[] body) {
        /** Returns the method. */
        public String method() {
            return head.substring(0, head.indexOf(' '));
        }

        /** Returns the path, unchanged. */
        public String path() {
            return head.split(" ", 3)[1];
        }

        /** Returns a header's value, or an empty text. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** Returns the body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Starts a gateway on loopback. */
    public RawGateway(Behaviour behaviour) throws IOException {
        this(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), behaviour);
    }

    /** Starts a gateway on the caller's socket, for instance one for TLS. */
    public RawGateway(ServerSocket server, Behaviour behaviour) {
        this(server, behaviour, true);
    }

    private RawGateway(ServerSocket server, Behaviour behaviour, boolean remembering) {
        this.server = server;
        this.behaviour = behaviour;
        this.remembering = remembering;
        acceptor = daemon(this::accept);
    }

    /** Sets an inspector that receives every request that a gateway remembers. */
    public static void inspectRequests(Consumer<Request> inspector) {
        RawGateway.inspector = inspector;
    }

    /** Returns a gateway that does not remember its requests, for a test with very many requests. */
    public static RawGateway forgetful(Behaviour behaviour) throws IOException {
        return new RawGateway(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), behaviour, false);
    }

    /** Returns a gateway that sends the same response to every request. */
    public static RawGateway responding(String response) throws IOException {
        return new RawGateway((request, connection) -> send(connection, response));
    }

    /** Returns a gateway that sends the responses in turn, and repeats the last one. */
    public static RawGateway respondingInTurn(String... responses) throws IOException {
        return new RawGateway((request, connection) ->
                send(connection, responses[Math.min(request.number(), responses.length) - 1]));
    }

    /** Returns a complete and well-formed response with a body. */
    public static String response(String status, String body, String... headers) {
        String extra = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + extra + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** Writes text to a connection. */
    public static void send(Socket connection, String text) throws IOException {
        send(connection, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes to a connection. */
    public static void send(Socket connection, byte[] bytes) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Responds with {@link #OK}, each byte in a separate packet. */
    public static void sendSlowly(Request request, Socket connection) throws IOException {
        connection.setTcpNoDelay(true);
        for (byte b : response("200 OK", OK).getBytes(StandardCharsets.UTF_8)) {
            send(connection, new byte[] {b});
        }
    }

    /** Ends a connection with a reset instead of an orderly close. */
    public static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    /** Returns the base URL. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** Returns the port. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns the requests, oldest first. */
    public List<Request> requests() {
        return requests;
    }

    /** Returns how many connections were opened. */
    public int connectionsAccepted() {
        return accepted.get();
    }

    /** Returns when every connection has ended. */
    public void awaitNoConnections() throws InterruptedException {
        synchronized (connections) {
            while (!connections.isEmpty()) {
                connections.wait();
            }
        }
    }

    /** Writes text to every open connection, even if no request is pending. */
    public void sendToAllConnections(String text) throws IOException {
        for (Socket connection : connections) {
            send(connection, text);
        }
    }

    /** Closes every connection, and returns when that is done. */
    public void closeAllConnections() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            // The system accepts connections until the thread has left accept().
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeAllConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                accepted.incrementAndGet();
                connections.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                // The gateway was closed, or a connection ended before it was accepted.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                if (remembering) {
                    requests.add(request);
                    inspector.accept(request);
                }
                behaviour.respond(request, connection);
            }
        } catch (IOException e) {
            // The client went away, which is allowed.
        } finally {
            synchronized (connections) {
                connections.remove(connection);
                connections.notifyAll();
            }
        }
    }

    private Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
        }
        Request headOnly = new Request(0, head.toString(StandardCharsets.ISO_8859_1), new byte[0]);
        String length = headOnly.header("Content-Length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return new Request(received.incrementAndGet(), headOnly.head(), body);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-gateway");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
