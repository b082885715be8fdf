package lt.marksign.client.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes {@link ChannelSocket}s, and finds the one below a connection, which may have TLS on top of it. */
final class ChannelSockets extends SocketFactory {
    private final Map<List<SocketAddress>, ChannelSocket> connected = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** The socket below another one, or null below one that this factory did not make, such as a SOCKS proxy's. */
    @Nullable ChannelSocket below(Socket socket) {
        return connected.get(ends(socket));
    }

    /** Both ends of a connection, which are null once it is closed. */
    static List<SocketAddress> ends(Socket socket) {
        return Arrays.asList(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    }

    /** Puts a socket that has connected among the others, unless it is too late for any. */
    void add(List<SocketAddress> ends, ChannelSocket socket) throws IOException {
        connected.put(ends, socket);
        if (closed) {
            socket.close();
            throw new SocketException("closed");
        }
    }

    void remove(List<SocketAddress> ends, ChannelSocket socket) {
        connected.remove(ends, socket);
    }

    /** Closes every socket, also one that is still to connect. */
    void close() {
        closed = true;
        connected.values().forEach(ChannelSockets::close);
    }

    private static void close(ChannelSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done about it.
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        return new ChannelSocket(this);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw unconnected();
    }

    private static UnsupportedOperationException unconnected() {
        return new UnsupportedOperationException("OkHttp asks for unconnected sockets alone");
    }
}
