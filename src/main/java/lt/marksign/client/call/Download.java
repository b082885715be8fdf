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
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.TransferProgress;

/** The file or stream that receives the document of one call. */
public final class Download {
    private static final String UNWRITABLE = "the document cannot be written";
    private static final int BUFFER = 64 * 1024;

    private final Callable<OutputStream> opening;
    private final TransferProgress progress;
    private final boolean ownsStream;
    private long written;
    private boolean complete;

    private Download(Callable<OutputStream> opening, TransferProgress progress, boolean ownsStream) {
        this.opening = opening;
        this.progress = progress;
        this.ownsStream = ownsStream;
    }

    /**
     * Downloads a document to a stream.
     *
     * @param out receives the document; it stays open
     * @param progress receives the number of bytes
     * @param call calls one generated method in this thread
     * @throws UncheckedIOException if the stream fails
     */
    public static void to(OutputStream out, TransferProgress progress, Supplier<?> call) {
        GatewayCall.download(new Download(() -> out, progress, false), call);
    }

    /**
     * Downloads a document to a temporary file beside the target, and moves it to the target when it is complete.
     *
     * @param file the target, which is replaced if it exists
     * @param progress receives the number of bytes
     * @param call calls one generated method in this thread
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void to(Path file, TransferProgress progress, Supplier<?> call) {
        Path target = file.toAbsolutePath();
        boolean replaceable = Files.isRegularFile(target) || Files.notExists(target);
        Arguments.require(
                replaceable && target.getParent() != null && Files.isDirectory(target.getParent()),
                "file",
                "must be a regular file, or a new one, in a folder that exists; use a stream for a device");
        Path part = target.resolveSibling(".marksign-" + UUID.randomUUID() + ".part");
        try {
            try {
                Files.createFile(part);
                // Collects the reads of 8 KiB into larger writes.
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
            // Without this, the file may be empty after a power failure.
            try (FileOutputStream whole = new FileOutputStream(part.toFile(), true)) {
                whole.getFD().sync();
            }
        }
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            // A file that is a mount point cannot be replaced, and not every file system moves atomically.
            try (OutputStream out = Files.newOutputStream(target)) {
                Files.copy(part, out);
            }
        }
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether the download can start again from the beginning. */
    boolean isRestartable() {
        return ownsStream || written == 0;
    }

    /** Tells how much was written to a stream, or returns an empty text if the download can start again. */
    String state() {
        return isRestartable() ? "" : " (after " + written + " bytes of the document were written to the stream)";
    }

    /**
     * Copies a document to the target.
     *
     * @param document the bytes of the document
     * @param total the number of bytes, if it is known
     */
    void receive(InputStream document, OptionalLong total, Deadline deadline) throws IOException {
        // FileContent reports the progress.
        FileContent content =
                total.isPresent() ? FileContent.of(() -> document, total.getAsLong()) : FileContent.of(() -> document);
        InputStream watched = content.withProgress(progress).open();
        OutputStream out = CallerSideFailure.guard(deadline, UNWRITABLE, opening);
        try {
            byte[] buffer = new byte[BUFFER];
            for (int n = watched.read(buffer); n >= 0; n = watched.read(buffer)) {
                int length = n;
                written += n;
                guard(deadline, () -> out.write(buffer, 0, length));
            }
            guard(deadline, out::flush);
        } finally {
            if (ownsStream) {
                guard(deadline, out::close);
            }
        }
        complete = true;
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
