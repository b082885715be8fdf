package lt.marksign.client;

import feign.Client;
import feign.Feign;
import feign.Target;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.api.MobileIdSessionsApi;
import lt.marksign.client.api.SigningLinksApi;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.api.WorkspaceApi;
import lt.marksign.client.call.MarkSignCapability;

/**
 * The client of the Mark Sign gateway. Make one per application and share it: it is immutable and thread-safe, and holds the
 * connections.
 *
 * <pre>{@code
 * try (MarkSignClient client = MarkSignClient.builder().accessToken(token).build()) {
 *     client.smartIdSessions().remove(sessionId);
 * }
 * }</pre>
 */
public final class MarkSignClient implements AutoCloseable {
    private final MarkSignClientBuilder settings;
    private final Feign feign;
    private final Client transport;
    private final SessionWaits waits;
    private final Closeable closing;
    private final Map<Target<?>, Object> apis;

    /**
     * Makes one.
     *
     * @param settings a copy of its own
     * @param closing closes what this client holds
     * @param apis the interfaces that were made by {@code feign}
     */
    MarkSignClient(
            MarkSignClientBuilder settings,
            Feign feign,
            Client transport,
            SessionWaits waits,
            Closeable closing,
            Map<Target<?>, Object> apis) {
        this.settings = settings;
        this.feign = feign;
        this.transport = transport;
        this.waits = waits;
        this.closing = closing;
        this.apis = apis;
    }

    /**
     * Returns a new builder.
     *
     * @return a builder, which needs an access token and has a default for everything else
     */
    public static MarkSignClientBuilder builder() {
        return new MarkSignClientBuilder();
    }

    /**
     * Makes a client from the environment, as {@link #builderFromEnv()} says.
     *
     * @return the client
     * @throws IllegalStateException if a variable is missing or cannot be used; the message names it
     */
    public static MarkSignClient fromEnv() {
        return builderFromEnv().build();
    }

    /**
     * Returns a builder with the settings of the environment: {@code MARKSIGN_ACCESS_TOKEN}, and, where they are set,
     * {@code MARKSIGN_BASE_URL} and {@code MARKSIGN_LOCALE} ({@code LT} or {@code EN}).
     *
     * @return a builder, for the settings that the environment does not have
     * @throws IllegalStateException if a variable is missing or cannot be used; the message names it
     */
    public static MarkSignClientBuilder builderFromEnv() {
        return MarkSignClientBuilder.fromEnv(System::getenv);
    }

    /**
     * Returns the operations on Smart-ID sessions, in this client's language.
     *
     * @return the operations
     */
    public SmartIdSessions smartIdSessions() {
        return new SmartIdSessions(api(SmartIdSessionsApi.class, settings.locale), waits);
    }

    /**
     * Returns the operations on Mobile-ID sessions, in this client's language.
     *
     * @return the operations
     */
    public MobileIdSessions mobileIdSessions() {
        return new MobileIdSessions(api(MobileIdSessionsApi.class, settings.locale), waits);
    }

    /**
     * Returns the operations on documents, in this client's language.
     *
     * @return the operations
     */
    public Documents documents() {
        return new Documents(api(DocumentsApi.class, settings.locale), waits);
    }

    /**
     * Returns the operations on signing links, which the gateway has in Lithuanian only.
     *
     * @return the operations
     */
    public SigningLinks signingLinks() {
        return new SigningLinks(api(SigningLinksApi.class, settings.locale), waits);
    }

    /**
     * Returns the operations of the gateway's newer documents API, which has one language.
     *
     * @return the operations
     */
    public Workspace workspace() {
        return new Workspace(api(WorkspaceApi.class, settings.locale), waits);
    }

    /**
     * Returns a client in another language. It shares this client's connections; closing it does nothing.
     *
     * @param locale the language of the gateway's messages
     * @return a client in that language
     * @throws IllegalArgumentException if the locale is null
     */
    public MarkSignClient withLocale(MarkSignLocale locale) {
        return locale == settings.locale
                ? this
                : new MarkSignClient(settings.copy().locale(locale), feign, transport, waits, () -> {}, apis);
    }

    /**
     * Returns a client with another access token, for an application with several accounts. It shares this client's
     * connections; closing it does nothing. Keep it, for its first call sets it up.
     *
     * @param accessToken the token
     * @return a client of that account
     * @throws IllegalArgumentException as {@link MarkSignClientBuilder#accessToken(String)}
     */
    public MarkSignClient withAccessToken(String accessToken) {
        return derive(settings.copy().accessToken(accessToken));
    }

    /**
     * Returns a client with another limit of a call's time. It shares this client's connections; closing it does nothing.
     * Keep it, for its first call sets it up.
     *
     * @param callTimeout from 1 ms to 24 days
     * @return a client with that limit
     * @throws IllegalArgumentException if it is null or out of range
     */
    public MarkSignClient withCallTimeout(Duration callTimeout) {
        return derive(settings.copy().callTimeout(callTimeout));
    }

    /**
     * Returns a client with another number of retries. It shares this client's connections; closing it does nothing. Keep
     * it, for its first call sets it up.
     *
     * @param maxRetries how often a call is retried at most; 0 is never
     * @return a client that retries so often
     * @throws IllegalArgumentException if it is negative
     */
    public MarkSignClient withMaxRetries(int maxRetries) {
        return derive(settings.copy().maxRetries(maxRetries));
    }

    private MarkSignClient derive(MarkSignClientBuilder changed) {
        return changed.build(transport, waits, () -> {});
    }

    /**
     * Returns a generated interface, for what the rest of this class does not offer. Its methods add the token where the body
     * leaves it out, check their arguments and throw as {@link SmartIdSessions#remove} does; they return only a response that
     * says {@code ok}. The name of a method tells its language, and {@link #withLocale} does not change it.
     *
     * @param api an interface of {@code lt.marksign.client.api}
     * @param <T> its type
     * @return an implementation, the same for every call
     * @throws IllegalArgumentException if the interface is null
     */
    public <T extends ApiClient.Api> T api(Class<T> api) {
        return api(Arguments.notNull("api", api), MarkSignLocale.LT);
    }

    private <T extends ApiClient.Api> T api(Class<T> api, MarkSignLocale locale) {
        String name = locale == MarkSignLocale.EN ? MarkSignCapability.ENGLISH_TARGET : "marksign";
        Target<T> target = new Target.HardCodedTarget<>(api, name, settings.baseUrl);
        return api.cast(apis.computeIfAbsent(target, key -> feign.newInstance(target)));
    }

    /**
     * Closes the connections. In-flight calls then fail as if the connection were lost, and are not retried; later calls fail
     * with an {@link IllegalStateException}. Waits for sessions end, and the sessions stand. Does nothing on a client that was
     * derived from another one, and leaves a {@link Client} of the caller's own open.
     */
    @Override
    public void close() {
        try {
            closing.close();
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
        return "MarkSignClient[" + settings.baseUrl + ", " + settings.locale + "]";
    }
}
