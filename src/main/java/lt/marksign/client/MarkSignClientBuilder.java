package lt.marksign.client;

import static lt.marksign.client.call.Arguments.duration;
import static lt.marksign.client.call.Arguments.notNull;
import static lt.marksign.client.call.Arguments.require;

import feign.Capability;
import feign.Client;
import feign.Feign;
import java.io.Closeable;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import lt.marksign.client.api.Gateway;
import lt.marksign.client.call.AccessToken;
import lt.marksign.client.call.BaseUrl;
import lt.marksign.client.call.CallSettings;
import lt.marksign.client.call.CallSettings.RetryPolicy;
import lt.marksign.client.call.CallSettings.Timeouts;
import lt.marksign.client.call.MarkSignCapability;
import lt.marksign.client.call.OkHttpTransport;
import lt.marksign.client.model.CallListener;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Builds a {@link MarkSignClient}. The access token is required; every other setting has a default. Every setter throws an
 * {@link IllegalArgumentException} if an argument is null. Not thread-safe.
 *
 * <p>These limits are fixed:
 *
 * <ul>
 *   <li>A response has at most 1 MiB. If it may hold a document, it has at most 4/3 of {@link #maxDocumentSize} plus 1 MiB.
 *   <li>JSON has at most 500 levels.
 *   <li>Redirects are not followed. The protocol is HTTP/1.1.
 *   <li>Idle connections are kept for 30 s. Connections through a SOCKS proxy are not reused.
 *   <li>The gateway's message is cut to 200 characters in an exception's message, and to 4,096 in {@code gatewayMessage()}.
 * </ul>
 */
public final class MarkSignClientBuilder implements Cloneable {
    private static final String USER_AGENT = "marksign-client/" + Gateway.SPEC_VERSION;

    private @Nullable Supplier<String> accessToken;
    String baseUrl = Gateway.PRODUCTION_SERVER;
    private boolean plainHttpAllowed;
    MarkSignLocale locale = MarkSignLocale.LT;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private RetryPolicy retries = RetryPolicy.DEFAULT;
    private Duration pollInterval = Duration.ofSeconds(2);
    private UnaryOperator<Duration> signaturePolls = growing(Duration.ofSeconds(30), Duration.ofMinutes(5));
    private @Nullable Executor executor;
    private long maxDocumentSize = 100L * 1024 * 1024;
    private @Nullable CallListener callListener;
    private Map<String, String> headers = Map.of(RequestHeaders.USER_AGENT, USER_AGENT);
    private @Nullable SSLContext sslContext;
    private @Nullable Proxy proxy;
    private @Nullable PasswordAuthentication proxyCredentials;
    private @Nullable Client httpClient;
    private Consumer<Feign.Builder> feignCustomizer = feign -> {};

    MarkSignClientBuilder() {}

    static MarkSignClientBuilder fromEnv(UnaryOperator<String> environment) {
        MarkSignClientBuilder builder = new MarkSignClientBuilder();
        requireState(
                environment.apply("MARKSIGN_ACCESS_TOKEN") != null,
                "MARKSIGN_ACCESS_TOKEN is not set: it must hold the API access token");
        Map<String, Consumer<String>> settings = Map.of(
                "MARKSIGN_ACCESS_TOKEN", builder::accessToken,
                "MARKSIGN_BASE_URL", builder::baseUrl,
                "MARKSIGN_LOCALE", name -> builder.locale(MarkSignLocale.parse(name)));
        settings.forEach((variable, setting) -> {
            try {
                Optional.ofNullable(environment.apply(variable)).ifPresent(setting);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(variable + " cannot be used: " + e.getMessage(), e);
            }
        });
        return builder;
    }

    /**
     * Sets the required API access token, which Mark Sign issued. The token goes into the body, the query or the
     * {@code Authorization} header of every request, as the spec says, and nowhere else. In the header it must be ASCII.
     *
     * @param accessToken the token
     * @return this
     * @throws IllegalArgumentException if it is null or blank, or contains an unresolved placeholder, white space, control
     *     characters or unpaired surrogates
     */
    public MarkSignClientBuilder accessToken(String accessToken) {
        String token = AccessToken.validate(accessToken, "accessToken");
        return accessToken(() -> token);
    }

    /**
     * Sets a supplier of the access token, in place of a fixed one, for a token that changes. Each call invokes the supplier on
     * the calling thread, so keep the token in memory. The supplier's time counts toward {@link #callTimeout}. If the timeout
     * passes, the supplier is not interrupted, and the call ends when the supplier returns. The caller receives the supplier's
     * exceptions unchanged. A checked exception, which Kotlin and Scala permit, becomes the cause of an
     * {@link IllegalStateException}, because the interfaces declare no exceptions.
     *
     * @param accessToken supplies the token
     * @return this
     */
    public MarkSignClientBuilder accessToken(Supplier<String> accessToken) {
        this.accessToken = notNull("accessToken", accessToken);
        return this;
    }

    /**
     * Sets the base URL of the gateway; the default is {@value Gateway#PRODUCTION_SERVER}.
     *
     * @param baseUrl an {@code https} URL, or an {@code http} URL of a loopback host, without user info, query or fragment. The
     *     spec's paths are appended to its path. Non-ASCII host names are converted to ASCII, scheme and host to lower case
     * @return this
     * @throws IllegalArgumentException if it is not such a URL; {@link #build()} checks that an {@code http} host is loopback
     */
    public MarkSignClientBuilder baseUrl(@Nullable String baseUrl) {
        this.baseUrl = BaseUrl.parse(baseUrl);
        return this;
    }

    /**
     * Sets the base URL of the gateway, with the rules and the default of {@link #baseUrl(String)}.
     *
     * @param baseUrl the URL
     * @return this
     * @throws IllegalArgumentException as {@link #baseUrl(String)}
     */
    public MarkSignClientBuilder baseUrl(@Nullable URI baseUrl) {
        return baseUrl(baseUrl == null ? null : baseUrl.toString());
    }

    /**
     * Permits a base URL that is neither {@code https} nor loopback; refused by default. Everyone on the network path can then
     * read the access token and the session ids.
     *
     * @return this
     */
    public MarkSignClientBuilder allowPlainHttp() {
        this.plainHttpAllowed = true;
        return this;
    }

    /**
     * Sets the language of the gateway's messages; the default is {@link MarkSignLocale#LT}.
     *
     * @param locale the language
     * @return this
     */
    public MarkSignClientBuilder locale(MarkSignLocale locale) {
        this.locale = notNull("locale", locale);
        return this;
    }

    /**
     * Sets the maximum time of a call, including retries and the pauses between them; the default is 60 s. Each 16 KiB of a
     * document that is sent or received extends the deadline by 1 s, but never beyond one {@code callTimeout} from that moment.
     * Deadlines are checked every 20 ms.
     *
     * @param callTimeout from 1 ms to 24 days
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder callTimeout(Duration callTimeout) {
        this.timeouts = new Timeouts(duration("callTimeout", callTimeout), timeouts.connect(), timeouts.read());
        return this;
    }

    /**
     * Sets the maximum time to open a TCP connection; the default is 10 s. {@link #readTimeout} limits the time without data in
     * a TLS handshake.
     *
     * @param connectTimeout from 1 ms to 24 days
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder connectTimeout(Duration connectTimeout) {
        this.timeouts = new Timeouts(timeouts.call(), duration("connectTimeout", connectTimeout), timeouts.read());
        return this;
    }

    /**
     * Sets how long the gateway may be silent before and within a response; the default is 30 s. If the gateway stops reading a
     * request, the call ends at {@link #callTimeout}.
     *
     * @param readTimeout from 1 ms to 24 days
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder readTimeout(Duration readTimeout) {
        this.timeouts = new Timeouts(timeouts.call(), timeouts.connect(), duration("readTimeout", readTimeout));
        return this;
    }

    /**
     * Sets the maximum number of retries of a call; the default is 2. An idempotent call is retried if the gateway was not
     * reached, if the response was lost, and after 429 or 503. Any other call is retried only if it was certainly not sent, or
     * after 429.
     *
     * @param maxRetries the maximum; 0 disables retries
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public MarkSignClientBuilder maxRetries(int maxRetries) {
        this.retries = new RetryPolicy(maxRetries, retries.firstBackoff(), retries.maxBackoff());
        return this;
    }

    /**
     * Sets the pause before a retry; the default is 200 ms at first and 5 s at most. The backoff grows exponentially from
     * {@code first} to {@code longest}. Jitter shortens each pause by up to half. A pause is no shorter than the gateway's
     * {@code Retry-After} asks for, in seconds. If the pause would outlast the call's remaining time, the call is not retried.
     *
     * @param first the first pause
     * @param longest the longest pause, at most 24 days
     * @return this
     * @throws IllegalArgumentException if one is out of range, or the first is longer than the longest
     */
    public MarkSignClientBuilder retryBackoff(Duration first, Duration longest) {
        this.retries =
                new RetryPolicy(retries.maxRetries(), notNull("retryBackoff", first), notNull("retryBackoff", longest));
        return this;
    }

    /**
     * Sets the pause between two checks in a wait for a {@link Session}; the default is 2 s.
     *
     * @param pollInterval from 1 ms to 24 days
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder pollInterval(Duration pollInterval) {
        this.pollInterval = duration("pollInterval", pollInterval);
        return this;
    }

    /**
     * Sets the pause between two checks of {@link Workspace#awaitSigned}; the default grows from 30 s to 5 min. The pause is a
     * tenth of the elapsed time, within these bounds.
     *
     * @param first the shortest pause, at least 1 ms
     * @param longest the longest pause, at most 24 days
     * @return this
     * @throws IllegalArgumentException if one is out of range, or the first is longer than the longest
     */
    public MarkSignClientBuilder signaturePollInterval(Duration first, Duration longest) {
        duration("signaturePollInterval", first);
        duration("signaturePollInterval", longest);
        require(
                first.compareTo(longest) <= 0,
                "signaturePollInterval",
                "must have a first pause that is no longer than the longest");
        this.signaturePolls = growing(first, longest);
        return this;
    }

    private static UnaryOperator<Duration> growing(Duration first, Duration longest) {
        return passed -> Collections.max(List.of(first, Collections.min(List.of(longest, passed.dividedBy(10)))));
    }

    /**
     * Sets the executor of the checks of {@link Session#awaitAsync} and {@link Workspace#awaitSignedAsync}; the default has up
     * to 256 daemon threads, which end when they are idle. A check blocks a thread until the gateway responds. From JDK 21 on,
     * {@code Executors.newVirtualThreadPerTaskExecutor()} is recommended. Up to 16 other threads remove abandoned sessions, and
     * up to 16 more end waits whose checks are late.
     *
     * @param executor runs the checks. It must not run them on the submitting thread, because that ends the wait. Its
     *     {@code execute} must not block, because it is called on the JDK's timer, of which a JVM has one. Closing the
     *     {@code MarkSignClient} does not affect the executor
     * @return this
     */
    public MarkSignClientBuilder executor(Executor executor) {
        this.executor = notNull("executor", executor);
        return this;
    }

    /**
     * Sets the maximum size of a document that is sent or downloaded; the default is 100 MiB. A signed document in a response
     * may be up to 768 KiB larger, for its signatures. A document in memory takes up to five times its size. A document over
     * the limit fails the call before it takes that memory.
     *
     * @param bytes at least 1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder maxDocumentSize(long bytes) {
        require(bytes >= 1, "maxDocumentSize", "must be at least 1 byte, but is " + bytes);
        this.maxDocumentSize = bytes;
        return this;
    }

    /**
     * Sets the listener of all calls; there is no listener by default. In a Spring Boot application with an
     * {@code ObservationRegistry}, the default listener reports to that registry.
     *
     * @param callListener the listener; there can be only one
     * @return this
     * @throws IllegalArgumentException if it is null
     */
    public MarkSignClientBuilder callListener(CallListener callListener) {
        this.callListener = notNull("callListener", callListener);
        return this;
    }

    /**
     * Sets the text after the library's own name in the {@code User-Agent} header; there is no text by default. With
     * {@code my-app/2.3} the header is {@code marksign-client/1.0.0 my-app/2.3}.
     *
     * @param suffix visible ASCII characters with spaces between them, such as {@code my-app/2.3}
     * @return this
     * @throws IllegalArgumentException if it is empty or contains other characters
     */
    public MarkSignClientBuilder userAgentSuffix(String suffix) {
        this.headers = RequestHeaders.withUserAgent(headers, USER_AGENT, suffix);
        return this;
    }

    /**
     * Sets a header of every request; there is no additional header by default. It may hold the key of your own gateway between
     * the application and Mark Sign: a value of nine or more characters is a secret, and is redacted in logs, messages and
     * observations. If an interceptor sets the same header, the interceptor's value is sent.
     *
     * @param name the name, in upper or lower case; a second value replaces the first. It must not be a header that the library
     *     or HTTP sets, such as {@code Host}, {@code Content-Type} or {@code User-Agent}
     * @param value visible ASCII characters with spaces or tabs between them
     * @return this
     * @throws IllegalArgumentException if the name is not a header name or not permitted, or the value is empty or contains
     *     other characters or an unresolved placeholder
     */
    public MarkSignClientBuilder header(String name, String value) {
        this.headers = RequestHeaders.with(headers, name, value);
        return this;
    }

    /**
     * Sets the TLS context, for a private certificate authority or mutual TLS; the default uses the platform's trust store and
     * key store. Host names are verified in either case.
     *
     * @param sslContext an initialized context
     * @return this
     */
    public MarkSignClientBuilder sslContext(SSLContext sslContext) {
        this.sslContext = notNull("sslContext", sslContext);
        return this;
    }

    /**
     * Sets the proxy; the default is the system's proxy, from {@link java.net.ProxySelector}. With an {@code http} base URL, a
     * proxy requires {@link #allowPlainHttp()}, because the proxy would read the access token.
     *
     * @param proxy the proxy, or {@link Proxy#NO_PROXY}
     * @return this
     */
    public MarkSignClientBuilder proxy(Proxy proxy) {
        this.proxy = notNull("proxy", proxy);
        return this;
    }

    /**
     * Sets the user and password of an HTTP proxy; the default is {@link java.net.Authenticator}. They are sent by Basic
     * authentication, in response to the proxy's 407. A SOCKS proxy always gets the credentials of {@code Authenticator}.
     *
     * @param user the user's name
     * @param password the password
     * @return this
     * @throws IllegalArgumentException if the user is null, blank or contains a colon, or the password is null
     */
    public MarkSignClientBuilder proxyCredentials(String user, String password) {
        require(
                user != null && !user.isBlank() && !user.contains(":") && password != null,
                "proxyCredentials",
                "must have a user that is not blank and has no colon, and a password");
        this.proxyCredentials = new PasswordAuthentication(user, password.toCharArray());
        return this;
    }

    /**
     * Sets a custom {@link Client} in place of the default, OkHttp; for instance one of Feign's other modules. The custom
     * client brings its connections, TLS and proxy, so {@link #sslContext}, {@link #proxy} and {@link #proxyCredentials} cannot
     * be set as well. It is called on the caller's thread, with {@link #connectTimeout} and {@link #readTimeout}.
     * {@link #callTimeout}, an interrupt and {@link MarkSignClient#close} do not end its attempts. The custom client may send a
     * request more than once, so the outcome of every failed call that it received is unknown. It must not follow redirects. It
     * receives a request with a document as one array, so {@code withProgress} reports how much was read, not sent.
     *
     * @param httpClient the client; closing the {@code MarkSignClient} leaves it open
     * @return this
     */
    public MarkSignClientBuilder httpClient(Client httpClient) {
        this.httpClient = notNull("httpClient", httpClient);
        return this;
    }

    /**
     * Customizes the Feign builder of the generated interfaces (interceptors, capabilities); by default nothing is changed. The
     * token, the checks, the retries, the encoder and the decoder stay. A capability that is added here wraps them and sees a
     * call as the caller does. A call must stay on its thread. Feign's own logger stays off, because it would log session ids.
     *
     * @param customizer changes the builder; called by {@link #build()}, and for each derived client with another token, call
     *     timeout or number of retries
     * @return this
     */
    public MarkSignClientBuilder customizeFeign(Consumer<Feign.Builder> customizer) {
        this.feignCustomizer = feignCustomizer.andThen(notNull("customizer", customizer));
        return this;
    }

    /**
     * Builds the client. The client does not connect before the first call.
     *
     * @return the client, which the caller must close
     * @throws IllegalStateException if the access token is missing, or settings contradict each other
     * @throws IllegalArgumentException if the base URL is plain {@code http} to a host that is not loopback, without
     *     {@link #allowPlainHttp()}
     */
    public MarkSignClient build() {
        require(
                plainHttpAllowed || BaseUrl.isSecure(baseUrl),
                "baseUrl",
                "must begin with https:// unless the host is loopback, but is " + baseUrl
                        + "; every request carries the access token; allowPlainHttp() lifts this rule");
        LoggerFactory.getLogger("lt.marksign.client").debug("calls {}", baseUrl);
        Client transport = transport();
        Closeable connections = httpClient == null ? (Closeable) transport : () -> {};
        Waits waits = new Waits(pollInterval, signaturePolls, executor);
        return build(transport, waits, () -> {
            waits.close();
            connections.close();
        });
    }

    /** Builds a client on a transport and waits, which derived clients share. */
    MarkSignClient build(Client transport, Waits waits, Closeable closing) {
        Feign.Builder feign =
                Feign.builder().client(transport).options(timeouts.toOptions()).addCapability(capability());
        feignCustomizer.accept(feign);
        return new MarkSignClient(copy(), feign.build(), transport, waits, closing, new ConcurrentHashMap<>());
    }

    MarkSignClientBuilder copy() {
        try {
            return (MarkSignClientBuilder) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("is Cloneable", e);
        }
    }

    /**
     * Returns this builder's settings of calls (the token, the retries and the call timeout) as a capability for your own Feign
     * builder, for instance Spring Cloud's. Use it with an unchanged contract, because the interfaces carry Feign's own
     * annotations.
     *
     * @return the capability
     * @throws IllegalStateException if the access token is missing
     */
    public Capability capability() {
        requireState(accessToken != null, "accessToken is not set: call accessToken(...) before build()");
        return new MarkSignCapability(new CallSettings(
                accessToken,
                retries,
                timeouts.call(),
                maxDocumentSize,
                plainHttpAllowed,
                Spec.GATEWAY,
                headers,
                callListener));
    }

    /**
     * Returns a client with this builder's timeouts, TLS and proxy for your own Feign builder, for instance Spring Cloud's; or
     * the {@link #httpClient}, if one was set.
     *
     * @return the client. Except for the {@code httpClient}, it is new at each call, is {@link Closeable}, and must be closed
     *     by the caller
     * @throws IllegalStateException if settings contradict each other
     */
    public Client transport() {
        if (httpClient != null) {
            requireState(
                    sslContext == null && proxy == null && proxyCredentials == null,
                    "sslContext, proxy and proxyCredentials are for the default HTTP client: give them to the httpClient");
            return httpClient;
        }
        requireState(
                proxyCredentials == null || proxy == null || proxy.type() == Proxy.Type.HTTP,
                "proxyCredentials are for an HTTP proxy, but the proxy is " + proxy);
        boolean direct = !plainHttpAllowed && baseUrl.startsWith("http:");
        requireState(
                !direct || proxy == null || proxy.type() == Proxy.Type.DIRECT,
                "the proxy would read the access token, because the baseUrl does not begin with https://;"
                        + " allowPlainHttp() lifts this rule");
        return new OkHttpTransport(
                timeouts, sslContext, direct ? Proxy.NO_PROXY : proxy, proxyCredentials, plainHttpAllowed);
    }

    private static void requireState(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }
}
