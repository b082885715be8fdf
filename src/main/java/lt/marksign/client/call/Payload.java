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
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.UploadFile;

/**
 * A request's body: JSON or a form, with placeholders for the contents of files, which are read and, in JSON, encoded as they
 * are sent. Feign's own body is an array of bytes; it gets the text with the placeholders.
 *
 * @param template the body of a request without a token
 */
record Payload(byte[] template, List<Payload.Placeholder> placeholders) {
    static final String PLACEHOLDER = "<content>";

    private static final String UNREADABLE = " cannot be read";
    private static final int BUFFER = 48 * 1024;

    /** A place where a content belongs; in JSON as base64, in quotation marks. */
    record Placeholder(
            int position,
            FileContent content,
            String field,
            boolean json,
            OptionalLong size,
            long maxSize,
            List<Long> sums) {
        /** Checks what is known of the content before it is sent. */
        Placeholder checked(long maxDocumentSize) {
            try {
                Placeholder checked = new Placeholder(
                        position, content, field, json, content.size(), maxDocumentSize, new ArrayList<>());
                checked.check(checked.size.orElse(1), true);
                return checked;
            } catch (IOException e) {
                throw new IllegalArgumentException(field + UNREADABLE, e);
            }
        }

        private void check(long bytes, boolean ended) throws IOException {
            if (ended && bytes == 0) {
                throw new MarkSignValidationException(field, "must not be empty");
            }
            if (bytes > maxSize) {
                throw new MarkSignValidationException(
                        field, "has more than the maxDocumentSize of " + maxSize + " bytes");
            }
            if (bytes > size.orElse(bytes) || ended && bytes < size.orElse(bytes)) {
                throw new IOException("its size is no longer " + size.getAsLong() + " bytes");
            }
        }

        /** Returns how many bytes it stands for, if their number is known. */
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
                        // A source that returns one stream twice would have the rest of a document sent in its place.
                        if (index == sums.size() ? !sums.add(sum.getValue()) : sums.get(index) != sum.getValue()) {
                            throw new IOException("it differs when it is opened again for a retry");
                        }
                        check((long) index * BUFFER + length, length < BUFFER);
                        return length;
                    });
                    byte[] read = count == BUFFER ? plain : Arrays.copyOf(plain, count);
                    out.write(json ? Base64.getEncoder().encode(read) : read);
                } while (count == BUFFER);
            }
        }

        private <T> T guard(Deadline deadline, Callable<T> work) throws CallerSideFailure {
            return CallerSideFailure.guard(deadline, field + UNREADABLE, work);
        }
    }

    /**
     * Writes a form, as RFC 7578 has it.
     *
     * @param fields texts, and files, of type {@link UploadFile}
     * @param boundary what stands between the fields
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

    /** Builds a payload: text is written to it, and contents in their places. */
    static final class Builder extends ByteArrayOutputStream {
        private final List<Placeholder> placeholders = new ArrayList<>();

        void write(String text) {
            writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Takes what was written last for the placeholder of a field. */
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

    /** Returns the same with one more property at the end of the JSON, which is an object. */
    Payload with(String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(template.length + 128);
        out.write(template, 0, template.length - 1);
        String separator = template.length > 2 ? ",\"" : "\"";
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
                template,
                placeholders.stream().map(one -> one.checked(maxDocumentSize)).toList());
    }

    /** Returns the number of bytes, or -1 if that is not known before they are sent. */
    long length() {
        long length = template.length;
        for (Placeholder one : placeholders) {
            if (one.size.isEmpty()) {
                return -1;
            }
            length += one.length() - PLACEHOLDER.length();
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
            out.write(template, written, one.position - written);
            one.writeTo(out, deadline);
            written = one.position + PLACEHOLDER.length();
        }
        out.write(template, written, template.length - written);
    }

    /** Returns all of it, for a transport that takes no less. */
    byte[] toByteArray(Deadline deadline) throws IOException {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream((int) Math.min(Integer.MAX_VALUE - 8, Math.max(template.length, length())));
        writeTo(out, deadline);
        return out.toByteArray();
    }
}
