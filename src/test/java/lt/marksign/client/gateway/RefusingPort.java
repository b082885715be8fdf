package lt.marksign.client.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port that refuses every connection, because no process listens on it and no other process can bind it. */
public final class RefusingPort implements Closeable {
    private final Socket holder = new Socket();

    /** Binds a free port. */
    public RefusingPort() throws IOException {
        holder.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    /** Returns the base URL at which connections are refused. */
    public String baseUrl() {
        return "http://127.0.0.1:" + holder.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
