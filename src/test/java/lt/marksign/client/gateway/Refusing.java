package lt.marksign.client.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port on which nobody listens, and on which no other process can begin to, so that every connection is refused. */
public final class Refusing implements Closeable {
    private final Socket holder = new Socket();

    /** Takes any port. */
    public Refusing() throws IOException {
        holder.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    /** Where connections are refused. */
    public String baseUrl() {
        return "http://127.0.0.1:" + holder.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
