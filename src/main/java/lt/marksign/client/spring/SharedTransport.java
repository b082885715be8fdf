package lt.marksign.client.spring;

import feign.Client;
import java.io.Closeable;
import java.io.IOException;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.okhttp.OkHttpTransport;
import org.jspecify.annotations.Nullable;

/** The one transport of all the {@code @FeignClient}s of an application; made when the first one needs it. */
final class SharedTransport implements Closeable {
    private final ConfiguredBuilder configured;
    private @Nullable Client client;

    SharedTransport(ConfiguredBuilder configured) {
        this.configured = configured;
    }

    synchronized Client get() {
        if (client == null) {
            client = configured.build(configured.begin(), MarkSignClientBuilder::transport);
        }
        return client;
    }

    /** Closes what was made here; a client that the application handed in is its own to close. */
    @Override
    public synchronized void close() throws IOException {
        if (client instanceof OkHttpTransport own) {
            own.close();
        }
    }
}
