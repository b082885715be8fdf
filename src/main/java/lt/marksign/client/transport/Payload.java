package lt.marksign.client.transport;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import lt.marksign.client.model.FileContent;
import org.jspecify.annotations.Nullable;

/**
 * A request's body: JSON, with gaps for the contents of files, which are read and encoded as they are sent. Feign's own
 * body is an array of bytes; it gets the JSON with the gaps, which nobody can take for the whole.
 */
public final class Payload {
    /** Stands in a gap, and is not JSON. */
    public static final String GAP = "<content>";

    private static final String UNREADABLE = " cannot be read";
    private static final int BUFFER = 48 * 1024;

    private final byte[] json;
    private final List<Gap> gaps;
    private final long maxDocumentSize;

    /** A place in the JSON where a content belongs, in quotation marks. */
    private record Gap(int position, FileContent content, String field) {}

    private Payload(byte[] json, List<Gap> gaps, long maxDocumentSize) {
        this.json = json;
        this.gaps = gaps;
        this.maxDocumentSize = maxDocumentSize;
    }

    /** Builds a payload: JSON is written to it, and contents in their places. */
    public static final class Builder extends ByteArrayOutputStream {
        private final List<Gap> gaps = new ArrayList<>();

        /** Takes what was written last for a gap, which is what the field is to hold. */
        public void gap(FileContent content, String field) {
            gaps.add(new Gap(size() - GAP.length(), content, field));
        }

        public Payload build() {
            return new Payload(toByteArray(), gaps, 0);
        }
    }

    /** What a request without a token has to hold as its body. */
    public byte[] json() {
        return json;
    }

    public boolean isFor(byte @Nullable [] body) {
        return body == json;
    }

    /** Whether contents are still to be read. */
    public boolean hasGaps() {
        return !gaps.isEmpty();
    }

    /** The same with one more property at the end of the JSON, which is an object. */
    public Payload with(String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 128);
        out.write(json, 0, json.length - 1);
        if (json.length > 2) {
            out.write(',');
        }
        writeText(name, out);
        out.write(':');
        writeText(value, out);
        out.write('}');
        return new Payload(out.toByteArray(), gaps, maxDocumentSize);
    }

    private static void writeText(String text, ByteArrayOutputStream out) {
        out.write('"');
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        out.write('"');
    }

    /**
     * The same, once what is to be sent was checked, as far as it can be known beforehand.
     *
     * @param maxDocumentSize how large a content may be, now and when it is sent
     * @throws IllegalArgumentException if a content cannot be read, is empty, or is too large
     */
    Payload checked(long maxDocumentSize) {
        for (Gap gap : gaps) {
            try (InputStream in = gap.content.open()) {
                long size = gap.content.size().orElse(1);
                if (size == 0 || in.read() < 0) {
                    throw new IllegalArgumentException(gap.field + " must not be empty");
                }
                requireAtMost(maxDocumentSize, size, gap);
            } catch (IOException e) {
                throw new IllegalArgumentException(gap.field + UNREADABLE, e);
            }
        }
        return new Payload(json, gaps, maxDocumentSize);
    }

    private static void requireAtMost(long maxDocumentSize, long size, Gap gap) {
        if (size > maxDocumentSize) {
            throw new IllegalArgumentException(
                    gap.field + " has more than the maxDocumentSize of " + maxDocumentSize + " bytes");
        }
    }

    /**
     * Begins to send it.
     *
     * @throws LocalFailure if a content cannot be found
     */
    public Sending send() throws IOException {
        return new Sending();
    }

    /** Sends it once, each content as large as it was when this began. */
    public final class Sending {
        private final List<OptionalLong> sizes = new ArrayList<>();

        private Sending() throws IOException {
            for (Gap gap : gaps) {
                sizes.add(LocalFailure.guard(gap.field + UNREADABLE, gap.content::size));
            }
        }

        /** The number of bytes, or -1 if that is not known before they are sent. */
        public long length() {
            long length = json.length;
            for (OptionalLong size : sizes) {
                if (size.isEmpty()) {
                    return -1;
                }
                length += 2 + (size.getAsLong() + 2) / 3 * 4 - GAP.length();
            }
            return length;
        }

        /**
         * Writes it with the contents in their places.
         *
         * @param beforeEnd is told when all is written but for the end, without which it is no JSON
         * @throws LocalFailure if a content cannot be read, is too large, or has changed its size
         */
        public void writeTo(OutputStream out, Runnable beforeEnd) throws IOException {
            int written = 0;
            for (int i = 0; i < gaps.size(); i++) {
                Gap gap = gaps.get(i);
                out.write(json, written, gap.position - written);
                out.write('"');
                encode(gap, sizes.get(i), out);
                out.write('"');
                written = gap.position + GAP.length();
            }
            beforeEnd.run();
            out.write(json, written, json.length - written);
        }

        private void encode(Gap gap, OptionalLong promised, OutputStream out) throws IOException {
            byte[] plain = new byte[BUFFER];
            long size = 0;
            try (InputStream in = LocalFailure.guard(gap.field + UNREADABLE, gap.content::open)) {
                int n;
                do {
                    n = LocalFailure.guard(gap.field + UNREADABLE, () -> in.readNBytes(plain, 0, BUFFER));
                    size += n;
                    check(gap, size, promised, n < BUFFER);
                    out.write(Base64.getEncoder().encode(n == BUFFER ? plain : Arrays.copyOf(plain, n)));
                } while (n == BUFFER);
            }
        }

        private void check(Gap gap, long size, OptionalLong promised, boolean ended) throws IOException {
            LocalFailure.guard(gap.field + UNREADABLE, () -> {
                requireAtMost(maxDocumentSize, size, gap);
                if (size > promised.orElse(size) || ended && size < promised.orElse(size)) {
                    throw new IOException("its size is no longer " + promised.getAsLong() + " bytes");
                }
                return size;
            });
        }

        /** All of it, for a transport that takes no less. */
        byte[] toByteArray() throws IOException {
            Bytes out = new Bytes((int) Math.min(Integer.MAX_VALUE - 8, Math.max(json.length, length())));
            writeTo(out, () -> {});
            return out.toByteArray();
        }
    }
}
