package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;

/**
 * What is in a file that is sent: bytes, or where to read them from at the time of sending. A request reads it from its
 * beginning as often as it is sent.
 */
@NullMarked
public abstract class FileContent {
    private FileContent() {}

    /**
     * Content in memory.
     *
     * @param bytes the file's bytes; they are not copied, and must not change until the request is answered
     * @return the content
     */
    @JsonCreator
    public static FileContent of(byte[] bytes) {
        Objects.requireNonNull(bytes, "content must not be null");
        return of(() -> new ByteArrayInputStream(bytes), bytes.length);
    }

    /**
     * Content on disk, read as it is sent.
     *
     * @param file a file that can be read, and does not change until the request is answered
     * @return the content
     */
    public static FileContent of(Path file) {
        Objects.requireNonNull(file, "content must not be null");
        return new FileContent() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public OptionalLong size() throws IOException {
                return OptionalLong.of(Files.size(file));
            }
        };
    }

    /**
     * Content from elsewhere, read as it is sent.
     *
     * @param source opens the content at its beginning, each time anew; the stream is closed after it was read
     * @return the content, of a size that is not known beforehand
     */
    public static FileContent of(Supplier<? extends InputStream> source) {
        return of(source, OptionalLong.empty());
    }

    /**
     * Content from elsewhere, of a known size.
     *
     * @param source opens the content at its beginning, each time anew; the stream is closed after it was read
     * @param size how many bytes it has
     * @return the content
     */
    public static FileContent of(Supplier<? extends InputStream> source, long size) {
        return of(source, OptionalLong.of(size));
    }

    private static FileContent of(Supplier<? extends InputStream> source, OptionalLong size) {
        Objects.requireNonNull(source, "content must not be null");
        return new FileContent() {
            @Override
            public InputStream open() throws IOException {
                try {
                    return Objects.requireNonNullElseGet(source.get(), () -> {
                        throw new UncheckedIOException(new IOException("the source opened nothing"));
                    });
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }

            @Override
            public OptionalLong size() {
                return size;
            }
        };
    }

    /**
     * The same content, which tells how far it has been read: as it is sent, on the library's own transport; on another,
     * as it is read into memory before that.
     *
     * @param progress is told of the bytes of this content
     * @return the content
     */
    public FileContent withProgress(TransferProgress progress) {
        Objects.requireNonNull(progress, "progress must not be null");
        FileContent unwatched = this;
        return new FileContent() {
            @Override
            public InputStream open() throws IOException {
                return new WatchedStream(unwatched.open(), size(), progress);
            }

            @Override
            public OptionalLong size() throws IOException {
                return unwatched.size();
            }
        };
    }

    /**
     * Opens the content at its beginning.
     *
     * @return a stream, to be closed by the caller
     * @throws IOException if the content cannot be read
     */
    public abstract InputStream open() throws IOException;

    /**
     * How large the content is.
     *
     * @return the number of bytes, or empty if it is not known before they are read
     * @throws IOException if the content cannot be found
     */
    public abstract OptionalLong size() throws IOException;

    /**
     * The content in memory.
     *
     * @return its bytes
     */
    @JsonValue
    public byte[] toByteArray() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Nothing of the content.
     *
     * @return a star
     */
    @Override
    public String toString() {
        return "*";
    }
}
