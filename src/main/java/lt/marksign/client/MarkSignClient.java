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
import lt.marksign.client.call.Arguments;
import lt.marksign.client.call.MarkSignCapability;

/**
 * The client of the Mark Sign gateway. It is immutable and thread-safe, and holds the connections. Create one per application
 * and share it.
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
    private final Waits waits;
    private final Closeable closing;
    private final Map<Target<?>, Object> apis;

    /**
     * Creates a client.
     *
     * @param settings a copy for this client only
     * @param closing closes the resources of this client
     * @param apis the interfaces that {@code feign} created, by target
     */
    MarkSignClient(
            MarkSignClientBuilder settings,
            Feign feign,
            Client transport,
            Waits waits,
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
     * @return a builder; it needs an access token and has a default for every other setting
     */
    public static MarkSignClientBuilder builder() {
        return new MarkSignClientBuilder();
    }

    /**
     * Creates a client from environment variables, as {@link #builderFromEnv()} describes.
     *
     * @return the client
     * @throws IllegalStateException if a variable is missing or invalid; the message names it
     */
    public static MarkSignClient fromEnv() {
        return builderFromEnv().build();
    }

    /**
     * Returns a builder with the settings of the environment: {@code MARKSIGN_ACCESS_TOKEN} and, if they are set,
     * {@code MARKSIGN_BASE_URL} and {@code MARKSIGN_LOCALE} ({@code LT} or {@code EN}).
     *
     * @return a builder, to which you can add other settings
     * @throws IllegalStateException if a variable is missing or invalid; the message names it
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
     * Returns the operations on signing links. The gateway has them in Lithuanian only.
     *
     * @return the operations
     */
    public SigningLinks signingLinks() {
        return new SigningLinks(api(SigningLinksApi.class, settings.locale), waits);
    }

    /**
     * Returns the operations of the gateway's newer documents API. That API has one language.
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
     * connections; closing it does nothing. Reuse it, because its first call sets it up.
     *
     * @param accessToken the token
     * @return a client of that account
     * @throws IllegalArgumentException as {@link MarkSignClientBuilder#accessToken(String)}
     */
    public MarkSignClient withAccessToken(String accessToken) {
        return derive(settings.copy().accessToken(accessToken));
    }

    /**
     * Returns a client with another call timeout. It shares this client's connections; closing it does nothing. Reuse it,
     * because its first call sets it up.
     *
     * @param callTimeout from 1 ms to 24 days
     * @return a client with that call timeout
     * @throws IllegalArgumentException if it is null or out of range
     */
    public MarkSignClient withCallTimeout(Duration callTimeout) {
        return derive(settings.copy().callTimeout(callTimeout));
    }

    /**
     * Returns a client with another maximum number of retries. It shares this client's connections; closing it does nothing.
     * Reuse it, because its first call sets it up.
     *
     * @param maxRetries the maximum number of retries of a call; 0 disables retries
     * @return a client with that maximum
     * @throws IllegalArgumentException if it is negative
     */
    public MarkSignClient withMaxRetries(int maxRetries) {
        return derive(settings.copy().maxRetries(maxRetries));
    }

    private MarkSignClient derive(MarkSignClientBuilder changed) {
        return changed.build(transport, waits, () -> {});
    }

    /**
     * Returns a generated interface, for operations that this class does not offer otherwise. Its methods add the token if the
     * request has no token, validate their arguments, and throw as {@link SmartIdSessions#remove} does. They return only
     * responses with the status {@code ok}. The name of a method tells its language; {@link #withLocale} does not change it.
     *
     * @param api an interface of {@code lt.marksign.client.api}
     * @param <T> its type
     * @return an implementation; every call returns the same one
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
     * Closes the connections. In-flight calls then fail as if the connection were lost, and are not retried. Later calls throw
     * an {@link IllegalStateException}. Waits end, and their sessions are not removed. On a client that was derived from
     * another one, this method does nothing. It does not close a custom {@link Client}, and does not end or refuse its calls.
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
     * Returns the base URL and the language.
     *
     * @return a human-readable text
     */
    @Override
    public String toString() {
        return "MarkSignClient[" + settings.baseUrl + ", " + settings.locale + "]";
    }
}
