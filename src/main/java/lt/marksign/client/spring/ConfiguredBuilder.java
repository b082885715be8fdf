package lt.marksign.client.spring;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** A client's builder as the properties and the application's beans want it. */
final class ConfiguredBuilder {
    private static final String ACCESS_TOKEN = "access-token";
    private static final String BASE_URL = "base-url";
    private static final String PROXY_HOST = "proxy.host";
    private static final String SSL_BUNDLE = "ssl.bundle";

    private final String client;
    private final MarkSignProperties.Client own;
    private final MarkSignProperties common;
    private final ListableBeanFactory beans;

    /** Of the client without a name. */
    ConfiguredBuilder(MarkSignProperties properties, ListableBeanFactory beans) {
        this(NamedClients.DEFAULT, MarkSignProperties.Client.NOTHING_SET, properties, beans);
    }

    /** Of a client under {@code marksign.clients}. */
    ConfiguredBuilder(String client, MarkSignProperties properties, ListableBeanFactory beans) {
        this(
                client,
                properties.clients().getOrDefault(client, MarkSignProperties.Client.NOTHING_SET),
                properties,
                beans);
    }

    private ConfiguredBuilder(
            String client, MarkSignProperties.Client own, MarkSignProperties common, ListableBeanFactory beans) {
        this.client = client;
        this.own = own;
        this.common = common;
        this.beans = beans;
    }

    MarkSignClientBuilder begin() {
        MarkSignClientBuilder builder = MarkSignClient.builder();
        setAccessToken(builder);
        if (own.allowPlainHttp() != null ? own.allowPlainHttp() : common.allowPlainHttp()) {
            builder.allowPlainHttp();
        }
        set(BASE_URL, own.baseUrl(), common.baseUrl(), builder::baseUrl);
        set("locale", own.locale(), common.locale(), builder::locale);
        set("call-timeout", own.callTimeout(), common.callTimeout(), builder::callTimeout);
        set("connect-timeout", own.connectTimeout(), common.connectTimeout(), builder::connectTimeout);
        set("read-timeout", own.readTimeout(), common.readTimeout(), builder::readTimeout);
        set("max-retries", own.maxRetries(), common.maxRetries(), builder::maxRetries);
        set(
                "max-document-size",
                own.maxDocumentSize(),
                common.maxDocumentSize(),
                size -> builder.maxDocumentSize(size.toBytes()));
        set("poll-interval", own.pollInterval(), common.pollInterval(), builder::pollInterval);
        set("user-agent-suffix", own.userAgentSuffix(), common.userAgentSuffix(), builder::userAgentSuffix);
        common.headers().forEach((name, value) -> set("headers." + name, null, value, header(builder, name)));
        own.headers().forEach((name, value) -> set("headers." + name, value, null, header(builder, name)));
        String ownBundle = own.ssl() == null ? null : own.ssl().bundle();
        String bundle = ownBundle == null ? common.ssl().bundle() : ownBundle;
        if (bundle != null) {
            trust(bundle, property(SSL_BUNDLE, ownBundle), builder);
        }
        use(own.proxy() == null ? common.proxy() : own.proxy(), builder);
        builder.customizeFeign(feign -> beans.getBeanProvider(MarkSignFeignCustomizer.class)
                .orderedStream()
                .forEach(each -> each.customize(feign, client)));
        beans.getBeanProvider(MarkSignClientBuilderCustomizer.class)
                .orderedStream()
                .forEach(each -> each.customize(builder, client));
        return builder;
    }

    /** A client's own token, from wherever it comes, goes before one that is everybody's. */
    private void setAccessToken(MarkSignClientBuilder builder) {
        TokenSuppliers suppliers = new TokenSuppliers(beans, common.clients().keySet());
        MarkSignAccessTokenSupplier supplier = suppliers.of(client);
        if (supplier == null && own.accessToken() == null) {
            supplier = suppliers.ofNone();
        }
        if (supplier != null) {
            builder.accessToken((Supplier<String>) supplier);
        } else {
            set(ACCESS_TOKEN, own.accessToken(), common.accessToken(), builder::accessToken);
        }
    }

    private static Consumer<String> header(MarkSignClientBuilder builder, String name) {
        return value -> builder.header(name, value);
    }

    private <T> void set(String key, @Nullable T own, @Nullable T common, Consumer<T> setter) {
        T value = own == null ? common : own;
        if (value == null) {
            return;
        }
        try {
            setter.accept(value);
        } catch (IllegalArgumentException e) {
            throw unusable(key, own, e);
        }
    }

    private void trust(String bundle, String property, MarkSignClientBuilder builder) {
        SslBundles bundles = beans.getBeanProvider(SslBundles.class).getIfAvailable();
        try {
            if (bundles == null) {
                throw new MarkSignPropertyException(property, "names an SSL bundle, but there are none", null);
            }
            builder.sslContext(bundles.getBundle(bundle).createSslContext());
        } catch (NoSuchSslBundleException e) {
            throw new MarkSignPropertyException(property, "names no SSL bundle: " + bundle, e);
        }
    }

    private void use(MarkSignProperties.Proxy proxy, MarkSignClientBuilder builder) {
        if (proxy.host() == null) {
            if (proxy.port() != null || proxy.user() != null || proxy.password() != null) {
                throw new MarkSignPropertyException(
                        ofProxy("host"), "is not set, though other properties of a proxy are", null);
            }
            return;
        }
        if (proxy.port() == null || proxy.port() < 1 || proxy.port() > 65_535) {
            throw new MarkSignPropertyException(
                    ofProxy("port"), "must be from 1 to 65535, but is " + proxy.port(), null);
        }
        builder.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
        if (proxy.user() != null || proxy.password() != null) {
            try {
                builder.proxyCredentials(proxy.user(), proxy.password());
            } catch (IllegalArgumentException e) {
                throw new MarkSignPropertyException(
                        ofProxy(proxy.password() == null ? "password" : "user"),
                        "cannot be used: " + e.getMessage(),
                        e);
            }
        }
    }

    private String ofProxy(String key) {
        return property("proxy." + key, own.proxy());
    }

    /** What a builder makes, its complaints put in terms of the properties. */
    <T> T build(MarkSignClientBuilder builder, Function<MarkSignClientBuilder, T> build) {
        try {
            builder.capability();
        } catch (IllegalStateException e) {
            throw new MarkSignPropertyException(NamedClients.prefix(client) + ACCESS_TOKEN, "is not set", null);
        }
        try {
            return build.apply(builder);
        } catch (IllegalArgumentException e) {
            throw unusable(BASE_URL, own.baseUrl(), e);
        } catch (IllegalStateException e) {
            String reason = inTermsOfProperties(String.valueOf(e.getMessage()), own.proxy());
            if (reason.startsWith("the proxy ")) {
                throw new MarkSignPropertyException(property(PROXY_HOST, own.proxy()), "cannot be used: " + reason, e);
            }
            throw e;
        }
    }

    /** Names the properties in place of the builder's methods. */
    private MarkSignPropertyException unusable(String key, @Nullable Object own, IllegalArgumentException e) {
        String reason = String.valueOf(e.getMessage());
        return new MarkSignPropertyException(
                property(key, own), inTermsOfProperties(reason.substring(reason.indexOf(' ') + 1), own), e);
    }

    private String inTermsOfProperties(String message, @Nullable Object own) {
        return message.replace("allowPlainHttp()", "the property " + property("allow-plain-http", own))
                .replace("the baseUrl", property(BASE_URL, this.own.baseUrl()));
    }

    /** The whole name of the property, whether the client has it to itself or from the properties of all. */
    private String property(String key, @Nullable Object own) {
        return NamedClients.prefix(own == null ? NamedClients.DEFAULT : client) + key;
    }
}
