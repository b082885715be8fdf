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
 * @param enabled Whether to define the client and the generated interfaces as beans.
 * @param accessToken API access token that Mark Sign issued. Required unless there is a MarkSignAccessTokenSupplier bean.
 * @param baseUrl Base URL of the gateway: https, or http to this machine.
 * @param allowPlainHttp Whether to permit an http base URL to another machine.
 * @param locale Language of the gateway's messages.
 * @param callTimeout Maximum duration of a call, retries included.
 * @param connectTimeout Maximum time to open a connection.
 * @param readTimeout Maximum time without data from the gateway.
 * @param maxRetries Maximum number of retries of a call. An idempotent call is retried if the gateway was not reached, if the
 *     response was lost, and after 429 or 503. Any other call is retried only if it was certainly not sent, or after 429.
 * @param maxDocumentSize Maximum size of a document that is sent or received.
 * @param pollInterval Pause between two checks of a session in a wait. At least 500 ms.
 * @param userAgentSuffix Text after the library's name in the header User-Agent, such as my-app/2.3.
 * @param headers Headers of every request, by name. Values of nine or more characters are treated as secrets.
 * @param ssl TLS settings.
 * @param proxy HTTP proxy to use instead of the system's proxy.
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
     * @param host Host of the HTTP proxy. Default: the system's proxy.
     * @param port Port of the HTTP proxy.
     * @param user User name for a proxy that requires one.
     * @param password Password of the user.
     */
    record Proxy(
            @Nullable String host,
            @Nullable String port,
            @Nullable String user,
            @Nullable String password) {

        /** Ignores what Kubernetes sets for a service {@code marksign-proxy}: {@code MARKSIGN_PROXY_PORT=tcp://…}. */
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
        // The name of an environment variable has no hyphens, and Boot reads its underscores as dots.
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

    /** Puts the property's name before the message of the builder's exception. */
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
