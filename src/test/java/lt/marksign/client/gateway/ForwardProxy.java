package lt.marksign.client.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy, open or for one user. It forwards plain HTTP, and opens tunnels on request. */
public final class ForwardProxy extends LoopbackProxy {
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private final String expected;

    /** Starts an open proxy on loopback. */
    public ForwardProxy() throws IOException {
        this("");
    }

    private ForwardProxy(String expected) throws IOException {
        this.expected = expected;
        start();
    }

    /** Starts a proxy for one user. */
    public static ForwardProxy of(String user, String password) throws IOException {
        return new ForwardProxy("Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the heads of the requests that it read. */
    public List<String> heads() {
        return heads;
    }

    @Override
    void serve(Socket client) throws IOException {
        String head = readHead(client.getInputStream());
        heads.add(head);
        String[] line = head.split(" ", 3);
        boolean tunnel = line[0].equals("CONNECT");
        if (!head.contains(expected)) {
            RawGateway.send(
                    client,
                    "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                            + "Connection: close\r\nContent-Length: 0\r\n\r\n");
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
            return;
        }
        String target = tunnel ? line[1] : URI.create(line[1]).getAuthority();
        targets().add(target);
        int colon = target.lastIndexOf(':');
        try (Socket gateway = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            if (tunnel) {
                RawGateway.send(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            } else {
                // One exchange per connection is enough for this proxy.
                String path = URI.create(line[1]).getRawPath();
                RawGateway.send(
                        gateway, head.replace(line[1], path).replace("Connection: Keep-Alive", "Connection: close"));
            }
            join(client, gateway);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no request");
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
