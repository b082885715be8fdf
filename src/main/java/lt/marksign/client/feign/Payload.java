package lt.marksign.client.feign;

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
final class Payload {
    /** Stands in a gap, and is not JSON. */
    static final String GAP = "<content>";

    private static final int BUFFER = 48 * 1024;

    private final byte[] json;
    private final List<Gap> gaps;

    /** A place in the JSON where a content belongs, in quotation marks. */
    private record Gap(int position, FileContent content) {}

    private Payload(byte[] json, List<Gap> gaps) {
        this.json = json;
        this.gaps = gaps;
    }

    /** Builds a payload: JSON is written to it, and contents in their places. */
    static final class Builder extends ByteArrayOutputStream {
        private final List<Gap> gaps = new ArrayList<>();

        /** Takes what was written last for a gap. */
        void gap(FileContent content) {
            gaps.add(new Gap(size() - GAP.length(), content));
        }

        Payload build() {
            return new Payload(toByteArray(), gaps);
        }
    }

    /** What a request without a token has to hold as its body. */
    byte[] json() {
        return json;
    }

    boolean isFor(byte @Nullable [] body) {
        return body == json;
    }

    /** Whether contents are still to be read. */
    boolean hasGaps() {
        return !gaps.isEmpty();
    }

    /** The same with one more property at the end of the JSON, which is an object. */
    Payload with(String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 128);
        out.write(json, 0, json.length - 1);
        if (json.length > 2) {
            out.write(',');
        }
        writeText(name, out);
        out.write(':');
        writeText(value, out);
        out.write('}');
        return new Payload(out.toByteArray(), gaps);
    }

    private static void writeText(String text, ByteArrayOutputStream out) {
        out.write('"');
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        out.write('"');
    }

    /**
     * How long it is with the contents in their places.
     *
     * @return the number of bytes, or -1 if that is not known before they are sent
     * @throws IOException if a content cannot be found
     */
    long length() throws IOException {
        long length = json.length;
        for (Gap gap : gaps) {
            OptionalLong size = gap.content.size();
            if (size.isEmpty()) {
                return -1;
            }
            length += 2 + (size.getAsLong() + 2) / 3 * 4 - GAP.length();
        }
        return length;
    }

    /** Writes it with the contents in their places. */
    void writeTo(OutputStream out) throws IOException {
        int written = 0;
        for (Gap gap : gaps) {
            out.write(json, written, gap.position - written);
            out.write('"');
            encode(gap.content, out);
            out.write('"');
            written = gap.position + GAP.length();
        }
        out.write(json, written, json.length - written);
    }

    private static void encode(FileContent content, OutputStream out) throws IOException {
        byte[] plain = new byte[BUFFER];
        try (InputStream in = content.open()) {
            for (int n = in.readNBytes(plain, 0, BUFFER); n > 0; n = in.readNBytes(plain, 0, BUFFER)) {
                out.write(Base64.getEncoder().encode(n == BUFFER ? plain : Arrays.copyOf(plain, n)));
            }
        }
    }

    /** All of it, for a transport that takes no less. */
    byte[] toByteArray() throws IOException {
        if (gaps.isEmpty()) {
            return json;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.max(json.length, length()));
        writeTo(out);
        return out.toByteArray();
    }
}
