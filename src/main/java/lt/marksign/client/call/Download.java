package lt.marksign.client.call;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.UUID;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.TransferProgress;

/** Where the document of one call goes, in place of memory. */
public final class Download {
    private static final String UNWRITABLE = "the document cannot be written";
    private static final int BUFFER = 64 * 1024;

    private final Opening opening;
    private final TransferProgress progress;
    private final boolean restartable;
    private long written;

    /** Begins at the place's beginning. */
    private interface Opening {
        OutputStream open() throws IOException;
    }

    private Download(Opening opening, TransferProgress progress, boolean restartable) {
        this.opening = opening;
        this.progress = progress;
        this.restartable = restartable;
    }

    /**
     * Downloads to a stream.
     *
     * @param out where the document goes; it stays open
     * @param progress is told how far it is
     * @param call downloads a document, in this thread
     * @throws UncheckedIOException if the stream fails
     */
    public static void to(OutputStream out, TransferProgress progress, Runnable call) {
        GatewayCall.download(new Download(() -> out, progress, false), call);
    }

    /**
     * Downloads to a file, which is there when it is whole.
     *
     * @param file where the document goes, in place of what is there
     * @param progress is told how far it is
     * @param call downloads a document, in this thread
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void to(Path file, TransferProgress progress, Runnable call) {
        Path target = file.toAbsolutePath();
        boolean replaceable = Files.isRegularFile(target) || Files.notExists(target);
        if (!replaceable || target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw new MarkSignValidationException(
                    "file", "must be a regular file, or a new one, in a folder that exists; use a stream for a device");
        }
        Path part = target.resolveSibling(".marksign-" + UUID.randomUUID() + ".part");
        try {
            try {
                Files.createFile(part);
                // A response is read by 8 KiB, which is little for a disk.
                GatewayCall.download(
                        new Download(
                                () -> new BufferedOutputStream(Files.newOutputStream(part), BUFFER), progress, true),
                        call);
                move(part, target);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        if (part.getFileSystem() == FileSystems.getDefault()) {
            // Else a file of this name may be empty after a power failure.
            try (FileOutputStream whole = new FileOutputStream(part.toFile(), true)) {
                whole.getFD().sync();
            }
        }
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            // What is mounted as a single file can be written to alone, and not every file system moves atomically.
            try (OutputStream out = Files.newOutputStream(target)) {
                Files.copy(part, out);
            }
        }
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
    void receive(InputStream document, OptionalLong total, Deadline deadline) throws IOException {
        FileContent content =
                total.isPresent() ? FileContent.of(() -> document, total.getAsLong()) : FileContent.of(() -> document);
        InputStream watched = content.withProgress(progress).open();
        OutputStream out = CallerSideFailure.guard(deadline, UNWRITABLE, opening::open);
        try {
            byte[] buffer = new byte[BUFFER];
            for (int n = watched.read(buffer); n >= 0; n = watched.read(buffer)) {
                int length = n;
                written += n;
                guard(deadline, () -> out.write(buffer, 0, length));
            }
            guard(deadline, out::flush);
        } finally {
            if (restartable) {
                guard(deadline, out::close);
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void guard(Deadline deadline, Action action) throws CallerSideFailure {
        CallerSideFailure.guard(deadline, UNWRITABLE, () -> {
            action.run();
            return null;
        });
    }
}
