package lt.marksign.client.model;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that tells how far it has been read. */
final class WatchedStream extends FilterInputStream {
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
