package lt.marksign.client.call;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** A socket that counts reads, and tells whether the connection can be reused. */
final class GatewaySocket extends Socket {
    /** Connections that were idle for a shorter time are not probed, because the probe takes a millisecond. */
    private static final long IDLE_NANOS = Duration.ofMillis(100).toNanos();

    private final Factory factory;
    private boolean used;
    private long reads;
    private long lastRead;

    private GatewaySocket(Factory factory) {
        // Without this, the JDK would send a direct connection through the system's SOCKS proxy.
        super(Proxy.NO_PROXY);
        this.factory = factory;
    }

    /** Whether the peer left the connection open, and no unread bytes would be taken for the next response. */
    boolean isHealthy() throws IOException {
        if (!used) {
            used = true;
            return true;
        }
        InputStream in = super.getInputStream();
        if (in.available() > 0) {
            return false;
        }
        if (System.nanoTime() - lastRead < IDLE_NANOS) {
            return true;
        }
        setSoTimeout(1);
        try {
            in.read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the number of reads so far. */
    long reads() {
        return reads;
    }

    @Override
    public void connect(SocketAddress remote, int timeout) throws IOException {
        super.connect(remote, timeout);
        // A request is sent in several writes. Without this option, each could wait for the acknowledgement of the one
        // before.
        setTcpNoDelay(true);
        setSoTimeout(factory.readTimeoutMillis);
        factory.open.put(Factory.ends(this), this);
        if (factory.closed) {
            close();
            throw new SocketException("closed");
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                reads++;
                lastRead = System.nanoTime();
                return count;
            }
        };
    }

    @Override
    public void close() throws IOException {
        factory.open.values().remove(this);
        super.close();
    }

    /** Creates the sockets of a transport, and finds the socket below a TLS socket. */
    static final class Factory extends SocketFactory {
        private final Map<List<SocketAddress>, GatewaySocket> open = new ConcurrentHashMap<>();
        private final int readTimeoutMillis;
        private volatile boolean closed;

        Factory(Duration readTimeout) {
            this.readTimeoutMillis = (int) readTimeout.toMillis();
        }

        int readTimeoutMillis() {
            return readTimeoutMillis;
        }

        /** Returns the socket below another one, or null for a SOCKS route, whose sockets OkHttp creates itself. */
        @Nullable GatewaySocket below(Socket socket) {
            return socket instanceof GatewaySocket own ? own : open.get(ends(socket));
        }

        private static List<SocketAddress> ends(Socket socket) {
            return Arrays.asList(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
        }

        /** Closes all sockets. Sockets that connect later are closed at once. */
        void close() {
            closed = true;
            for (GatewaySocket socket : open.values()) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // The socket is closed in any case.
                }
            }
        }

        @Override
        public Socket createSocket() {
            return new GatewaySocket(this);
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
