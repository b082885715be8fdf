package lt.marksign.client;

import static lt.marksign.client.Arguments.duration;
import static lt.marksign.client.Arguments.notNull;
import static lt.marksign.client.Arguments.require;

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
 * Builds a {@link MarkSignClient}. The access token is required; everything else has a default. Not thread-safe.
 *
 * <p>These bounds have no setting:
 *
 * <ul>
 *   <li>A response has at most 1 MiB; one that may hold a document, 4/3 of {@link #maxDocumentSize} and 1 MiB.
 *   <li>JSON has at most 500 levels.
 *   <li>Redirects are not followed. The protocol is HTTP/1.1.
 *   <li>Idle connections are kept for 30 s, those through a SOCKS proxy not at all.
 *   <li>The gateway's message has at most 200 characters in an exception's message, and 4,096 in {@code gatewayMessage()}.
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
     * The API access token that Mark Sign issued; required. It goes into the body, the query or the header
     * {@code Authorization} of every request, as the spec says, and nowhere else. In the header it must be ASCII.
     *
     * @param accessToken the token
     * @return this
     * @throws IllegalArgumentException if it is null or blank, is a placeholder that nothing has replaced, or has white
     *     space or control characters in it
     */
    public MarkSignClientBuilder accessToken(String accessToken) {
        String token = AccessToken.check(accessToken, "accessToken");
        return accessToken(() -> token);
    }

    /**
     * A source of the access token, for one that changes; in place of a fixed one. It is asked at each call, by the
     * calling thread, so it should have the token in memory: its time is part of {@link #callTimeout}, which does not
     * interrupt it, but ends the call after it. What it throws reaches the caller as it is; but a checked
     * exception, which the compiler of Kotlin or Scala lets pass, as the cause of an {@link IllegalStateException}, for
     * the interfaces declare none.
     *
     * @param accessToken gives the token
     * @return this
     */
    public MarkSignClientBuilder accessToken(Supplier<String> accessToken) {
        this.accessToken = notNull("accessToken", accessToken);
        return this;
    }

    /**
     * Where the gateway is; {@value Gateway#PRODUCTION_SERVER} by default.
     *
     * @param baseUrl an {@code https} URL, or an {@code http} one of this machine, without user info, query or fragment;
     *     the spec's paths are appended to its path. A host in letters beyond ASCII goes into its ASCII form, scheme and
     *     host into lower case
     * @return this
     * @throws IllegalArgumentException if it is not such a URL
     */
    public MarkSignClientBuilder baseUrl(@Nullable String baseUrl) {
        this.baseUrl = BaseUrl.parse(baseUrl);
        return this;
    }

    /**
     * Where the gateway is, with the rules and the default of {@link #baseUrl(String)}.
     *
     * @param baseUrl the URL
     * @return this
     * @throws IllegalArgumentException if it is not such a URL
     */
    public MarkSignClientBuilder baseUrl(@Nullable URI baseUrl) {
        return baseUrl(baseUrl == null ? null : baseUrl.toString());
    }

    /**
     * Permits a base URL that is neither {@code https} nor loopback; refused by default. Everybody on the way can then
     * read the access token and the session ids.
     *
     * @return this
     */
    public MarkSignClientBuilder allowPlainHttp() {
        this.plainHttpAllowed = true;
        return this;
    }

    /**
     * The language of the gateway's messages; {@link MarkSignLocale#LT} by default.
     *
     * @param locale the language
     * @return this
     */
    public MarkSignClientBuilder locale(MarkSignLocale locale) {
        this.locale = notNull("locale", locale);
        return this;
    }

    /**
     * How long a call may take, retries and the pauses between them included; 60 s by default. A document that is sent
     * or received puts the end off, by a second for each 16 KiB that have passed, to this time from then at the latest.
     * Deadlines are checked every 20 ms.
     *
     * @param callTimeout from 1 ms up
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder callTimeout(Duration callTimeout) {
        this.timeouts = new Timeouts(duration("callTimeout", callTimeout), timeouts.connect(), timeouts.read());
        return this;
    }

    /**
     * How long opening a connection may take; 10 s by default.
     *
     * @param connectTimeout from 1 ms up
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder connectTimeout(Duration connectTimeout) {
        this.timeouts = new Timeouts(timeouts.call(), duration("connectTimeout", connectTimeout), timeouts.read());
        return this;
    }

    /**
     * How long the gateway may be silent before and within a response; 30 s by default. A gateway that stops reading a request
     * ends the call at {@link #callTimeout}.
     *
     * @param readTimeout from 1 ms up
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder readTimeout(Duration readTimeout) {
        this.timeouts = new Timeouts(timeouts.call(), timeouts.connect(), duration("readTimeout", readTimeout));
        return this;
    }

    /**
     * How often a call is tried again at most; 2 by default. It is tried again when the gateway was not reached, its
     * response was lost, or it responded with 429 or 503. What begins something is tried again only when it was certainly
     * not sent, or after 429.
     *
     * @param maxRetries how often at most; 0 is never
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public MarkSignClientBuilder maxRetries(int maxRetries) {
        this.retries = new RetryPolicy(maxRetries, retries.firstBackoff(), retries.maxBackoff());
        return this;
    }

    /**
     * How long to pause before a retry; 200 ms at first and 5 s at most, by default. The backoff is
     * exponential, from {@code first} to {@code longest}, with a jitter of up to half of it. The pause is no shorter than the
     * gateway asks for by {@code Retry-After}, in seconds. A pause that would outlast the call's time is not begun.
     *
     * @param first the first pause
     * @param longest the longest pause
     * @return this
     * @throws IllegalArgumentException if one is negative, or the first longer than the longest
     */
    public MarkSignClientBuilder retryBackoff(Duration first, Duration longest) {
        this.retries =
                new RetryPolicy(retries.maxRetries(), notNull("retryBackoff", first), notNull("retryBackoff", longest));
        return this;
    }

    /**
     * How long a wait for a {@link Session} pauses from one check to the next; 2 s by default.
     *
     * @param pollInterval from 1 ms up
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder pollInterval(Duration pollInterval) {
        this.pollInterval = duration("pollInterval", pollInterval);
        return this;
    }

    /**
     * Sets the pause between two checks of {@link Workspace#awaitSigned}; 30 s growing to 5 min by default. It is a tenth of the
     * time that has passed, within these bounds.
     *
     * @param first the shortest pause, from 1 ms up
     * @param longest the longest pause
     * @return this
     * @throws IllegalArgumentException if one is out of range, or the first longer than the longest
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
     * Sets the executor of the checks of {@link Session#awaitAsync}; up to 256 daemon threads by default. A check blocks a
     * thread for as long as the gateway takes to respond; the default's threads end when they are idle. From JDK 21 on
     * {@code Executors.newVirtualThreadPerTaskExecutor()} is recommended. Sessions that are given up are removed by up to
     * 16 more threads, and waits whose checks are late are ended by as many.
     *
     * @param executor runs the checks, never in the thread that hands them over, for that ends the wait; closing the
     *     {@code MarkSignClient} leaves it as it is
     * @return this
     */
    public MarkSignClientBuilder executor(Executor executor) {
        this.executor = notNull("executor", executor);
        return this;
    }

    /**
     * How large a document may be, sent or downloaded; 100 MiB by default. A signed document in a response may be up to
     * 768 KiB larger, for its signatures. A document in memory takes up to five times its size, and what is larger than this
     * fails the call before that.
     *
     * @param bytes from 1 up
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder maxDocumentSize(long bytes) {
        require(bytes >= 1, "maxDocumentSize", "must be at least 1 byte, but is " + bytes);
        this.maxDocumentSize = bytes;
        return this;
    }

    /**
     * Sets who is told of each call; nobody by default. In a Spring Boot application with an {@code ObservationRegistry}, that
     * is told.
     *
     * @param callListener the one listener
     * @return this
     * @throws IllegalArgumentException if it is null
     */
    public MarkSignClientBuilder callListener(CallListener callListener) {
        this.callListener = notNull("callListener", callListener);
        return this;
    }

    /**
     * What follows the library's own name in the header {@code User-Agent}; nothing by default. With {@code my-app/2.3} the
     * header is {@code marksign-client/1.0.0 my-app/2.3}.
     *
     * @param suffix visible ASCII characters, and spaces between them, such as {@code my-app/2.3}
     * @return this
     * @throws IllegalArgumentException if there are others in it, or none
     */
    public MarkSignClientBuilder userAgentSuffix(String suffix) {
        this.headers = RequestHeaders.withUserAgent(headers, USER_AGENT, suffix);
        return this;
    }

    /**
     * A header of every request; none by default. It may be the key of a gateway of the application's own on the way: a
     * value of nine characters or more is treated as a secret, which no log, message or observation has. An interceptor that
     * sets the same header comes first.
     *
     * @param name its name, in upper or lower case; a second value replaces the first. Not one that the library sets, or
     *     HTTP for it: what the message lists, such as {@code Host}, {@code Content-Type} or {@code User-Agent}
     * @param value visible ASCII characters, and spaces or tabs between them
     * @return this
     * @throws IllegalArgumentException if the name is not a header's or one of those, or the value has other characters in
     *     it, none, or is a placeholder that nothing has replaced
     */
    public MarkSignClientBuilder header(String name, String value) {
        this.headers = RequestHeaders.with(headers, name, value);
        return this;
    }

    /**
     * Whom to trust, and how to identify to the gateway; the platform's trust store and key store by default. For a
     * private certificate authority, or mutual TLS. Host names are verified all the same.
     *
     * @param sslContext an initialised context
     * @return this
     */
    public MarkSignClientBuilder sslContext(SSLContext sslContext) {
        this.sslContext = notNull("sslContext", sslContext);
        return this;
    }

    /**
     * The proxy to go through; the system's by default, as {@link java.net.ProxySelector} tells. To an {@code http} base
     * URL there is no way through a proxy without {@link #allowPlainHttp()}, for the proxy would read the access token.
     *
     * @param proxy the proxy, or {@link Proxy#NO_PROXY}
     * @return this
     */
    public MarkSignClientBuilder proxy(Proxy proxy) {
        this.proxy = notNull("proxy", proxy);
        return this;
    }

    /**
     * User and password for an HTTP proxy that asks for them; what {@link java.net.Authenticator} says by default. They go
     * to the proxy by Basic authentication, in response to its 407. A SOCKS proxy is always told what {@code Authenticator}
     * says.
     *
     * @param user the user's name
     * @param password the password
     * @return this
     * @throws IllegalArgumentException if the user is null, blank or has a colon in it, or the password is null
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
     * Another HTTP client in place of the default, OkHttp; for instance one of Feign's other modules. It brings its
     * connections, TLS and proxy, so {@link #sslContext}, {@link #proxy} and {@link #proxyCredentials} cannot be given as
     * well. It is called in the caller's thread, with {@link #connectTimeout} and {@link #readTimeout}. {@link #callTimeout}, an
     * interrupt and {@link MarkSignClient#close} do not end its attempts. It may send a request more than once, so the outcome of
     * every call that does not return is unknown. It must not follow redirects. It gets a request with a document as one array,
     * and {@code withProgress} tells how much was read, not sent.
     *
     * @param httpClient the client; closing the {@code MarkSignClient} leaves it open
     * @return this
     */
    public MarkSignClientBuilder httpClient(Client httpClient) {
        this.httpClient = notNull("httpClient", httpClient);
        return this;
    }

    /**
     * Changes how Feign builds the generated interfaces (interceptors, capabilities); nothing is changed by default. The token,
     * the checks, the retries, the encoder and the decoder stay; a capability that is added here stands around them and sees a
     * call as the caller does. A call must stay on its thread. Feign's own logger stays off, for it would write out session ids.
     *
     * @param customizer changes the builder; called by {@link #build()}, and for each client that is derived from that one
     * @return this
     */
    public MarkSignClientBuilder customizeFeign(Consumer<Feign.Builder> customizer) {
        this.feignCustomizer = feignCustomizer.andThen(notNull("customizer", customizer));
        return this;
    }

    /**
     * Builds the client. Nothing is connected to before the first call.
     *
     * @return the client, to be closed by the caller
     * @throws IllegalStateException if the access token is missing, or settings contradict each other
     * @throws IllegalArgumentException if the base URL is plain {@code http} and the host not this machine
     */
    public MarkSignClient build() {
        require(
                plainHttpAllowed || BaseUrl.isSecret(baseUrl),
                "baseUrl",
                "must begin with https:// unless the host is loopback, but is " + baseUrl
                        + "; every request carries the access token; allowPlainHttp() lifts this rule");
        LoggerFactory.getLogger("lt.marksign.client").debug("calls {}", baseUrl);
        Client transport = transport();
        Closeable connections = httpClient == null ? (Closeable) transport : () -> {};
        SessionWaits waits = new SessionWaits(pollInterval, signaturePolls, executor);
        return build(transport, waits, () -> {
            waits.close();
            connections.close();
        });
    }

    /** Builds a client on what another one holds. */
    MarkSignClient build(Client transport, SessionWaits waits, Closeable closing) {
        Feign.Builder feign =
                Feign.builder().client(transport).options(timeouts.toOptions()).addCapability(capability());
        feignCustomizer.accept(feign);
        return new MarkSignClient(copy(), feign.build(), transport, waits, closing, new ConcurrentHashMap<>());
    }

    /** Returns a builder of the same settings, to change some of them. */
    MarkSignClientBuilder copy() {
        try {
            return (MarkSignClientBuilder) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("is Cloneable", e);
        }
    }

    /**
     * What this builder was told of the token, the retries and the call timeout, as a capability for a Feign builder of
     * the caller's own, such as Spring Cloud's. Use it with an unchanged contract: the interfaces carry Feign's own
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
     * What this builder was told of the timeouts, TLS and the proxy, as a client for a Feign builder of the caller's own,
     * such as Spring Cloud's; or the {@link #httpClient} that it was given.
     *
     * @return the client, made anew by each call of this method; one that was made is {@link Closeable}, and to be closed
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
