package lt.marksign.client;

import feign.Capability;
import feign.Client;
import feign.Feign;
import java.io.Closeable;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import lt.marksign.client.api.Gateway;
import lt.marksign.client.exchange.AccessToken;
import lt.marksign.client.exchange.RetryPolicy;
import lt.marksign.client.feign.JsonCodec;
import lt.marksign.client.feign.MarkSignCapability;
import lt.marksign.client.okhttp.OkHttpTransport;
import lt.marksign.client.spec.Spec;
import lt.marksign.client.transport.Timeouts;
import org.jspecify.annotations.Nullable;

/** Builds a {@link MarkSignClient}. The access token is required; everything else has a default. Not for several threads at once. */
public final class MarkSignClientBuilder implements Cloneable {
    private static final String USER_AGENT = "marksign-client/" + Gateway.SPEC_VERSION;

    private @Nullable Supplier<String> accessToken;
    private URI baseUrl = URI.create(Gateway.PRODUCTION_SERVER);
    private boolean plainHttpAllowed;
    private MarkSignLocale locale = MarkSignLocale.LT;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private RetryPolicy retries = RetryPolicy.DEFAULT;
    private Duration pollInterval = Duration.ofSeconds(2);
    private @Nullable Executor executor;
    private long maxDocumentSize = 100L * 1024 * 1024;
    private SessionListener sessionListener = (family, kind) -> (outcome, failure) -> {};
    private String userAgent = USER_AGENT;
    private Map<String, String> headers = Map.of();
    private @Nullable SSLContext sslContext;
    private @Nullable Proxy proxy;
    private @Nullable PasswordAuthentication proxyCredentials;
    private @Nullable Client httpClient;
    private Consumer<Feign.Builder> feignCustomizer = feign -> {};

    MarkSignClientBuilder() {}

    static MarkSignClientBuilder fromEnv(UnaryOperator<String> environment) {
        MarkSignClientBuilder builder = new MarkSignClientBuilder();
        String token = "MARKSIGN_ACCESS_TOKEN";
        if (environment.apply(token) == null) {
            throw new IllegalStateException(token + " is not set: it must hold the API access token");
        }
        apply(environment, token, builder::accessToken);
        apply(environment, "MARKSIGN_BASE_URL", builder::baseUrl);
        apply(environment, "MARKSIGN_LOCALE", name -> builder.locale(MarkSignLocale.parse(name)));
        return builder;
    }

    private static void apply(UnaryOperator<String> environment, String variable, Consumer<String> setting) {
        String value = environment.apply(variable);
        if (value == null) {
            return;
        }
        try {
            setting.accept(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(variable + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The API access token that Mark Sign issued; required. It goes into every request, in the body or, where the
     * operation takes it there, the query, and nowhere else.
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
     * calling thread, so it should answer from memory. What it throws reaches the caller as it is; but a checked
     * exception, which the compiler of Kotlin or Scala lets pass, as the cause of an {@link IllegalStateException}, for
     * the interfaces declare none.
     *
     * @param accessToken gives the token
     * @return this
     */
    public MarkSignClientBuilder accessToken(Supplier<String> accessToken) {
        if (accessToken == null) {
            throw new IllegalArgumentException("accessToken must not be null");
        }
        this.accessToken = accessToken;
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
    public MarkSignClientBuilder baseUrl(String baseUrl) {
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
    public MarkSignClientBuilder baseUrl(URI baseUrl) {
        this.baseUrl = BaseUrl.check(baseUrl);
        return this;
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
        this.locale = Objects.requireNonNull(locale, "locale must not be null");
        return this;
    }

    /**
     * How long a call may take, retries and the pauses between them included; 60 s by default. A document that is sent
     * or received puts the end off, by a second for each 16 KiB that have passed, to this time from then at the latest.
     *
     * @param callTimeout from 1 ms up
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder callTimeout(Duration callTimeout) {
        this.timeouts = new Timeouts(callTimeout, timeouts.connect(), timeouts.read());
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
        this.timeouts = new Timeouts(timeouts.call(), connectTimeout, timeouts.read());
        return this;
    }

    /**
     * How long the gateway may be silent before and within an answer, or take nothing of a request; 30 s by default.
     *
     * @param readTimeout from 1 ms up
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder readTimeout(Duration readTimeout) {
        this.timeouts = new Timeouts(timeouts.call(), timeouts.connect(), readTimeout);
        return this;
    }

    /**
     * How often a call is tried again at most; 2 by default. It is tried again when the gateway was not reached, its
     * answer was lost, or it answered 429 or 503. What begins something is tried again only when it was certainly not
     * sent, or after 429.
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
     * How long to pause before a retry; 200 ms at first and 5 s at most, by default. It is {@code first}, then twice as
     * long each time up to {@code longest}, less up to half of it at random; and no shorter than the gateway asks for by
     * {@code Retry-After}. A pause that would outlast the call's time is not begun.
     *
     * @param first the first pause
     * @param longest the longest pause
     * @return this
     * @throws IllegalArgumentException if one is negative, or the first longer than the longest
     */
    public MarkSignClientBuilder retryBackoff(Duration first, Duration longest) {
        this.retries = new RetryPolicy(retries.maxRetries(), first, longest);
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
        this.pollInterval = Waiting.check("pollInterval", pollInterval);
        return this;
    }

    /**
     * Who makes the checks of {@link Session#awaitAsync}; up to 256 daemon threads by default. A check blocks a thread
     * for as long as the gateway takes to answer; the default's threads end when they are idle. For more checks at
     * once, and on a JDK that has them, give {@code Executors.newVirtualThreadPerTaskExecutor()}.
     *
     * @param executor runs the checks; closing the {@code MarkSignClient} leaves it as it is
     * @return this
     */
    public MarkSignClientBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor must not be null");
        return this;
    }

    /**
     * How large a document may be, sent or received; 100 MiB by default. A document in memory takes up to three times its
     * size, and what is larger than this fails the call before that.
     *
     * @param bytes from 1 up
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClientBuilder maxDocumentSize(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxDocumentSize must be at least 1 byte, but is " + bytes);
        }
        this.maxDocumentSize = bytes;
        return this;
    }

    /**
     * Who is told how sessions end; nobody by default. In a Spring Boot application with an {@code ObservationRegistry},
     * that is told.
     *
     * @param sessionListener the one listener
     * @return this
     */
    public MarkSignClientBuilder sessionListener(SessionListener sessionListener) {
        this.sessionListener = Objects.requireNonNull(sessionListener, "sessionListener must not be null");
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
        this.userAgent = USER_AGENT + " " + RequestHeaders.userAgentSuffix(suffix);
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
        this.sslContext = Objects.requireNonNull(sslContext, "sslContext must not be null");
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
        this.proxy = Objects.requireNonNull(proxy, "proxy must not be null");
        return this;
    }

    /**
     * User and password for an HTTP proxy that asks for them; what {@link java.net.Authenticator} says by default. They go
     * to the proxy by Basic authentication, in answer to its 407. A SOCKS proxy is always told what {@code Authenticator}
     * says.
     *
     * @param user the user's name
     * @param password the password
     * @return this
     * @throws IllegalArgumentException if the user is null, blank or has a colon in it, or the password is null
     */
    public MarkSignClientBuilder proxyCredentials(String user, String password) {
        if (user == null || user.isBlank() || user.contains(":")) {
            throw new IllegalArgumentException(
                    "the user of the proxyCredentials must not be null or blank, nor have a" + " colon in it");
        }
        if (password == null) {
            throw new IllegalArgumentException("the password of the proxyCredentials must not be null");
        }
        this.proxyCredentials = new PasswordAuthentication(user, password.toCharArray());
        return this;
    }

    /**
     * Another HTTP client in place of the default, OkHttp; for instance one of Feign's other modules. It brings its
     * connections, TLS and proxy, so {@link #sslContext}, {@link #proxy} and {@link #proxyCredentials} cannot be given as
     * well. Nobody knows how often it sends a request, so the outcome of every call that does not return is
     * then unknown. Each attempt runs on a thread of its own, has the timeouts, each cut to what is left of
     * {@link #callTimeout}, and asks for its connection to be closed. It must not follow redirects.
     *
     * @param httpClient the client; closing the {@code MarkSignClient} leaves it open
     * @return this
     */
    public MarkSignClientBuilder httpClient(Client httpClient) {
        this.httpClient = Objects.requireNonNull(httpClient, "httpClient must not be null");
        return this;
    }

    /**
     * Changes how Feign builds the generated interfaces (interceptors, capabilities, another codec); nothing is changed
     * by default. The token, the checks, the retries and the meaning of an answer stay; a capability that is added here
     * stands around them and sees a call as the caller does. Feign's own logger stays off, for it would write out
     * session ids.
     *
     * @param customizer changes the builder, after those that were given before; called by {@link #build()}, and for each client that is derived from that one
     * @return this
     */
    public MarkSignClientBuilder customizeFeign(Consumer<Feign.Builder> customizer) {
        this.feignCustomizer =
                feignCustomizer.andThen(Objects.requireNonNull(customizer, "customizer must not be null"));
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
        if (!plainHttpAllowed) {
            BaseUrl.requireEncryption(baseUrl);
        }
        requireAccessToken();
        Client client = transport();
        return build(
                client,
                httpClient == null ? (Closeable) client : () -> {},
                new Waiting(pollInterval, executor, sessionListener));
    }

    /** A builder of the same settings, to change some of them. */
    MarkSignClientBuilder copy() {
        try {
            return (MarkSignClientBuilder) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("is Cloneable", e);
        }
    }

    /** Without leave to be read on the way, a request goes to this machine directly. */
    private @Nullable Proxy wayThere() {
        if (plainHttpAllowed || !"http".equalsIgnoreCase(baseUrl.getScheme())) {
            return proxy;
        }
        if (proxy != null && proxy.type() != Proxy.Type.DIRECT) {
            throw new IllegalStateException(
                    "the proxy would read the access token, because the baseUrl does not begin with https://;"
                            + " allowPlainHttp() lifts this rule");
        }
        return Proxy.NO_PROXY;
    }

    /** Builds a client on what another one holds already. */
    MarkSignClient build(Client client, Closeable connections, Waiting waiting) {
        JsonCodec codec = new JsonCodec();
        Feign.Builder feign = Feign.builder()
                .client(client)
                .encoder(codec)
                .decoder(codec)
                .options(timeouts.toOptions())
                .addCapability(capability());
        feignCustomizer.accept(feign);
        return new MarkSignClient(
                feign.build(),
                baseUrl.toString(),
                new MarkSignClient.Held(copy(), client, connections, waiting),
                locale);
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
        return new MarkSignCapability(
                requireAccessToken(),
                retries,
                timeouts.call(),
                maxDocumentSize,
                MarkSignLocale::operation,
                Spec.GATEWAY,
                userAgent,
                headers);
    }

    private Supplier<String> requireAccessToken() {
        if (accessToken == null) {
            throw new IllegalStateException("accessToken is not set: call accessToken(...) before build()");
        }
        return accessToken;
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
        if (httpClient == null) {
            if (proxyCredentials != null && proxy != null && proxy.type() != Proxy.Type.HTTP) {
                throw new IllegalStateException(
                        "proxyCredentials are for an HTTP proxy, but the proxy is " + proxy.type());
            }
            return new OkHttpTransport(timeouts, sslContext, wayThere(), proxyCredentials);
        }
        if (sslContext != null || proxy != null || proxyCredentials != null) {
            throw new IllegalStateException("sslContext, proxy and proxyCredentials are for the default HTTP client:"
                    + " give them to the httpClient");
        }
        return httpClient;
    }
}
