import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLSocketFactory;
import lt.marksign.jmh.Contender;
import lt.marksign.jmh.DocumentContender;

/** A bare socket for each thread, with requests that are prepared in advance: the minimum that every client needs. */
public final class Floor implements Contender, DocumentContender {
    private static final byte[] BLOCK = new byte[64 * 1024];

    private final URI gateway;
    private final byte[] request;
    private final ThreadLocal<Connection> connections;

    public Floor(URI gateway) {
        this.gateway = gateway;
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

    @Override
    public Callable<String> upload(Path document) throws IOException {
        String prefix = "{\"access_token\":\"" + TOKEN + "\",\"access\":\"private\",\"file\":{\"content\":\"";
        String suffix = "\"}}";
        long encodedLength = (Files.size(document) + 2) / 3 * 4;
        byte[] head = head("POST /api/document/upload.json", prefix.length() + encodedLength + suffix.length(), prefix);
        return () -> {
            Socket socket = connections.get().socket;
            OutputStream out = socket.getOutputStream();
            out.write(head);
            for (long left = encodedLength; left > 0; left -= BLOCK.length) {
                out.write(BLOCK, 0, (int) Math.min(left, BLOCK.length));
            }
            out.write(suffix.getBytes(US_ASCII));
            String response = new String(BLOCK, 0, socket.getInputStream().read(BLOCK), US_ASCII);
            return response.replaceAll("(?s).*\"uuid\":\"([0-9]+)\".*", "$1");
        };
    }

    @Override
    public Callable<Long> download(String id, Path target) {
        byte[] head = head("GET /api/document/" + id + "/download.json", 0, "");
        return () -> {
            Socket socket = connections.get().socket;
            socket.getOutputStream().write(head);
            InputStream in = socket.getInputStream();
            long length = in.read(BLOCK);
            length -= new String(BLOCK, 0, (int) length, US_ASCII).indexOf("\r\n\r\n") + 4;
            while (length < Long.parseLong(id)) {
                length += in.read(BLOCK);
            }
            return length;
        };
    }

    private byte[] head(String line, long length, String body) {
        return (line + " HTTP/1.1\r\nHost: " + gateway.getAuthority() + "\r\nContent-Length: " + length + "\r\n\r\n"
                        + body)
                .getBytes(US_ASCII);
    }

    private static final class Connection {
        private final Socket socket;
        private final byte[] response = new byte[4096];

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
            while (!isComplete(length)) {
                int read = in.read(response, length, response.length - length);
                if (read < 0) {
                    throw new IOException("the response breaks off");
                }
                length += read;
            }
            if (!new String(response, 0, length, US_ASCII).contains("{\"status\":\"ok\"}")) {
                throw new IOException("not removed");
            }
        }

        /** Returns whether the body is complete: it ends with its brace, or with the empty last chunk. */
        private boolean isComplete(int length) {
            return length > 0 && response[length - 1] == '}'
                    || length > 5 && response[length - 5] == '0' && response[length - 1] == '\n';
        }
    }
}
