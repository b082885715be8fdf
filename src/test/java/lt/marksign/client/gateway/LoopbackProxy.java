package lt.marksign.client.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback, for any proxy protocol. */
public abstract class LoopbackProxy implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<String> targets = new CopyOnWriteArrayList<>();

    LoopbackProxy() throws IOException {}

    /** Starts to accept connections. Subclasses call it at the end of their constructors. */
    final void start() {
        daemon(this::accept);
    }

    /** Returns the port on which it listens. */
    public final int port() {
        return server.getLocalPort();
    }

    /** Returns the hosts and ports that clients asked for. */
    public final List<String> targets() {
        return targets;
    }

    @Override
    public final void close() throws IOException {
        server.close();
    }

    /** Serves one connection. */
    abstract void serve(Socket client) throws IOException;

    /** Copies bytes in both directions until one side ends. */
    static void join(Socket client, Socket gateway) {
        daemon(() -> pump(client, gateway));
        pump(gateway, client);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> serveAndClose(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serveAndClose(Socket client) {
        try (client) {
            serve(client);
        } catch (IOException e) {
            // One of the two went away.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of the two went away.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
