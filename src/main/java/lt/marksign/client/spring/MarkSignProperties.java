package lt.marksign.client.spring;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.Gateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.unit.DataSize;

/**
 * The properties under {@code marksign}.
 *
 * @param enabled Whether to make the client and its interfaces available as beans.
 * @param accessToken API access token that Mark Sign issued. Required, unless there is a MarkSignAccessTokenSupplier bean.
 * @param baseUrl URL of the gateway: https, or http on this machine.
 * @param allowPlainHttp Whether to permit a base URL that is neither https nor on this machine.
 * @param locale Language of the gateway's messages.
 * @param callTimeout How long a call may take, retries included.
 * @param connectTimeout How long opening a connection may take.
 * @param readTimeout How long the gateway may be silent.
 * @param maxRetries How often a call is retried when the gateway was not reached, its response was lost, or it responded with
 *     429 or 503; a call that is not idempotent, only when it was certainly not sent, or after 429.
 * @param maxDocumentSize How large a document may be, sent or received.
 * @param pollInterval How long a wait for a session pauses between two checks; 500 ms at least.
 * @param userAgentSuffix Text after the library's name in the header User-Agent, such as my-app/2.3.
 * @param headers Headers of every request, by name; their values are treated as secrets.
 * @param ssl TLS settings.
 * @param proxy The HTTP proxy to use instead of the system's.
 */
@ConfigurationProperties("marksign")
record MarkSignProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String accessToken,
        @DefaultValue(Gateway.PRODUCTION_SERVER) String baseUrl,
        @DefaultValue("false") boolean allowPlainHttp,
        @DefaultValue("LT") MarkSignLocale locale,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("60s")
        Duration callTimeout,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10s")
        Duration connectTimeout,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30s")
        Duration readTimeout,

        @DefaultValue("2") int maxRetries,
        @DefaultValue("100MB") DataSize maxDocumentSize,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("2s")
        Duration pollInterval,

        @Nullable String userAgentSuffix,
        @DefaultValue Map<String, String> headers,
        @DefaultValue Ssl ssl,
        @DefaultValue Proxy proxy) {

    /**
     * The properties under {@code marksign.ssl}.
     *
     * @param bundle Name of the SSL bundle with the trust store and, for mutual TLS, the key store.
     */
    record Ssl(@Nullable String bundle) {}

    /**
     * The properties under {@code marksign.proxy}.
     *
     * @param host Host of the HTTP proxy. Default: the system's.
     * @param port Port of the HTTP proxy.
     * @param user User name for a proxy that asks for one.
     * @param password Password of that user.
     */
    record Proxy(
            @Nullable String host,
            @Nullable String port,
            @Nullable String user,
            @Nullable String password) {

        /** A port alone may be Kubernetes': {@code MARKSIGN_PROXY_PORT=tcp://…} if there is a service {@code marksign-proxy}. */
        private boolean isSet() {
            return host != null || user != null || password != null || port != null && !port.contains("://");
        }

        private void applyTo(MarkSignClientBuilder builder) {
            if (host == null || host.isBlank()) {
                throw new IllegalArgumentException("marksign.proxy.host: must not be blank if there is a proxy");
            }
            int number = port != null && port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
            if (number < 1 || number > 65_535) {
                throw new IllegalArgumentException("marksign.proxy.port: must be from 1 to 65535, but is " + port);
            }
            builder.proxy(
                    new java.net.Proxy(java.net.Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, number)));
            if (user != null || password != null) {
                named(
                        password == null ? "proxy.password" : "proxy.user",
                        () -> builder.proxyCredentials(user, password));
            }
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    void applyTo(
            MarkSignClientBuilder builder,
            @Nullable MarkSignAccessTokenSupplier token,
            ObjectProvider<SslBundles> bundles) {
        if (token == null) {
            set("access-token", accessToken, builder::accessToken);
        } else {
            builder.accessToken((Supplier<String>) token);
        }
        if (allowPlainHttp) {
            builder.allowPlainHttp();
        }
        set("base-url", baseUrl, builder::baseUrl);
        builder.locale(locale);
        set("call-timeout", callTimeout, builder::callTimeout);
        set("connect-timeout", connectTimeout, builder::connectTimeout);
        set("read-timeout", readTimeout, builder::readTimeout);
        set("max-retries", maxRetries, builder::maxRetries);
        set("max-document-size", maxDocumentSize.toBytes(), builder::maxDocumentSize);
        set("poll-interval", pollInterval, interval -> {
            if (interval.toMillis() < 500) {
                throw new IllegalArgumentException("pollInterval must be at least 500 ms, but is " + interval);
            }
            builder.pollInterval(interval);
        });
        set("user-agent-suffix", userAgentSuffix, builder::userAgentSuffix);
        // The name of an environment variable has no hyphens: Boot reads its underscores as dots, which no header has.
        headers.forEach((name, value) ->
                set("headers." + name, value, header -> builder.header(name.replace('.', '-'), header)));
        set(
                "ssl.bundle",
                ssl.bundle(),
                name -> builder.sslContext(bundles.getObject().getBundle(name).createSslContext()));
        if (proxy.isSet()) {
            proxy.applyTo(builder);
        }
    }

    private static <T> void set(String property, @Nullable T value, Consumer<T> setter) {
        if (value != null) {
            named(property, () -> {
                setter.accept(value);
                return value;
            });
        }
    }

    /** Puts the property's name in front of the builder's message. */
    static <T> T named(String property, Supplier<T> setting) {
        try {
            return setting.get();
        } catch (IllegalArgumentException | NoSuchSslBundleException e) {
            throw new IllegalArgumentException("marksign." + property + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "marksign[baseUrl=" + baseUrl + ", locale=" + locale + "]";
    }
}
