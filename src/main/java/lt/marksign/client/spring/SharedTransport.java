package lt.marksign.client.spring;

import feign.Client;
import java.io.Closeable;
import java.io.IOException;
import lt.marksign.client.okhttp.OkHttpTransport;

/** The transport of all {@code @FeignClient}s that use this library. As a {@code Client} bean it would be that of others, too. */
record SharedTransport(Client client) implements Closeable {
    @Override
    public void close() throws IOException {
        // A client of the application's own is not closed here.
        if (client instanceof OkHttpTransport own) {
            own.close();
        }
    }
}
