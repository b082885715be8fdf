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
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.UploadFile;

/**
 * The body of a request: JSON or a form. Placeholders stand for the contents of files, which are read while they are sent, and
 * are encoded as base64 in JSON. Feign's own body is a byte array; it contains the placeholders.
 *
 * @param bytes the body with the placeholders
 */
record Payload(byte[] bytes, List<Payload.Placeholder> placeholders) {
    static final String PLACEHOLDER = "<content>";

    private static final String UNREADABLE = " cannot be read";
    private static final int BUFFER = 48 * 1024;

    /** The position of a file's content. In JSON, the content is a base64 string. */
    record Placeholder(
            int position,
            FileContent content,
            String field,
            boolean json,
            OptionalLong size,
            long maxSize,
            List<Long> sums) {
        /** Checks the size of the content, if it is known, before the request is sent. */
        Placeholder validated(long maxDocumentSize) {
            try {
                Placeholder validated = new Placeholder(
                        position, content, field, json, content.size(), maxDocumentSize, new ArrayList<>());
                validated.checkSize(validated.size.orElse(1), true);
                return validated;
            } catch (IOException e) {
                throw new IllegalArgumentException(field + UNREADABLE, e);
            }
        }

        private void checkSize(long bytes, boolean ended) throws IOException {
            Arguments.require(bytes > 0 || !ended, field, "must not be empty");
            Arguments.require(bytes <= maxSize, field, "has more than the maxDocumentSize of " + maxSize + " bytes");
            if (bytes > size.orElse(bytes) || ended && bytes < size.orElse(bytes)) {
                throw new IOException("its size is no longer " + size.getAsLong() + " bytes");
            }
        }

        /** Returns the encoded length. The size must be known. */
        long length() {
            return json ? 2 + (size.getAsLong() + 2) / 3 * 4 : size.getAsLong();
        }

        void writeTo(OutputStream out, Deadline deadline) throws IOException {
            byte[] quote = {'"'};
            out.write(quote, 0, json ? 1 : 0);
            copyTo(out, deadline);
            out.write(quote, 0, json ? 1 : 0);
        }

        private void copyTo(OutputStream out, Deadline deadline) throws IOException {
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
                        int length = in.readNBytes(plain, 0, BUFFER);
                        CRC32 sum = new CRC32();
                        sum.update(plain, 0, length);
                        // If a source returns the same stream twice, a retry would send the rest of the document only.
                        if (index == sums.size() ? !sums.add(sum.getValue()) : sums.get(index) != sum.getValue()) {
                            throw new IOException("it differs when it is opened again for a retry");
                        }
                        checkSize((long) index * BUFFER + length, length < BUFFER);
                        return length;
                    });
                    byte[] read = count == BUFFER ? plain : Arrays.copyOf(plain, count);
                    byte[] sent = json ? Base64.getEncoder().encode(read) : read;
                    out.write(sent);
                    deadline.transferred(sent.length);
                } while (count == BUFFER);
            }
        }

        private <T> T guard(Deadline deadline, Callable<T> work) throws CallerSideFailure {
            return CallerSideFailure.guard(deadline, field + UNREADABLE, work);
        }
    }

    /**
     * Writes a form as specified by RFC 7578.
     *
     * @param fields the fields by name; a file is an {@link UploadFile}, any other value is written as text
     * @param boundary the delimiter of the fields
     */
    static Payload form(Map<?, ?> fields, String boundary) {
        Builder form = new Builder();
        fields.forEach((name, value) -> {
            form.write("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"");
            if (value instanceof UploadFile file) {
                form.write("; filename=\"" + file.name().replace("\"", "%22")
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + PLACEHOLDER);
                form.add(file.content(), String.valueOf(name), false);
            } else {
                form.write("\r\n\r\n" + value);
            }
            form.write("\r\n");
        });
        form.write("--" + boundary + "--\r\n");
        return form.build();
    }

    /** Builds a payload from text and placeholders. */
    static final class Builder extends ByteArrayOutputStream {
        private final List<Placeholder> placeholders = new ArrayList<>();

        void write(String text) {
            writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Adds a placeholder, whose text was written last. */
        void add(FileContent content, String field, boolean json) {
            int position = size() - PLACEHOLDER.length();
            placeholders.add(new Placeholder(position, content, field, json, OptionalLong.empty(), 0, List.of()));
        }

        Payload build() {
            return new Payload(toByteArray(), placeholders);
        }
    }

    boolean hasPlaceholders() {
        return !placeholders.isEmpty();
    }

    /** Returns the same JSON object with another property at its end. */
    Payload with(String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 128);
        out.write(bytes, 0, bytes.length - 1);
        String separator = bytes.length > 2 ? ",\"" : "\"";
        out.writeBytes((separator + name + "\":\"").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(value));
        out.writeBytes(new byte[] {'"', '}'});
        return new Payload(out.toByteArray(), placeholders);
    }

    /**
     * Checks the sizes of the files that are known before the request is sent.
     *
     * @throws IllegalArgumentException if a file is not found, or its known size is 0 or too large
     */
    Payload validated(long maxDocumentSize) {
        return new Payload(
                bytes,
                placeholders.stream().map(one -> one.validated(maxDocumentSize)).toList());
    }

    /** Returns the number of bytes, or -1 if it is not known. */
    long length() {
        long length = bytes.length;
        for (Placeholder one : placeholders) {
            if (one.size.isEmpty()) {
                return -1;
            }
            length += one.length() - PLACEHOLDER.length();
        }
        return length;
    }

    /**
     * Writes the body with the contents of the files.
     *
     * @throws CallerSideFailure if a file cannot be read, is empty or too large, or changed
     */
    void writeTo(OutputStream out, Deadline deadline) throws IOException {
        int written = 0;
        for (Placeholder one : placeholders) {
            out.write(bytes, written, one.position - written);
            one.writeTo(out, deadline);
            written = one.position + PLACEHOLDER.length();
        }
        out.write(bytes, written, bytes.length - written);
    }

    /** Returns the whole body, for a custom client. */
    byte[] toByteArray(Deadline deadline) throws IOException {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream((int) Math.min(Integer.MAX_VALUE - 8, Math.max(bytes.length, length())));
        writeTo(out, deadline);
        return out.toByteArray();
    }
}
