package lt.marksign.client.call;

import feign.Response;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;

/** The body of a response, limited by a size and a deadline. */
final class BoundedBody extends FilterInputStream {
    /** The limit of a JSON response. The gateway's have some hundred bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private final Deadline deadline;
    private final long max;
    private final String promised;
    private long length;

    BoundedBody(Response response, Deadline deadline, long max) throws IOException {
        super(
                response.body() == null
                        ? InputStream.nullInputStream()
                        : response.body().asInputStream());
        this.deadline = deadline;
        this.max = max;
        boolean encoded = response.headers().containsKey("Content-Encoding")
                || response.headers().containsKey("Transfer-Encoding");
        this.promised = encoded ? "" : String.join(", ", response.headers().getOrDefault("Content-Length", List.of()));
    }

    /** The body exceeds the limit. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long max) {
            super("the body is longer than " + max + " bytes");
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        int count = in.read(buffer, offset, most);
        if (count < 0 && !promised.isEmpty() && !promised.equals(String.valueOf(length))) {
            // Java's own HTTP client takes a truncated body for a complete one.
            throw new EOFException("the body has " + length + " bytes, and its Content-Length is another");
        }
        if (count > 0) {
            length += count;
            if (deadline.hasPassed()) {
                throw new InterruptedIOException("timeout");
            }
            deadline.transferred(count);
        }
        if (length > max) {
            throw new TooLongException(max);
        }
        return count;
    }
}
