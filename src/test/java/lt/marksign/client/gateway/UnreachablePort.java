package lt.marksign.client.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue is full, so that the system drops every further attempt to connect. */
public final class UnreachablePort implements Closeable {
    private final ServerSocket server;
    private final List<Socket> fillers = new ArrayList<>();

    /** Occupies a free port. */
    public UnreachablePort() throws IOException {
        this("127.0.0.1", 0);
    }

    /** Occupies a port of one of this machine's addresses. */
    public UnreachablePort(String address, int port) throws IOException {
        server = new ServerSocket(port, 1, InetAddress.getByName(address));
        boolean full = false;
        while (!full) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(server.getLocalSocketAddress(), 200);
            } catch (IOException e) {
                full = true;
            }
        }
    }

    /** Returns the base URL at which connections get no response. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket filler : fillers) {
            filler.close();
        }
        server.close();
    }
}
