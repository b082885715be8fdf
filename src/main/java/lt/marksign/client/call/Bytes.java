package lt.marksign.client.call;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** Bytes in memory that are not copied without need: a document is large. */
final class Bytes extends ByteArrayOutputStream {
    /** Makes room. */
    public Bytes(int size) {
        super(size);
    }

    /** All of them, which nobody changes any more. */
    @Override
    public synchronized byte[] toByteArray() {
        return count == buf.length ? buf : super.toByteArray();
    }

    /** A stream of bytes that shows all of them. */
    public static final class Source extends ByteArrayInputStream {
        public Source(byte[] bytes) {
            super(bytes);
        }

        public byte[] bytes() {
            return buf;
        }
    }
}
