package lt.marksign.client;

import feign.Client;
import feign.Feign;
import feign.Target;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.api.MobileIdSessionsApi;
import lt.marksign.client.api.SigningLinksApi;
import lt.marksign.client.api.SmartIdSessionsApi;

/**
 * The Mark Sign gateway, as an application sees it. Made once per application and shared: it is immutable and safe for
 * use by many threads, and holds the connections.
 *
 * <pre>{@code
 * try (MarkSignClient client = MarkSignClient.builder().accessToken(token).build()) {
 *     client.smartIdSessions().remove(sessionId);
 * }
 * }</pre>
 */
public final class MarkSignClient implements AutoCloseable {
    private final Feign feign;
    private final String baseUrl;
    private final Held held;
    private final Map<Class<?>, Object> apis;
    private final Map<Spoken, Object> speaking;
    private final MarkSignLocale locale;

    /** What clients share that were derived from one another, and how they were set up. */
    record Held(MarkSignClientBuilder settings, Client transport, Closeable connections, Waiting waiting) {}

    /** An interface and the language that it is to speak. */
    private record Spoken(Class<?> api, MarkSignLocale locale) {}

    MarkSignClient(Feign feign, String baseUrl, Held held, MarkSignLocale locale) {
        this(feign, baseUrl, held, new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), locale);
    }

    private MarkSignClient(
            Feign feign,
            String baseUrl,
            Held held,
            Map<Class<?>, Object> apis,
            Map<Spoken, Object> speaking,
            MarkSignLocale locale) {
        this.feign = feign;
        this.baseUrl = baseUrl;
        this.held = held;
        this.apis = apis;
        this.speaking = speaking;
        this.locale = locale;
    }

    /**
     * Begins a client.
     *
     * @return a builder, which needs an access token and has a default for everything else
     */
    public static MarkSignClientBuilder builder() {
        return new MarkSignClientBuilder();
    }

    /**
     * Makes a client of what the environment says: {@code MARKSIGN_ACCESS_TOKEN}, and, where they are set,
     * {@code MARKSIGN_BASE_URL} and {@code MARKSIGN_LOCALE} ({@code LT} or {@code EN}).
     *
     * @return the client
     * @throws IllegalStateException if a variable is missing or cannot be used; the message names it
     */
    public static MarkSignClient fromEnv() {
        return fromEnv(System::getenv);
    }

    static MarkSignClient fromEnv(UnaryOperator<String> environment) {
        return MarkSignClientBuilder.fromEnv(environment).build();
    }

    /**
     * The operations on Smart-ID sessions, in this client's language.
     *
     * @return the operations
     */
    public SmartIdSessions smartIdSessions() {
        return new SmartIdSessions(speaking(SmartIdSessionsApi.class), held.waiting());
    }

    /**
     * The operations on Mobile-ID sessions, in this client's language.
     *
     * @return the operations
     */
    public MobileIdSessions mobileIdSessions() {
        return new MobileIdSessions(speaking(MobileIdSessionsApi.class), held.waiting());
    }

    /**
     * The operations on documents, in this client's language.
     *
     * @return the operations
     */
    public Documents documents() {
        return new Documents(speaking(DocumentsApi.class), held.waiting());
    }

    /**
     * The operations on signing links, which the gateway has in Lithuanian alone.
     *
     * @return the operations
     */
    public SigningLinks signingLinks() {
        return new SigningLinks(speaking(SigningLinksApi.class), held.waiting());
    }

    private <T extends ApiClient.Api> T speaking(Class<T> api) {
        T untranslated = api(api);
        return api.cast(speaking.computeIfAbsent(new Spoken(api, locale), key -> locale.speaking(api, untranslated)));
    }

    /**
     * The same client in another language. Both share the connections, and closing one closes both.
     *
     * @param locale the language of the gateway's messages
     * @return a client in that language
     */
    public MarkSignClient withLocale(MarkSignLocale locale) {
        Objects.requireNonNull(locale, "locale must not be null");
        return locale == this.locale ? this : new MarkSignClient(feign, baseUrl, held, apis, speaking, locale);
    }

    /**
     * The same client with another access token, for an application with several accounts. It shares the connections, and
     * closing one closes both; keep it, for its first call sets it up.
     *
     * @param accessToken the token
     * @return a client of that account
     * @throws IllegalArgumentException as {@link MarkSignClientBuilder#accessToken(String)}
     */
    public MarkSignClient withAccessToken(String accessToken) {
        return derive(held.settings().copy().accessToken(accessToken));
    }

    /**
     * The same client with another limit of a call's time. It shares the connections, and closing one closes both; keep it,
     * for its first call sets it up.
     *
     * @param callTimeout from 1 ms up
     * @return a client with that limit
     * @throws IllegalArgumentException if it is out of range
     */
    public MarkSignClient withCallTimeout(Duration callTimeout) {
        return derive(held.settings().copy().callTimeout(callTimeout));
    }

    /**
     * The same client with another number of retries. It shares the connections, and closing one closes both; keep it, for
     * its first call sets it up.
     *
     * @param maxRetries how often a call is tried again at most; 0 is never
     * @return a client that retries so often
     * @throws IllegalArgumentException if it is negative
     */
    public MarkSignClient withMaxRetries(int maxRetries) {
        return derive(held.settings().copy().maxRetries(maxRetries));
    }

    private MarkSignClient derive(MarkSignClientBuilder changed) {
        return changed.locale(locale).build(held.transport(), held.connections(), held.waiting());
    }

    /**
     * A generated interface, for what the rest of this class does not offer. Its methods add the token where the body
     * leaves it out, check their arguments and throw as {@link SmartIdSessions#remove} does; what they return is always
     * an answer that says {@code ok}. Which language they speak is in their name, and {@link #withLocale} does not
     * change it.
     *
     * @param api an interface of {@code lt.marksign.client.api}
     * @param <T> its type
     * @return an implementation, the same for every call
     */
    public <T extends ApiClient.Api> T api(Class<T> api) {
        Objects.requireNonNull(api, "api must not be null");
        return api.cast(
                apis.computeIfAbsent(api, type -> feign.newInstance(new Target.HardCodedTarget<>(type, baseUrl))));
    }

    /**
     * Closes the connections. Calls under way then fail as if the connection were lost, and are not tried again; calls that
     * begin later fail with an {@link IllegalStateException}. Waits for sessions end, and the sessions stand. A {@link Client} of the caller's own stays open.
     */
    @Override
    public void close() {
        held.waiting().close();
        try {
            held.connections().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Names the gateway and the language.
     *
     * @return a text for people
     */
    @Override
    public String toString() {
        return "MarkSignClient[" + baseUrl + ", " + locale + "]";
    }
}
