package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import lt.marksign.client.error.MarkSignValidationException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a file to send: bytes in memory, or a source that is read while it is sent. Each attempt of a call reads it
 * from the beginning. It is not {@link java.io.Serializable}, because it may be an open source. So a request with a file is not
 * serializable, but each response is.
 */
@NullMarked
public final class FileContent {
    private final Object origin;
    private final Reader<InputStream> source;
    private final Reader<OptionalLong> size;

    private interface Reader<T> {
        T get() throws IOException;
    }

    private FileContent(Object origin, Reader<InputStream> source, Reader<OptionalLong> size) {
        this.origin = origin;
        this.source = source;
        this.size = size;
    }

    private static <T> T notNull(@Nullable T argument, String field) {
        if (argument == null) {
            throw new MarkSignValidationException(field, "must not be null");
        }
        return argument;
    }

    /**
     * Returns content in memory.
     *
     * @param bytes the file's bytes; they are not copied, and must not change until the response arrives
     * @return the content
     * @throws MarkSignValidationException if the bytes are null
     */
    @JsonCreator
    public static FileContent of(byte[] bytes) {
        notNull(bytes, "content");
        return new FileContent(
                ByteBuffer.wrap(bytes), () -> new ByteArrayInputStream(bytes), () -> OptionalLong.of(bytes.length));
    }

    /**
     * Returns content on disk, which is read while it is sent.
     *
     * @param file a readable file, which must not change until the response arrives
     * @return the content
     * @throws MarkSignValidationException if the file is null
     */
    public static FileContent of(Path file) {
        notNull(file, "content");
        return new FileContent(file, () -> Files.newInputStream(file), () -> OptionalLong.of(Files.size(file)));
    }

    /**
     * Returns content of unknown size from a source, which is read while it is sent. A retry opens the source again. If the
     * content then differs from an earlier attempt, for instance because the source returns one stream twice, the call throws
     * an {@link UncheckedIOException}, and the request is not sent whole.
     *
     * @param source opens the content at its beginning, each time anew; the stream is closed after it was read
     * @return the content
     * @throws MarkSignValidationException if the source is null
     */
    public static FileContent of(Supplier<? extends InputStream> source) {
        return of(source, OptionalLong.empty());
    }

    /**
     * Returns content of known size from a source, which is read as by {@link #of(Supplier)}.
     *
     * @param source opens the content at its beginning, each time anew; the stream is closed after it was read
     * @param size the size in bytes
     * @return the content
     * @throws MarkSignValidationException if the source is null
     */
    public static FileContent of(Supplier<? extends InputStream> source, long size) {
        return of(source, OptionalLong.of(size));
    }

    private static FileContent of(Supplier<? extends InputStream> source, OptionalLong size) {
        notNull(source, "content");
        return new FileContent(
                source,
                () -> Optional.<InputStream>ofNullable(source.get())
                        .orElseThrow(() -> new IOException("the supplier returned null")),
                () -> size);
    }

    /**
     * Returns the same content, which reports how many bytes were read. The library's own transport reads them while it sends
     * them. For a custom {@code feign.Client}, they are read into memory before they are sent.
     *
     * @param progress receives the reports on this content
     * @return the content
     * @throws MarkSignValidationException if the progress is null
     */
    public FileContent withProgress(TransferProgress progress) {
        notNull(progress, "progress");
        return new FileContent(List.of(origin, progress), () -> new WatchedStream(open(), size(), progress), size);
    }

    /**
     * Opens the content at its beginning.
     *
     * @return a stream, which the caller must close
     * @throws IOException if the content cannot be read
     */
    public InputStream open() throws IOException {
        return source.get();
    }

    /**
     * Returns the size of the content.
     *
     * @return the number of bytes; empty if it is not known before they are read
     * @throws IOException if the content cannot be found
     */
    public OptionalLong size() throws IOException {
        return size.get();
    }

    /**
     * Compares the origins of two contents: bytes by their values, a file by its path, a supplier by its own {@code equals}.
     * Content with progress equals only content with the same progress.
     *
     * @param other the other content
     * @return whether both have the same origin
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileContent that && origin.equals(that.origin);
    }

    @Override
    public int hashCode() {
        return origin.hashCode();
    }

    /**
     * Hides the content.
     *
     * @return {@code *}
     */
    @Override
    public String toString() {
        return "*";
    }

    /** Reports how many bytes were read. */
    private static final class WatchedStream extends FilterInputStream {
        private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");
        private static final long INTERVAL_NANOS = 100_000_000;

        private final TransferProgress progress;
        private final OptionalLong total;
        private long bytes;
        private long last = System.nanoTime();
        private boolean ended;

        WatchedStream(InputStream in, OptionalLong total, TransferProgress progress) {
            super(in);
            this.progress = progress;
            this.total = total;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = in.read(buffer, offset, length);
            bytes += Math.max(0, n);
            boolean due = System.nanoTime() - last >= INTERVAL_NANOS;
            if (!ended && (n < 0 || n > 0 && due)) {
                ended = n < 0;
                last = System.nanoTime();
                tell();
            }
            return n;
        }

        private void tell() {
            try {
                progress.transferred(bytes, total);
            } catch (Exception e) {
                LOG.warn("a TransferProgress threw, and the transfer goes on", e);
            }
        }
    }
}
