package lt.marksign.client.model;

import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/**
 * Is told how far a document is on its way: at most ten times a second, and once at its end. A document that is sent or
 * received again begins again at 0. What an implementation throws is logged, and the transfer goes on.
 */
@NullMarked
@FunctionalInterface
public interface TransferProgress {
    /**
     * Called by the thread that moves the document, which waits for it.
     *
     * @param bytes how many of the document's bytes have passed so far
     * @param total how many there are, where that is known
     */
    void transferred(long bytes, OptionalLong total);
}
