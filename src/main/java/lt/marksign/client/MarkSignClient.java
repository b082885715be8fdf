package lt.marksign.client;

import feign.Client;
import feign.Feign;
import feign.Target;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import lt.marksign.client.api.ApiClient;
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
    private final Closeable connections;
    private final Map<Class<?>, Object> apis;
    private final MarkSignLocale locale;
    private final SmartIdSessions smartIdSessions;

    MarkSignClient(Feign feign, String baseUrl, Closeable connections, MarkSignLocale locale) {
        this(feign, baseUrl, connections, new ConcurrentHashMap<>(), locale);
    }

    private MarkSignClient(
            Feign feign, String baseUrl, Closeable connections, Map<Class<?>, Object> apis, MarkSignLocale locale) {
        this.feign = feign;
        this.baseUrl = baseUrl;
        this.connections = connections;
        this.apis = apis;
        this.locale = locale;
        this.smartIdSessions = new SmartIdSessions(api(SmartIdSessionsApi.class), locale);
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
        return smartIdSessions;
    }

    /**
     * The same client in another language. Both share the connections, and closing one closes both.
     *
     * @param locale the language of the gateway's messages
     * @return a client in that language
     */
    public MarkSignClient withLocale(MarkSignLocale locale) {
        Objects.requireNonNull(locale, "locale must not be null");
        return locale == this.locale ? this : new MarkSignClient(feign, baseUrl, connections, apis, locale);
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
     * Closes the connections. Calls under way then fail as if the connection were lost, later ones with an
     * {@link IllegalStateException}. A {@link Client} of the caller's own stays open.
     */
    @Override
    public void close() {
        try {
            connections.close();
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
