package lt.marksign.client.spring;

import java.util.function.Supplier;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import org.springframework.beans.factory.ObjectProvider;

/** A client's builder as the properties want it. */
final class ConfiguredBuilder {
    private static final String ACCESS_TOKEN = "marksign.access-token";
    private static final String BASE_URL = "marksign.base-url";

    private ConfiguredBuilder() {}

    static MarkSignClientBuilder of(
            MarkSignProperties properties, ObjectProvider<MarkSignAccessTokenSupplier> suppliers) {
        MarkSignClientBuilder builder = MarkSignClient.builder().locale(properties.locale());
        MarkSignAccessTokenSupplier supplier = suppliers.getIfAvailable();
        if (supplier != null) {
            builder.accessToken((Supplier<String>) supplier);
        } else if (properties.accessToken() == null) {
            throw new MarkSignPropertyException(ACCESS_TOKEN, "is not set", null);
        } else {
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
        return builder;
    }

    static MarkSignClient build(MarkSignClientBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw unusable(BASE_URL, e);
        }
    }

    private static void use(String property, Runnable setting) {
        try {
            setting.run();
        } catch (IllegalArgumentException e) {
            throw unusable(property, e);
        }
    }

    /** Names the property in place of the builder's method. */
    private static MarkSignPropertyException unusable(String property, IllegalArgumentException e) {
        String reason = String.valueOf(e.getMessage());
        return new MarkSignPropertyException(property, reason.substring(reason.indexOf(' ') + 1), e);
    }
}
