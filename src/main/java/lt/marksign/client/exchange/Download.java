package lt.marksign.client.exchange;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.TransferProgress;
import lt.marksign.client.transport.LocalFailure;
import org.jspecify.annotations.Nullable;

/**
 * Where the document of one call goes, in place of memory. Feign gives a method no place for it, so it goes with the calling
 * thread as far as {@code CheckedCalls}, which takes it.
 */
public final class Download {
    private static final String UNWRITABLE = "the document cannot be written";
    private static final int BUFFER = 64 * 1024;
    private static final ThreadLocal<@Nullable Download> NEXT = new ThreadLocal<>();

    private final Opening opening;
    private final @Nullable TransferProgress progress;
    private final boolean restartable;
    private long written;

    /** Begins at the place's beginning. */
    private interface Opening {
        OutputStream open() throws IOException;
    }

    private Download(Opening opening, @Nullable TransferProgress progress, boolean restartable) {
        this.opening = opening;
        this.progress = progress;
        this.restartable = restartable;
    }

    /**
     * Downloads to a stream.
     *
     * @param out where the document goes; it stays open
     * @param progress is told how far it is, or null
     * @param call downloads a document, in this thread
     * @throws UncheckedIOException if the stream fails
     */
    public static void to(OutputStream out, @Nullable TransferProgress progress, Supplier<byte[]> call) {
        Objects.requireNonNull(out, "out must not be null");
        new Download(() -> out, progress, false).run(call);
    }

    /**
     * Downloads to a file, which is there when it is whole.
     *
     * @param file where the document goes, in place of what is there
     * @param progress is told how far it is, or null
     * @param call downloads a document, in this thread
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void to(Path file, @Nullable TransferProgress progress, Supplier<byte[]> call) {
        Path target = Objects.requireNonNull(file, "file must not be null").toAbsolutePath();
        if (Files.isDirectory(target) || target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw new IllegalArgumentException("file must be one in a folder that exists, and no folder itself");
        }
        Path part = target.resolveSibling(".marksign-" + UUID.randomUUID() + ".part");
        try {
            try {
                Files.createFile(part);
                // An answer is read by 8 KiB, which is little for a disk.
                new Download(() -> new BufferedOutputStream(Files.newOutputStream(part), BUFFER), progress, true)
                        .run(call);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Supplier<byte[]> call) {
        NEXT.set(this);
        try {
            byte[] left = call.get();
            if (left != null && left.length > 0) {
                // What a capability of the caller's handed over to another thread was downloaded into memory.
                receive(new ByteArrayInputStream(left), OptionalLong.of(left.length));
            }
        } catch (IOException e) {
            LocalFailure.rethrow(e);
            throw new UncheckedIOException(e);
        } finally {
            NEXT.remove();
        }
    }

    /** That of the call that this thread begins, or null; it is for this call, and no other. */
    static @Nullable Download take() {
        Download next = NEXT.get();
        NEXT.remove();
        return next;
    }

    /** Whether it can be begun again. */
    boolean isRestartable() {
        return restartable || written == 0;
    }

    /** What there is to say of it when it fails, or an empty text. */
    String state() {
        return isRestartable() ? "" : " (after " + written + " bytes of the document were written to the stream)";
    }

    /**
     * Takes a document.
     *
     * @param document all of it
     * @param total how long it is, where that is known
     */
    void receive(InputStream document, OptionalLong total) throws IOException {
        FileContent content =
                total.isPresent() ? FileContent.of(() -> document, total.getAsLong()) : FileContent.of(() -> document);
        InputStream watched =
                progress == null ? document : content.withProgress(progress).open();
        OutputStream out = LocalFailure.guard(UNWRITABLE, opening::open);
        try {
            byte[] buffer = new byte[BUFFER];
            for (int n = watched.read(buffer); n >= 0; n = watched.read(buffer)) {
                int length = n;
                written += n;
                guard(() -> out.write(buffer, 0, length));
            }
            guard(out::flush);
        } finally {
            if (restartable) {
                guard(out::close);
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void guard(Action action) throws LocalFailure {
        LocalFailure.guard(UNWRITABLE, () -> {
            action.run();
            return null;
        });
    }
}
