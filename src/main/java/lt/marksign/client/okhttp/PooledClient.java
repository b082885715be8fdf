package lt.marksign.client.okhttp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp with connections for some calls at once. For each call OkHttp goes through all connections of a pool that are in
 * use, so that with thousands in one pool it does little else.
 */
final class PooledClient extends EventListener {
    private static final int MAX_CALLS = 256;

    /** Shorter than the time that servers usually keep an idle connection: one that they closed loses a request. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private final AtomicInteger calls = new AtomicInteger();
    private final EventListener next;
    private final OkHttpClient http;
    private final feign.okhttp.OkHttpClient client;

    /**
     * Makes a client.
     *
     * @param settings all but the pool
     * @param next who is told of connections as well
     */
    PooledClient(OkHttpClient settings, EventListener next) {
        this.next = next;
        this.http = settings.newBuilder()
                // As many connections as there are calls at once; fewer would be closed and opened over and over.
                .connectionPool(new ConnectionPool(Integer.MAX_VALUE, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .eventListener(this)
                .build();
        this.client = new feign.okhttp.OkHttpClient(http);
    }

    /** Takes one more call, or is full. */
    boolean enter() {
        return calls.getAndUpdate(now -> now < MAX_CALLS ? now + 1 : now) < MAX_CALLS;
    }

    /** For a call that entered and did not begin. */
    void leave() {
        calls.decrementAndGet();
    }

    /** To derive clients from. */
    OkHttpClient http() {
        return http;
    }

    /** As Feign calls it. */
    feign.okhttp.OkHttpClient client() {
        return client;
    }

    /** When the answer was read. */
    @Override
    public void callEnd(Call call) {
        leave();
    }

    @Override
    public void callFailed(Call call, IOException failure) {
        leave();
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        next.connectEnd(call, address, proxy, protocol);
    }

    @Override
    public void connectFailed(
            Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol, IOException failure) {
        next.connectFailed(call, address, proxy, protocol, failure);
    }
}
