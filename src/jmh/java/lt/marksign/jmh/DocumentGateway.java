package lt.marksign.jmh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code DocumentGateway PORT-FILE}: a gateway that stores no bytes. The {@code uuid} of an upload is the size of its body in
 * bytes. The id of a document is its size in bytes.
 */
final class DocumentGateway {
    private static final Pattern DOWNLOAD = Pattern.compile("GET .*/document/([0-9]+)/download.json");
    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: *([0-9]+)");

    private DocumentGateway() {}

    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Files.writeString(Path.of(args[0]), server.getLocalPort() + "\n");
            while (true) {
                Socket connection = server.accept();
                new Thread(() -> serve(connection)).start();
            }
        }
    }

    private static void serve(Socket connection) {
        byte[] block = new byte[64 * 1024];
        // The library recognizes a document by its first bytes.
        byte[] document = Arrays.copyOf("%PDF-1.7\n".getBytes(ISO_8859_1), block.length);
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream(), block.length);
            OutputStream out = connection.getOutputStream();
            while (true) {
                String head = head(in);
                long received = skipBody(in, head.toLowerCase(Locale.ROOT), block);
                Matcher download = DOWNLOAD.matcher(head);
                if (download.lookingAt()) {
                    long size = Long.parseLong(download.group(1));
                    out.write(response("application/pdf", size, ""));
                    for (long left = size; left > 0; left -= block.length) {
                        out.write(document, 0, (int) Math.min(left, document.length));
                    }
                } else {
                    String body = "{\"status\":\"ok\",\"document\":{\"uuid\":\"" + received + "\"},\"signers\":[]}";
                    out.write(response("application/json", body.length(), body));
                }
            }
        } catch (IOException e) {
            // The client went away, which is allowed.
        }
    }

    private static byte[] response(String type, long length, String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    private static long skipBody(InputStream in, String head, byte[] block) throws IOException {
        if (!head.contains("\ntransfer-encoding: chunked")) {
            Matcher length = LENGTH.matcher(head);
            return length.find() ? skip(in, Long.parseLong(length.group(1)), block) : 0;
        }
        long total = 0;
        while (true) {
            long chunk = skip(in, Long.parseLong(line(in), 16), block);
            line(in);
            if (chunk == 0) {
                return total;
            }
            total += chunk;
        }
    }

    private static long skip(InputStream in, long length, byte[] block) throws IOException {
        for (long left = length; left > 0; ) {
            int read = in.read(block, 0, (int) Math.min(left, block.length));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = in.read(); character != '\n'; character = in.read()) {
            if (character < 0) {
                throw new EOFException();
            }
            line.append((char) character);
        }
        return line.toString().strip();
    }
}
