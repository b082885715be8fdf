package lt.marksign.client.call;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import lt.marksign.client.model.FileContent;

/**
 * A request's body: JSON, with placeholders for the contents of files, which are read and encoded as they are sent. Feign's
 * own body is an array of bytes; it gets the JSON with the placeholders, which is not JSON.
 */
final class Payload {
    static final String PLACEHOLDER = "<content>";

    private static final String UNREADABLE = " cannot be read";
    private static final int BUFFER = 48 * 1024;

    private final byte[] json;
    private final List<Placeholder> placeholders;

    /** A place in the JSON where a content belongs, in quotation marks. */
    private record Placeholder(
            int position, FileContent content, String field, OptionalLong size, long maxSize, List<Long> sums) {
        /** Checks what is known of the content before it is sent. */
        Placeholder checked(long maxDocumentSize) {
            try {
                Placeholder checked =
                        new Placeholder(position, content, field, content.size(), maxDocumentSize, new ArrayList<>());
                checked.check(checked.size.orElse(1), true);
                return checked;
            } catch (IOException e) {
                throw new IllegalArgumentException(field + UNREADABLE, e);
            }
        }

        private void check(long bytes, boolean ended) throws IOException {
            if (ended && bytes == 0) {
                throw new IllegalArgumentException(field + " must not be empty");
            }
            if (bytes > maxSize) {
                throw new IllegalArgumentException(
                        field + " has more than the maxDocumentSize of " + maxSize + " bytes");
            }
            if (bytes > size.orElse(bytes) || ended && bytes < size.orElse(bytes)) {
                throw new IOException("its size is no longer " + size.getAsLong() + " bytes");
            }
        }

        void encode(OutputStream out, Deadline deadline) throws IOException {
            byte[] plain = new byte[BUFFER];
            InputStream in = guard(deadline, content::open);
            try (Closeable closing = () -> guard(deadline, () -> {
                in.close();
                return null;
            })) {
                int count;
                int block = 0;
                do {
                    int index = block++;
                    count = guard(deadline, () -> {
                        int read = in.readNBytes(plain, 0, BUFFER);
                        CRC32 sum = new CRC32();
                        sum.update(plain, 0, read);
                        // A source that returns one stream twice would have the rest of a document sent in its place.
                        if (index == sums.size() ? !sums.add(sum.getValue()) : sums.get(index) != sum.getValue()) {
                            throw new IOException("it is not the same when it is opened again, to be sent again");
                        }
                        check((long) index * BUFFER + read, read < BUFFER);
                        return read;
                    });
                    out.write(Base64.getEncoder().encode(count == BUFFER ? plain : Arrays.copyOf(plain, count)));
                } while (count == BUFFER);
            }
        }

        private <T> T guard(Deadline deadline, CallerSideFailure.Work<T> work) throws CallerSideFailure {
            return CallerSideFailure.guard(deadline, field + UNREADABLE, work);
        }
    }

    private Payload(byte[] json, List<Placeholder> placeholders) {
        this.json = json;
        this.placeholders = placeholders;
    }

    /** Builds a payload: JSON is written to it, and contents in their places. */
    static final class Builder extends ByteArrayOutputStream {
        private final List<Placeholder> placeholders = new ArrayList<>();

        /** Takes what was written last for the placeholder of a field. */
        void add(FileContent content, String field) {
            placeholders.add(
                    new Placeholder(size() - PLACEHOLDER.length(), content, field, OptionalLong.empty(), 0, List.of()));
        }

        Payload build() {
            return new Payload(toByteArray(), placeholders);
        }
    }

    /** Returns the body that a request without a token has. */
    byte[] json() {
        return json;
    }

    boolean hasPlaceholders() {
        return !placeholders.isEmpty();
    }

    /** Returns the same with one more property at the end of the JSON, which is an object. */
    Payload with(String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 128);
        out.write(json, 0, json.length - 1);
        String separator = json.length > 2 ? ",\"" : "\"";
        out.writeBytes((separator + name + "\":\"").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(value));
        out.writeBytes(new byte[] {'"', '}'});
        return new Payload(out.toByteArray(), placeholders);
    }

    /**
     * Returns the same, once what is to be sent was checked, as far as it can be known beforehand.
     *
     * @throws IllegalArgumentException if a content cannot be found, or its size is known and it is empty or too large
     */
    Payload checked(long maxDocumentSize) {
        return new Payload(
                json,
                placeholders.stream().map(one -> one.checked(maxDocumentSize)).toList());
    }

    /** Returns the number of bytes, or -1 if that is not known before they are sent. */
    long length() {
        long length = json.length;
        for (Placeholder one : placeholders) {
            if (one.size.isEmpty()) {
                return -1;
            }
            length += 2 + (one.size.getAsLong() + 2) / 3 * 4 - PLACEHOLDER.length();
        }
        return length;
    }

    /**
     * Writes it with the contents in their places.
     *
     * @throws CallerSideFailure if a content cannot be read, is empty or too large, or has changed its size
     */
    void writeTo(OutputStream out, Deadline deadline) throws IOException {
        int written = 0;
        for (Placeholder one : placeholders) {
            out.write(json, written, one.position - written);
            out.write('"');
            one.encode(out, deadline);
            out.write('"');
            written = one.position + PLACEHOLDER.length();
        }
        out.write(json, written, json.length - written);
    }

    /** Returns all of it, for a transport that takes no less. */
    byte[] toByteArray(Deadline deadline) throws IOException {
        Bytes out = new Bytes((int) Math.min(Integer.MAX_VALUE - 8, Math.max(json.length, length())));
        writeTo(out, deadline);
        return out.toByteArray();
    }
}
