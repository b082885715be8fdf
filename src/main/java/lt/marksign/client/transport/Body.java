package lt.marksign.client.transport;

import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer's body, so much of it and so long. */
public final class Body extends FilterInputStream {
    /** The gateway's answers have some hundred bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int USUAL_BYTES = 512;

    private final Response response;
    private final Deadline deadline;
    private final long max;
    private long length;

    /**
     * Begins to read a body. Reading fails if it ends before it should, is too long, or takes too long.
     *
     * @param max how long it may be
     */
    public Body(Response response, Deadline deadline, long max) throws IOException {
        super(
                response.body() == null
                        ? InputStream.nullInputStream()
                        : response.body().asInputStream());
        this.response = response;
        this.deadline = deadline;
        this.max = max;
    }

    /** The body was longer than it may be. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        /** The beginning of the body. */
        private transient byte[] start = new byte[0];

        public TooLongException(long max) {
            super("the body is longer than " + max + " bytes");
        }

        public byte[] start() {
            return start;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        int n = in.read(buffer, offset, most);
        if (n < 0) {
            requirePromisedLength(response.headers(), length);
            return n;
        }
        length += n;
        if (deadline.hasPassed()) {
            throw new InterruptedIOException("timeout");
        }
        deadline.transferred(n);
        if (length > max) {
            throw new TooLongException(max);
        }
        return n;
    }

    /** Java's own HTTP client takes a body that was cut off for a whole one. */
    private static void requirePromisedLength(Map<String, Collection<String>> headers, long length) throws IOException {
        if (headers.containsKey("Content-Encoding") || headers.containsKey("Transfer-Encoding")) {
            return;
        }
        for (String promised : headers.getOrDefault("Content-Length", List.of())) {
            if (!promised.equals(String.valueOf(length))) {
                throw new EOFException("the body has " + length + " bytes, and was to have " + promised);
            }
        }
    }

    /** Reads it to its end, into an array that grows as it is read, and from a mebibyte on does not grow by copying. */
    public byte[] readWhole() throws IOException {
        byte[] bytes = new byte
                [response.body() == null ? 1 : firstGuess(response.body().length())];
        int filled = 0;
        try {
            for (int n = read(bytes, 0, bytes.length); n >= 0; n = read(bytes, filled, bytes.length - filled)) {
                filled += n;
                if (filled > MAX_BYTES) {
                    return new SequenceInputStream(new ByteArrayInputStream(bytes), this).readAllBytes();
                }
                if (filled == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(filled * 2, MAX_BYTES + 1));
                }
            }
        } catch (TooLongException e) {
            e.start = Arrays.copyOf(bytes, USUAL_BYTES);
            throw e;
        }
        return Arrays.copyOf(bytes, filled);
    }

    /** One byte more than is promised, so that the end is found without growing. */
    private static int firstGuess(@Nullable Integer promised) {
        return promised == null || promised < 0 || promised >= USUAL_BYTES ? USUAL_BYTES : promised + 1;
    }
}
