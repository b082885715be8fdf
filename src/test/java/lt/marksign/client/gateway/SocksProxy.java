package lt.marksign.client.gateway;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS 5 proxy for everybody. */
public final class SocksProxy implements Closeable {
    private static final int VERSION = 5;
    private static final int BY_NAME = 3;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<String> targets = new CopyOnWriteArrayList<>();

    private final byte[] unasked;

    /** Starts a proxy on loopback. */
    public SocksProxy() throws IOException {
        this("");
    }

    /** Starts a proxy whose every connection begins with a text that nobody asked for. */
    public SocksProxy(String unasked) throws IOException {
        this.unasked = unasked.getBytes(StandardCharsets.UTF_8);
        daemon(this::accept);
    }

    /** The same, as Java names it. */
    public Proxy proxy() {
        return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", server.getLocalPort()));
    }

    /** Which hosts it was asked for, with their ports. */
    public List<String> targets() {
        return targets;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readByte();
            in.readNBytes(in.readUnsignedByte());
            client.getOutputStream().write(new byte[] {VERSION, 0});
            in.readNBytes(3);
            String host = in.readByte() == BY_NAME
                    ? new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII)
                    : InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            int port = in.readUnsignedShort();
            targets.add(host + ":" + port);
            try (Socket gateway = new Socket(Proxy.NO_PROXY)) {
                gateway.connect(new InetSocketAddress(host, port));
                byte[] connected = {VERSION, 0, 0, 1, 127, 0, 0, 1, 0, 1};
                byte[] reply = Arrays.copyOf(connected, connected.length + unasked.length);
                System.arraycopy(unasked, 0, reply, connected.length, unasked.length);
                client.getOutputStream().write(reply);
                daemon(() -> pump(client, gateway));
                pump(gateway, client);
            }
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
        Thread thread = new Thread(task, "socks-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
