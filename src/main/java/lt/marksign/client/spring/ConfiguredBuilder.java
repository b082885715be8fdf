package lt.marksign.client.spring;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.function.Function;
import java.util.function.Supplier;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** A client's builder as the properties and the application's beans want it. */
final class ConfiguredBuilder {
    private static final String ACCESS_TOKEN = "marksign.access-token";
    private static final String BASE_URL = "marksign.base-url";
    private static final String PROXY_HOST = "marksign.proxy.host";
    private static final String SSL_BUNDLE = "marksign.ssl.bundle";

    private ConfiguredBuilder() {}

    static MarkSignClientBuilder of(
            MarkSignProperties properties,
            ObjectProvider<MarkSignAccessTokenSupplier> suppliers,
            ObjectProvider<SslBundles> sslBundles,
            ObjectProvider<MarkSignFeignCustomizer> feignCustomizers,
            ObjectProvider<MarkSignClientBuilderCustomizer> customizers) {
        MarkSignClientBuilder builder = MarkSignClient.builder().locale(properties.locale());
        MarkSignAccessTokenSupplier supplier = suppliers.getIfAvailable();
        if (supplier != null) {
            builder.accessToken((Supplier<String>) supplier);
        } else if (properties.accessToken() != null) {
            use(ACCESS_TOKEN, () -> builder.accessToken(properties.accessToken()));
        }
        if (properties.allowPlainHttp()) {
            builder.allowPlainHttp();
        }
        use(BASE_URL, () -> builder.baseUrl(properties.baseUrl()));
        use("marksign.call-timeout", () -> builder.callTimeout(properties.callTimeout()));
        use("marksign.connect-timeout", () -> builder.connectTimeout(properties.connectTimeout()));
        use("marksign.read-timeout", () -> builder.readTimeout(properties.readTimeout()));
        use("marksign.max-retries", () -> builder.maxRetries(properties.maxRetries()));
        use(
                "marksign.max-document-size",
                () -> builder.maxDocumentSize(properties.maxDocumentSize().toBytes()));
        use("marksign.poll-interval", () -> builder.pollInterval(properties.pollInterval()));
        if (properties.userAgentSuffix() != null) {
            use("marksign.user-agent-suffix", () -> builder.userAgentSuffix(properties.userAgentSuffix()));
        }
        properties
                .headers()
                .forEach((name, value) -> use("marksign.headers." + name, () -> builder.header(name, value)));
        String bundle = properties.ssl().bundle();
        if (bundle != null) {
            trust(bundle, sslBundles.getIfAvailable(), builder);
        }
        use(properties.proxy(), builder);
        builder.customizeFeign(feign -> feignCustomizers.orderedStream().forEach(each -> each.customize(feign)));
        customizers.orderedStream().forEach(each -> each.customize(builder));
        return builder;
    }

    private static void trust(String bundle, @Nullable SslBundles bundles, MarkSignClientBuilder builder) {
        try {
            if (bundles == null) {
                throw new MarkSignPropertyException(SSL_BUNDLE, "names an SSL bundle, but there are none", null);
            }
            builder.sslContext(bundles.getBundle(bundle).createSslContext());
        } catch (NoSuchSslBundleException e) {
            throw new MarkSignPropertyException(SSL_BUNDLE, "names no SSL bundle: " + bundle, e);
        }
    }

    private static void use(MarkSignProperties.Proxy proxy, MarkSignClientBuilder builder) {
        if (proxy.host() == null) {
            if (proxy.port() != null || proxy.user() != null || proxy.password() != null) {
                throw new MarkSignPropertyException(
                        PROXY_HOST, "is not set, though other properties of a proxy are", null);
            }
            return;
        }
        if (proxy.port() == null || proxy.port() < 1 || proxy.port() > 65_535) {
            throw new MarkSignPropertyException(
                    "marksign.proxy.port", "must be from 1 to 65535, but is " + proxy.port(), null);
        }
        builder.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
        if (proxy.user() != null || proxy.password() != null) {
            String property = proxy.password() == null ? "marksign.proxy.password" : "marksign.proxy.user";
            try {
                builder.proxyCredentials(proxy.user(), proxy.password());
            } catch (IllegalArgumentException e) {
                throw new MarkSignPropertyException(property, "cannot be used: " + e.getMessage(), e);
            }
        }
    }

    /** What a builder makes, its complaints put in terms of the properties. */
    static <T> T build(MarkSignClientBuilder builder, Function<MarkSignClientBuilder, T> build) {
        try {
            builder.capability();
        } catch (IllegalStateException e) {
            throw new MarkSignPropertyException(ACCESS_TOKEN, "is not set", null);
        }
        try {
            return build.apply(builder);
        } catch (IllegalArgumentException e) {
            throw unusable(BASE_URL, e);
        } catch (IllegalStateException e) {
            String reason = inTermsOfProperties(String.valueOf(e.getMessage()));
            if (reason.startsWith("the proxy ")) {
                throw new MarkSignPropertyException(PROXY_HOST, "cannot be used: " + reason, e);
            }
            throw e;
        }
    }

    private static void use(String property, Runnable setting) {
        try {
            setting.run();
        } catch (IllegalArgumentException e) {
            throw unusable(property, e);
        }
    }

    /** Names the properties in place of the builder's methods. */
    private static MarkSignPropertyException unusable(String property, IllegalArgumentException e) {
        String reason = String.valueOf(e.getMessage());
        return new MarkSignPropertyException(
                property, inTermsOfProperties(reason.substring(reason.indexOf(' ') + 1)), e);
    }

    private static String inTermsOfProperties(String message) {
        return message.replace("allowPlainHttp()", "the property marksign.allow-plain-http")
                .replace("the baseUrl", "marksign.base-url");
    }
}
