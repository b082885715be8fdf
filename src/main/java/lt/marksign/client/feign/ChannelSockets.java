package lt.marksign.client.feign;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes {@link ChannelSocket}s, and finds the one below a connection, which may have TLS on top of it. */
final class ChannelSockets extends SocketFactory {
    private final Map<List<SocketAddress>, ChannelSocket> connected = new ConcurrentHashMap<>();

    /** The socket below another one, or null below one that this factory did not make, such as a SOCKS proxy's. */
    @Nullable ChannelSocket below(Socket socket) {
        return connected.get(ends(socket));
    }

    /** Both ends of a connection, which are null once it is closed. */
    static List<SocketAddress> ends(Socket socket) {
        return Arrays.asList(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    }

    @Override
    public Socket createSocket() throws IOException {
        return new ChannelSocket(connected);
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
