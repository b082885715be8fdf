package lt.marksign.client.feign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** Bytes in memory that are not copied without need: a document is large. */
final class Bytes extends ByteArrayOutputStream {
    /** Makes room. */
    Bytes(int size) {
        super(size);
    }

    /** All of them, which nobody changes any more. */
    @Override
    public synchronized byte[] toByteArray() {
        return count == buf.length ? buf : super.toByteArray();
    }

    /** A stream of bytes that shows all of them. */
    static final class Source extends ByteArrayInputStream {
        Source(byte[] bytes) {
            super(bytes);
        }

        byte[] bytes() {
            return buf;
        }
    }
}
