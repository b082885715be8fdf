package lt.marksign.jmh;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A way to send and to fetch a document. What an application has in hand before a call is made here, not in the call. */
public interface DocumentContender {
    /**
     * An upload.
     *
     * @param document the file
     * @return the call, of which the result is the {@code uuid} in the response
     */
    Callable<String> upload(Path document) throws Exception;

    /**
     * A download.
     *
     * @param id which document; the gateway's has as many bytes
     * @param target a file that the call may write
     * @return the call, of which the result is how many bytes came
     */
    Callable<Long> download(String id, Path target) throws Exception;
}
