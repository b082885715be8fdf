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

/** A gateway on a bare socket, which sends whatever bytes it is told to, well-formed or not. */
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

    /** What a gateway does with a request. */
    @FunctionalInterface
    public interface Behaviour {
        /**
         * Responds to a request.
         *
         * @param request what was received
         * @param connection where to respond, or what to close
         */
        void respond(Request request, Socket connection) throws IOException;
    }

    /**
     * A request as it was received.
     *
     * @param number counted from 1 over all connections
     * @param head the request line and the headers, as they came
     * @param body the body
     */
    public record Request(int number, String head, byte[] body) {
        /** The method. */
        public String method() {
            return head.substring(0, head.indexOf(' '));
        }

        /** The path, as it came. */
        public String path() {
            return head.split(" ", 3)[1];
        }

        /** A header's value, or an empty text. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Starts a gateway on loopback. */
    public RawGateway(Behaviour behaviour) throws IOException {
        this(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), behaviour);
    }

    /** Starts a gateway on a socket of the caller's, for instance one for TLS. */
    public RawGateway(ServerSocket server, Behaviour behaviour) {
        this(server, behaviour, true);
    }

    private RawGateway(ServerSocket server, Behaviour behaviour, boolean remembering) {
        this.server = server;
        this.behaviour = behaviour;
        this.remembering = remembering;
        acceptor = daemon(this::accept);
    }

    /** Shows every request that a gateway remembers to somebody else as well. */
    public static void inspectRequests(Consumer<Request> inspector) {
        RawGateway.inspector = inspector;
    }

    /** A gateway that does not remember its requests, for a test of very many. */
    public static RawGateway forgetful(Behaviour behaviour) throws IOException {
        return new RawGateway(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), behaviour, false);
    }

    /** A gateway that responds to every request alike. */
    public static RawGateway responding(String response) throws IOException {
        return new RawGateway((request, connection) -> send(connection, response));
    }

    /** A gateway that sends the first response to the first request, and so on; it repeats the last one. */
    public static RawGateway respondingInTurn(String... responses) throws IOException {
        return new RawGateway((request, connection) ->
                send(connection, responses[Math.min(request.number(), responses.length) - 1]));
    }

    /** A response with a body, complete and well-formed. */
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

    /** Responds with {@link #OK}, each byte in a packet of its own. */
    public static void sendSlowly(Request request, Socket connection) throws IOException {
        connection.setTcpNoDelay(true);
        for (byte b : response("200 OK", OK).getBytes(StandardCharsets.UTF_8)) {
            send(connection, new byte[] {b});
        }
    }

    /** Ends a connection with a reset in place of an orderly end. */
    public static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    /** Where it listens. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** What was received, oldest first. */
    public List<Request> requests() {
        return requests;
    }

    /** How many connections were opened. */
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

    /** Writes text to every connection that is open, asked for or not. */
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
            // Until its thread has left accept(), the system goes on taking connections.
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
                // Closed, or a connection that ended before it began.
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
            // The client went away, which is its right.
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
