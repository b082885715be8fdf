package lt.marksign.client.call;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.Socket;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with OkHttp, which chooses addresses and proxies and pools connections. OkHttp never resends a request here.
 * No timeout depends on OkHttp's watchdog thread, which all clients of a JVM share.
 */
public final class OkHttpTransport implements Client, Transport, Closeable {
    /** Shorter than the time for which servers usually keep an idle connection. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** The interval at which deadlines are checked. */
    private static final Duration TICK = Duration.ofMillis(20);

    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private final GatewaySocket.Factory sockets;
    private final OkHttpClient http;
    private final boolean plainHttpAllowed;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1,
            task -> {
                Thread thread = new Thread(task, "marksign-timer");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Creates a transport with its own connection pool.
     *
     * @param timeouts the connect timeout and the read timeout
     * @param sslContext the trusted certificates and the client certificate, or {@code null} for the platform's default
     * @param proxy the proxy, or {@code null} for the system's default
     * @param proxyCredentials the user of an HTTP proxy, or {@code null} to ask {@link java.net.Authenticator}
     * @param plainHttpAllowed whether the token may be sent without TLS to another machine
     */
    public OkHttpTransport(
            CallSettings.Timeouts timeouts,
            @Nullable SSLContext sslContext,
            @Nullable Proxy proxy,
            @Nullable PasswordAuthentication proxyCredentials,
            boolean plainHttpAllowed) {
        this.sockets = new GatewaySocket.Factory(timeouts.read());
        this.plainHttpAllowed = plainHttpAllowed;
        this.timer.setKeepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
        this.timer.allowCoreThreadTimeOut(true);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(timeouts.connect())
                // OkHttp's own timeouts end in one thread of the JVM, which any client can block.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                // With HTTP/2, a cancelled call could disturb other calls on its connection.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(Integer.MAX_VALUE, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .socketFactory(sockets)
                .addNetworkInterceptor(this::intercept)
                .proxy(proxy)
                .proxyAuthenticator(once(
                        proxyCredentials == null ? Authenticator.JAVA_NET_AUTHENTICATOR : basic(proxyCredentials)));
        this.http = trusting(sslContext, builder).build();
    }

    /** The context's own trust manager decides. OkHttp uses the second one only to sort certificate chains. */
    private static OkHttpClient.Builder trusting(@Nullable SSLContext context, OkHttpClient.Builder builder) {
        try {
            SSLContext used = context == null ? SSLContext.getDefault() : context;
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            return builder.sslSocketFactory(used.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the platform's trust store or key store (javax.net.ssl.trustStore, javax.net.ssl.keyStore)"
                            + " cannot be used",
                    e);
        }
    }

    private static Authenticator basic(PasswordAuthentication user) {
        String credentials =
                Credentials.basic(user.getUserName(), String.valueOf(user.getPassword()), StandardCharsets.UTF_8);
        return (route, response) ->
                response.challenges().stream().noneMatch(challenge -> "Basic".equalsIgnoreCase(challenge.scheme()))
                        ? null
                        : response.request()
                                .newBuilder()
                                .header(PROXY_AUTHORIZATION, credentials)
                                .build();
    }

    /** Sends credentials once, so that a proxy that refuses them does not cause a loop. */
    private static Authenticator once(Authenticator authenticator) {
        return (route, response) -> response.request().header(PROXY_AUTHORIZATION) == null
                ? authenticator.authenticate(route, response)
                : null;
    }

    /** Refuses: without the capability, the request has no token and the response would not be checked. */
    @Override
    public Response execute(Request request, Request.Options options) {
        throw new IllegalStateException(
                "add MarkSignClientBuilder.capability() to the Feign builder that uses this transport");
    }

    @Override
    public Response send(AuthorizedRequest request, Request.Options options, Deadline deadline) throws IOException {
        while (true) {
            try {
                return new Exchange(request, deadline).execute();
            } catch (StaleConnectionException e) {
                // Nothing was sent, and OkHttp closed that connection. Use another one.
            }
        }
    }

    @Override
    public void pause(Duration pause) throws InterruptedException {
        closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Closes the connections. In-flight calls fail as if their connections were lost. */
    @Override
    public void close() {
        closed.countDown();
        inFlight.forEach(exchange -> exchange.call.cancel());
        sockets.close();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
        timer.shutdownNow();
    }

    /** Schedules one check of all deadlines. A timer task for each call would wake a thread for each call. */
    private void watch() {
        if (!watched.getAndSet(true)) {
            timer.schedule(this::cancelOverdue, TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cancelOverdue() {
        watched.set(false);
        inFlight.stream().filter(exchange -> exchange.deadline.hasPassed()).forEach(exchange -> exchange.call.cancel());
        if (!inFlight.isEmpty()) {
            watch();
        }
    }

    /** A pooled connection that the peer closed, or that has unread bytes. */
    private static final class StaleConnectionException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * One request and its response. The deadline, an interrupt and {@link OkHttpTransport#close()} cancel it. It is a channel,
     * because the JDK closes a channel when a thread in it is interrupted.
     */
    private final class Exchange extends AbstractInterruptibleChannel {
        private final Request request;
        private final Deadline deadline;
        private final Call call;
        private volatile boolean sent;
        private int status;

        Exchange(AuthorizedRequest authorized, Deadline deadline) {
            this.request = authorized.request();
            this.deadline = deadline;
            okhttp3.Request.Builder builder =
                    new okhttp3.Request.Builder().url(request.url()).tag(Exchange.class, this);
            try {
                request.headers().forEach((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
            } catch (IllegalArgumentException e) {
                // Its message contains the value.
                throw new IllegalStateException("a header has characters that HTTP does not allow");
            }
            this.call = http.newCall(builder.method(request.httpMethod().name(), body(authorized.payload()))
                    .build());
        }

        private @Nullable RequestBody body(@Nullable Payload payload) {
            if (payload == null) {
                byte[] body = request.body();
                // OkHttp requires a body for a POST, even an empty one.
                return body == null && !request.httpMethod().isWithBody()
                        ? null
                        : RequestBody.create(body == null ? new byte[0] : body);
            }
            return new RequestBody() {
                @Override
                public @Nullable MediaType contentType() {
                    return null;
                }

                @Override
                public long contentLength() {
                    return payload.length();
                }

                @Override
                public void writeTo(BufferedSink sink) throws IOException {
                    payload.writeTo(
                            new FilterOutputStream(sink.outputStream()) {
                                @Override
                                public void write(byte[] bytes, int offset, int length) throws IOException {
                                    // Again, because a channel of the caller ends what the exchange began.
                                    begin();
                                    out.write(bytes, offset, length);
                                }
                            },
                            deadline);
                }
            };
        }

        Response execute() throws IOException {
            inFlight.add(this);
            try {
                if (isClosed() || deadline.hasPassed()) {
                    throw new IOException("ended before the request was sent");
                }
                watch();
                return toFeign(interruptibly(call::execute));
            } catch (StaleConnectionException | Error e) {
                untrack();
                throw e;
            } catch (Exception e) {
                untrack();
                // Kotlin has no checked exceptions: if OkHttp is interrupted while it connects, it throws
                // InterruptedException.
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (sent) {
                    throw new SentException(e);
                }
                throw e instanceof IOException own ? own : new IOException(e.toString(), e);
            }
        }

        private interface Step<T> {
            T run() throws IOException;
        }

        /** Runs a step, and cancels the call if the thread is interrupted during it. */
        private <T> T interruptibly(Step<T> step) throws IOException {
            begin();
            try {
                return step.run();
            } finally {
                try {
                    end(true);
                } catch (AsynchronousCloseException e) {
                    // The cancelled call throws its own exception.
                }
            }
        }

        @Override
        protected void implCloseChannel() {
            call.cancel();
        }

        private void untrack() {
            inFlight.remove(this);
        }

        private Response toFeign(okhttp3.Response response) {
            InputStream body = new FilterInputStream(response.body().byteStream()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return interruptibly(() -> in.read(bytes, offset, length));
                }

                @Override
                public void close() {
                    untrack();
                    response.close();
                }
            };
            return Response.builder()
                    .request(request)
                    .status(status)
                    .headers(new LinkedHashMap<>(response.headers().toMultimap()))
                    .body(body, null)
                    .build();
        }
    }

    /** OkHttp calls this once it has a connection, after the TLS handshake and through the tunnel of a proxy. */
    private okhttp3.Response intercept(Interceptor.Chain chain) throws IOException {
        Exchange exchange = chain.request().tag(Exchange.class);
        Connection connection = chain.connection();
        requireSecureConnection(connection);
        GatewaySocket socket = sockets.below(connection.socket());
        okhttp3.Request request = chain.request();
        if (socket == null) {
            request = prepareSocks(connection, request);
        } else if (!socket.isHealthy()) {
            throw new StaleConnectionException();
        }
        // OkHttp sets its own read timeout, 0, before each exchange.
        connection.socket().setSoTimeout(sockets.readTimeoutMillis());
        long reads = socket == null ? 0 : socket.reads();
        exchange.sent = true;
        okhttp3.Response response;
        try {
            response = chain.proceed(request);
        } catch (IOException e) {
            // OkHttp would resend the request after another exception.
            throw new SentException(e);
        }
        boolean unsolicited = socket != null && socket.reads() == reads;
        if (unsolicited || socket != null && response.code() == 101) {
            // First the socket: closing the response could put the connection back into the pool.
            socket.close();
            response.close();
            throw new SentException(new IOException(
                    unsolicited ? "an unsolicited response arrived before the request" : "the protocol was switched"));
        }
        exchange.status = response.code();
        boolean ofProxy = response.code() == 407
                && connection.handshake() == null
                && connection.route().proxy().type() == Proxy.Type.HTTP;
        // After some statuses, for example 503, OkHttp resends the request. It never does after 200.
        return ofProxy ? response : response.newBuilder().code(200).build();
    }

    /** Requires TLS or loopback, unless plain HTTP is allowed. No byte of the request is sent before this check. */
    private void requireSecureConnection(Connection connection) throws IOException {
        boolean toThisMachine = connection.route().proxy().type() == Proxy.Type.DIRECT
                && connection.socket().getInetAddress().isLoopbackAddress();
        if (connection.handshake() == null && !toThisMachine && !plainHttpAllowed) {
            throw new IOException("the request carries the access token, so it must be sent over https, or to this"
                    + " machine; allowPlainHttp() lifts this rule");
        }
    }

    /** OkHttp creates the sockets of a SOCKS route itself, so they cannot be checked for reuse. Each is used once. */
    private static okhttp3.Request prepareSocks(Connection connection, okhttp3.Request request) throws IOException {
        Socket socket = connection.socket();
        socket.setTcpNoDelay(true);
        if (connection.handshake() == null && socket.getInputStream().available() > 0) {
            throw new IOException("an unsolicited response arrived before the request");
        }
        return request.newBuilder().header("Connection", "close").build();
    }
}
