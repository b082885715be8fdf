package lt.marksign.client.okhttp;

import feign.Client;
import feign.Request;
import feign.Response;
import feign.okhttp.OkHttpClient;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.Socket;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import lt.marksign.client.transport.AuthorizedRequest;
import lt.marksign.client.transport.Deadline;
import lt.marksign.client.transport.Payload;
import lt.marksign.client.transport.Timeouts;
import lt.marksign.client.transport.TrackedOptions;
import lt.marksign.client.transport.Transport;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.Credentials;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.AsyncTimeout;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * The default transport: OkHttp, with everything off that it would do without being asked (retries, redirects), one
 * deadline for a whole call, and connections that let go when the calling thread is interrupted.
 */
public final class OkHttpTransport implements Client, Transport, Closeable {
    /**
     * What OkHttp does something about that no setting turns off: 407 without a proxy is an error to it, and 503 with
     * {@code Retry-After: 0} makes it send the request again.
     */
    private static final Set<Integer> ACTED_UPON = Set.of(407, 503);

    private static final MediaType JSON = MediaType.get("application/json");

    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private final ChannelSockets sockets = new ChannelSockets();
    private final WatchdogSentinel sentinel = new WatchdogSentinel();
    private final Routes routes;
    private final okhttp3.OkHttpClient http;
    final List<PooledClient> pools = new CopyOnWriteArrayList<>();
    private final Duration callTimeout;
    private final Set<okhttp3.Call> bodies = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean closed;

    /**
     * Makes a transport with connections of its own.
     *
     * @param timeouts the bounds of a call
     * @param sslContext whom to trust and how to identify, or {@code null} for the platform's default
     * @param proxy the way to the gateway, or {@code null} for the system's default
     * @param proxyCredentials who asks an HTTP proxy, or {@code null} for what {@link java.net.Authenticator} says
     */
    public OkHttpTransport(
            Timeouts timeouts,
            @Nullable SSLContext sslContext,
            @Nullable Proxy proxy,
            @Nullable PasswordAuthentication proxyCredentials) {
        this(timeouts, sslContext, proxy, proxyCredentials, Dns.SYSTEM);
    }

    OkHttpTransport(
            Timeouts timeouts,
            @Nullable SSLContext sslContext,
            @Nullable Proxy proxy,
            @Nullable PasswordAuthentication proxyCredentials,
            Dns dns) {
        SSLContext context = sslContext == null ? platformContext() : sslContext;
        this.routes = new Routes(dns);
        this.http = new okhttp3.OkHttpClient.Builder()
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.read())
                .writeTimeout(timeouts.read())
                .callTimeout(timeouts.call())
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                // A connection for each call under way: to cut one off, at a deadline or an interrupt, disturbs no
                // other.
                .protocols(List.of(Protocol.HTTP_1_1))
                .socketFactory(sockets)
                .sslSocketFactory(context.getSocketFactory(), platformTrust())
                .addInterceptor(this::follow)
                .addNetworkInterceptor(this::exchange)
                .dns(routes)
                .proxySelector(routes.proxies())
                .proxy(proxy)
                .proxyAuthenticator(
                        proxyCredentials == null
                                ? once(Authenticator.JAVA_NET_AUTHENTICATOR)
                                : once(basic(proxyCredentials)))
                .build();
        this.callTimeout = timeouts.call();
    }

    private static Authenticator basic(PasswordAuthentication credentials) {
        return (route, response) ->
                response.challenges().stream().noneMatch(challenge -> "Basic".equalsIgnoreCase(challenge.scheme()))
                        ? null
                        : response.request()
                                .newBuilder()
                                .header(
                                        PROXY_AUTHORIZATION,
                                        Credentials.basic(
                                                credentials.getUserName(),
                                                String.valueOf(credentials.getPassword()),
                                                StandardCharsets.UTF_8))
                                .build();
    }

    /** A proxy that refuses what it was told is not told again. */
    private static Authenticator once(Authenticator authenticator) {
        return (route, response) -> response.request().header(PROXY_AUTHORIZATION) == null
                ? authenticator.authenticate(route, response)
                : null;
    }

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
        if (options instanceof TrackedOptions tracked) {
            return tracked.sendOnce(this, request);
        }
        if (closed) {
            throw new IllegalStateException("the transport is closed");
        }
        sentinel.stand();
        PooledClient pool = pool();
        return execute(pool, pool.client(), request, options);
    }

    @Override
    public Response send(AuthorizedRequest request, Request.Options options, Deadline deadline) throws IOException {
        sentinel.stand();
        PooledClient pool = pool();
        return execute(pool, clientFor(pool, deadline, request.payload()), request.request(), options);
    }

    @Override
    public void pause(Duration pause) throws InterruptedException {
        end.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** The first that has room, so that few calls at once need few connections. */
    private PooledClient pool() {
        for (PooledClient pool : pools) {
            if (pool.enter()) {
                return pool;
            }
        }
        return morePools();
    }

    private synchronized PooledClient morePools() {
        PooledClient last = pools.isEmpty() ? null : pools.get(pools.size() - 1);
        if (last != null && last.enter()) {
            return last;
        }
        PooledClient more = new PooledClient(http, routes);
        more.enter();
        pools.add(more);
        return more;
    }

    private static Response execute(PooledClient pool, Client client, Request request, Request.Options options)
            throws IOException {
        try {
            return client.execute(request, options);
        } catch (RuntimeException e) {
            // Feign could make no request of it. What happens within a call is an IOException here.
            pool.leave();
            throw e;
        }
    }

    /** OkHttp's deadline is a setting of its client, and so is what changes a request. Deriving a client is cheap. */
    private Client clientFor(PooledClient pool, Deadline deadline, @Nullable Payload payload) {
        Duration remaining = deadline.remaining();
        if (deadline.moves()) {
            okhttp3.OkHttpClient.Builder derived = pool.http().newBuilder().callTimeout(Duration.ZERO);
            derived.interceptors().add(0, chain -> chain.proceed(with(new Watch(chain.call(), deadline), chain)));
            if (payload != null) {
                derived.addInterceptor(chain -> chain.proceed(stream(payload, chain.request())));
            }
            return new OkHttpClient(derived.build());
        }
        boolean wholeTime = callTimeout.minus(remaining).abs().compareTo(Duration.ofMillis(1)) < 0;
        return wholeTime
                ? pool.client()
                : new OkHttpClient(
                        pool.http().newBuilder().callTimeout(roundUp(remaining)).build());
    }

    private static okhttp3.Request with(Watch watch, Interceptor.Chain chain) {
        return chain.request().newBuilder().tag(Watch.class, watch).build();
    }

    /** Feign's request has its body in memory, or none. */
    private static okhttp3.Request stream(Payload payload, okhttp3.Request request) throws IOException {
        Payload.Sending sending = payload.send();
        Progress progress = request.tag(Progress.class);
        Watch watch = request.tag(Watch.class);
        progress.streamed = true;
        return request.newBuilder()
                .method(request.method(), new RequestBody() {
                    @Override
                    public MediaType contentType() {
                        return JSON;
                    }

                    @Override
                    public long contentLength() {
                        return sending.length();
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        OutputStream out = sink.outputStream();
                        sending.writeTo(
                                new FilterOutputStream(out) {
                                    @Override
                                    public void write(byte[] bytes, int offset, int length) throws IOException {
                                        out.write(bytes, offset, length);
                                        watch.transferred(length);
                                    }
                                },
                                () -> progress.sent = true);
                    }
                })
                .build();
    }

    /** OkHttp counts whole milliseconds, and takes none for no limit. */
    private static Duration roundUp(Duration remaining) {
        return Duration.ofMillis(remaining.toMillis() + 1);
    }

    /** Closes the connections. Calls under way end as if the connection were lost. */
    @Override
    public void close() {
        closed = true;
        end.countDown();
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        pools.forEach(pool -> pool.http().connectionPool().evictAll());
        // Those whose answer is being read: OkHttp takes their calls for ended.
        sockets.close();
        bodies.forEach(okhttp3.Call::cancel);
    }

    /** What is known of one attempt, on its way through OkHttp. */
    private static final class Progress {
        private boolean sent;
        private boolean streamed;
        private boolean plain;
        private int hiddenStatus;

        /** What is streamed has not been sent before its end. */
        void begin() {
            sent = !streamed;
        }

        IOException of(IOException failure) {
            return sent ? new SentException(failure) : new NotSentException(failure);
        }
    }

    /** A connection that is not as the last exchange should have left it. */
    private static final class UsedUpException extends IOException {
        private static final long serialVersionUID = 1L;

        UsedUpException(String message) {
            super(message);
        }
    }

    /** Cancels a call when its thread is interrupted, on a socket that does not do so by itself. */
    private static final class Interruptible extends AbstractInterruptibleChannel {
        private final okhttp3.Call call;

        Interruptible(okhttp3.Call call) {
            this.call = call;
        }

        void start() {
            begin();
        }

        void stop() {
            try {
                end(true);
            } catch (AsynchronousCloseException e) {
                // The call tells.
            }
        }

        @Override
        protected void implCloseChannel() {
            call.cancel();
        }
    }

    /** Cancels a call at a deadline that moves, which OkHttp's own does not. */
    private static final class Watch extends AsyncTimeout {
        private final okhttp3.Call call;
        private final Deadline deadline;

        Watch(okhttp3.Call call, Deadline deadline) {
            this.call = call;
            this.deadline = deadline;
        }

        void begin() {
            timeout(Math.max(1, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
            enter();
        }

        void transferred(long bytes) {
            deadline.transferred(bytes);
            exit();
            begin();
        }

        @Override
        protected void timedOut() {
            call.cancel();
        }
    }

    /** Around OkHttp: tells a request that was sent from one that was not. */
    private okhttp3.Response follow(Interceptor.Chain chain) throws IOException {
        Watch watch = chain.request().tag(Watch.class);
        Interruptible interruptible = new Interruptible(chain.call());
        interruptible.start();
        begin(watch);
        try {
            return proceed(chain);
        } finally {
            end(watch);
            interruptible.stop();
        }
    }

    private static void begin(@Nullable Watch watch) {
        if (watch != null) {
            watch.begin();
        }
    }

    private static void end(@Nullable Watch watch) {
        if (watch != null) {
            watch.exit();
        }
    }

    /** A body that a deadline ends, and an interrupt and {@code close()} on a socket that does not do so by itself. */
    private ResponseBody watched(ResponseBody body, okhttp3.Call call, @Nullable Watch watch) {
        bodies.add(call);
        if (closed) {
            call.cancel();
        }
        Interruptible interruptible = new Interruptible(call);
        Source source = new ForwardingSource(body.source()) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                interruptible.start();
                begin(watch);
                try {
                    return super.read(sink, byteCount);
                } finally {
                    end(watch);
                    interruptible.stop();
                }
            }

            @Override
            public void close() throws IOException {
                bodies.remove(call);
                super.close();
            }
        };
        return ResponseBody.create(Okio.buffer(source), body.contentType(), body.contentLength());
    }

    private okhttp3.Response proceed(Interceptor.Chain chain) throws IOException {
        while (true) {
            Progress progress = new Progress();
            try {
                if (closed) {
                    // A call that close() overtook before OkHttp knew of it, and could cancel it.
                    throw new IOException("closed");
                }
                okhttp3.Response response = chain.proceed(chain.request()
                        .newBuilder()
                        .tag(Progress.class, progress)
                        .build());
                if (progress.hiddenStatus != 0) {
                    response = response.newBuilder().code(progress.hiddenStatus).build();
                }
                Watch watch = chain.request().tag(Watch.class);
                return watch == null && !progress.plain
                        ? response
                        : response.newBuilder()
                                .body(watched(response.body(), chain.call(), watch))
                                .build();
            } catch (UsedUpException e) {
                if (progress.sent) {
                    throw progress.of(e);
                }
                // Nothing was sent: another connection will do, and this one is gone from the pool.
            } catch (IOException e) {
                throw progress.of(e);
            } catch (RuntimeException e) {
                throw progress.of(new IOException(e.toString(), e));
            } catch (Exception e) {
                // Kotlin declares no exceptions: an interrupt while OkHttp connects comes out as it is.
                Thread.currentThread().interrupt();
                throw progress.of(new InterruptedIOException("interrupted while connecting"));
            }
        }
    }

    /** Within OkHttp, once there is a connection, TLS included. */
    private okhttp3.Response exchange(Interceptor.Chain chain) throws IOException {
        Progress progress = chain.request().tag(Progress.class);
        ChannelSocket socket = sockets.below(chain.connection().socket());
        okhttp3.Response response = socket == null ? exchangeOnce(chain, progress) : exchange(chain, progress, socket);
        return isActedUpon(response.code(), chain.connection()) ? hideStatus(response, progress) : response;
    }

    private static okhttp3.Response exchange(Interceptor.Chain chain, Progress progress, ChannelSocket socket)
            throws IOException {
        if (!socket.isReadyForRequest()) {
            throw new UsedUpException("the connection has something to read, or has ended, before the request");
        }
        long reads = socket.reads();
        // OkHttp times reads itself, by closing the socket. A channel with a timeout of its own besides goes into
        // non-blocking mode and back at every read.
        socket.setSoTimeout(0);
        progress.begin();
        okhttp3.Response response = chain.proceed(chain.request());
        if (socket.reads() == reads) {
            // Closed before the response is: reading that to its end would put the connection back into the pool.
            socket.close();
            response.close();
            throw new UsedUpException("the answer was there before the request");
        }
        return response;
    }

    /**
     * OkHttp makes the sockets of a SOCKS proxy itself. Nothing tells what is in one before a request, but that it is
     * new: so there is one exchange on each.
     */
    private static okhttp3.Response exchangeOnce(Interceptor.Chain chain, Progress progress) throws IOException {
        Socket socket = chain.connection().socket();
        socket.setTcpNoDelay(true);
        if (chain.connection().handshake() == null && socket.getInputStream().available() > 0) {
            throw new IOException("the connection has something to read before the request");
        }
        progress.plain = true;
        progress.begin();
        return chain.proceed(
                chain.request().newBuilder().header("Connection", "close").build());
    }

    /** A proxy's 407 is OkHttp's to answer, but not one that comes through a proxy's tunnel. */
    private static boolean isActedUpon(int status, Connection connection) {
        boolean toProxy = connection.route().proxy().type() == Proxy.Type.HTTP && connection.handshake() == null;
        return ACTED_UPON.contains(status) && !(status == 407 && toProxy);
    }

    private static okhttp3.Response hideStatus(okhttp3.Response response, Progress progress) {
        progress.hiddenStatus = response.code();
        return response.newBuilder().code(500).build();
    }

    private static SSLContext platformContext() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the platform's trust store or key store (javax.net.ssl.trustStore, javax.net.ssl.keyStore)"
                            + " cannot be used",
                    e);
        }
    }

    /** OkHttp asks for a trust manager beside the SSLContext, to put chains in order. The SSLContext's own decides. */
    private static X509TrustManager platformTrust() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no default trust store", e);
        }
    }
}
