import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLSocketFactory;
import lt.marksign.jmh.Contender;

/** A bare socket for each thread, and bytes made beforehand: what no client can do without. */
public final class Floor implements Contender {
    private final byte[] request;
    private final ThreadLocal<Connection> connections;

    public Floor(URI gateway) {
        String body = "{\"access_token\":\"" + TOKEN + "\"}";
        request = String.join(
                        "\r\n",
                        "DELETE " + PATH + " HTTP/1.1",
                        "Host: " + gateway.getAuthority(),
                        "Content-Type: application/json",
                        "Content-Length: " + body.length(),
                        "",
                        body)
                .getBytes(US_ASCII);
        connections = ThreadLocal.withInitial(() -> new Connection(gateway));
    }

    @Override
    public void remove() throws IOException {
        connections.get().exchange(request);
    }

    private static final class Connection {
        private final Socket socket;
        private final byte[] answer = new byte[4096];

        Connection(URI gateway) {
            try {
                socket = gateway.getScheme().equals("https")
                        ? SSLSocketFactory.getDefault().createSocket(gateway.getHost(), gateway.getPort())
                        : new Socket(gateway.getHost(), gateway.getPort());
                socket.setTcpNoDelay(true);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void exchange(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            int length = 0;
            while (!isWhole(length)) {
                int read = in.read(answer, length, answer.length - length);
                if (read < 0) {
                    throw new IOException("the answer breaks off");
                }
                length += read;
            }
            if (!new String(answer, 0, length, US_ASCII).contains("{\"status\":\"ok\"}")) {
                throw new IOException("not removed");
            }
        }

        /** The body ends with its brace, or is in chunks, of which the last is empty. */
        private boolean isWhole(int length) {
            return length > 0 && answer[length - 1] == '}'
                    || length > 5 && answer[length - 5] == '0' && answer[length - 1] == '\n';
        }
    }
}
