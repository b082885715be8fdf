package lt.marksign.jmh;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A way to upload and download a document. These methods prepare everything that an application has before a call. */
public interface DocumentContender {
    /**
     * Prepares an upload.
     *
     * @param document the file
     * @return the call, whose result is the {@code uuid} in the response
     */
    Callable<String> upload(Path document) throws Exception;

    /**
     * Prepares a download.
     *
     * @param id the document's id, which is its size in bytes at the gateway
     * @param target a file that the call may write
     * @return the call, whose result is the number of bytes that it received
     */
    Callable<Long> download(String id, Path target) throws Exception;
}
