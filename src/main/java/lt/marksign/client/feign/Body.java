package lt.marksign.client.feign;

import feign.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an answer's body into memory, so much of it and so long. */
final class Body {
    /** The gateway's answers have some hundred bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int USUAL_BYTES = 512;

    private Body() {}

    /** The body was longer than it may be. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        /** The beginning of the body. */
        final transient byte[] start;

        TooLongException(byte[] start, long max) {
            super("the body is longer than " + max + " bytes");
            this.start = start;
        }
    }

    /**
     * Reads a body to its end.
     *
     * @param max how long it may be
     * @throws IOException if it ends before it should, is too long, or takes too long
     */
    static byte[] read(Response response, Deadline deadline, int max) throws IOException {
        byte[] bytes = response.body() == null ? new byte[0] : readAll(response, deadline, max);
        requirePromisedLength(response.headers(), bytes.length);
        return bytes;
    }

    /** Java's own HTTP client takes a body that was cut off for a whole one. */
    private static void requirePromisedLength(Map<String, Collection<String>> headers, int length) throws IOException {
        if (headers.containsKey("Content-Encoding") || headers.containsKey("Transfer-Encoding")) {
            return;
        }
        for (String promised : headers.getOrDefault("Content-Length", List.of())) {
            if (!promised.equals(String.valueOf(length))) {
                throw new EOFException("the body has " + length + " bytes, and was to have " + promised);
            }
        }
    }

    private static byte[] readAll(Response response, Deadline deadline, int max) throws IOException {
        try (InputStream in = response.body().asInputStream()) {
            byte[] bytes = new byte[firstGuess(response.body().length())];
            int length = 0;
            for (int n = in.read(bytes, 0, bytes.length); n >= 0; n = in.read(bytes, length, bytes.length - length)) {
                length += n;
                if (deadline.hasPassed()) {
                    throw new InterruptedIOException("timeout");
                }
                if (length == bytes.length) {
                    bytes = grow(bytes, max);
                }
            }
            return Arrays.copyOf(bytes, length);
        }
    }

    /** One byte more than is promised, so that the end is found without growing. */
    private static int firstGuess(@Nullable Integer promised) {
        return promised == null || promised < 0 || promised >= USUAL_BYTES ? USUAL_BYTES : promised + 1;
    }

    private static byte[] grow(byte[] full, int max) throws TooLongException {
        if (full.length > max) {
            throw new TooLongException(Arrays.copyOf(full, USUAL_BYTES), max);
        }
        // One byte more than is allowed tells a body that just fits from one that does not.
        return Arrays.copyOf(full, (int) Math.min(full.length * 2L, max + 1L));
    }
}
