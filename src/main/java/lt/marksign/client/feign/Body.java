package lt.marksign.client.feign;

import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;

/** Reads an answer's body into memory, so much of it and so long. */
final class Body {
    /** The gateway's answers have some hundred bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int USUAL_BYTES = 512;

    private Body() {}

    /** The body was longer than {@link #MAX_BYTES}. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        /** The beginning of the body. */
        final transient byte[] start;

        TooLongException(byte[] start) {
            super("the body is longer than " + MAX_BYTES + " bytes");
            this.start = start;
        }
    }

    static byte[] read(Response response, Deadline deadline) throws IOException {
        if (response.body() == null) {
            return new byte[0];
        }
        try (InputStream in = response.body().asInputStream()) {
            byte[] bytes = new byte[USUAL_BYTES];
            int length = 0;
            for (int n = in.read(bytes, 0, bytes.length); n >= 0; n = in.read(bytes, length, bytes.length - length)) {
                length += n;
                if (deadline.hasPassed()) {
                    throw new InterruptedIOException("timeout");
                }
                if (length == bytes.length) {
                    bytes = grow(bytes);
                }
            }
            return Arrays.copyOf(bytes, length);
        }
    }

    private static byte[] grow(byte[] full) throws TooLongException {
        if (full.length > MAX_BYTES) {
            throw new TooLongException(Arrays.copyOf(full, USUAL_BYTES));
        }
        // One byte more than is allowed tells a body that just fits from one that does not.
        return Arrays.copyOf(full, Math.min(full.length * 2, MAX_BYTES + 1));
    }
}
