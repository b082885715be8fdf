package lt.marksign.client.model;

import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/**
 * Receives the progress of a document's transfer: at most ten times a second, and once at the end. If the document is
 * transferred again, the progress begins again at 0. An exception of an implementation is logged, and the transfer continues.
 */
@NullMarked
@FunctionalInterface
public interface TransferProgress {
    /**
     * Called on the thread that transfers the document. The transfer waits until this method returns.
     *
     * @param bytes the number of the document's bytes that were transferred so far
     * @param total the total number of bytes; empty if it is not known
     */
    void transferred(long bytes, OptionalLong total);
}
