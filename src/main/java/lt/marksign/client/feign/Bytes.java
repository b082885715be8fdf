package lt.marksign.client.feign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;

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

    /** An answer's body, which shows the bytes that it holds. */
    record Body(byte[] bytes) implements feign.Response.Body {
        @Override
        public Integer length() {
            return bytes.length;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public InputStream asInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public Reader asReader(Charset charset) {
            return new InputStreamReader(asInputStream(), charset);
        }

        @Override
        public void close() {
            // Memory.
        }
    }
}
