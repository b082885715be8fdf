package lt.marksign.client.spring;

import io.micrometer.observation.ObservationRegistry;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.api.SmartIdSessionsApi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Makes a {@link MarkSignClient} and the generated {@link SmartIdSessionsApi} available as beans, each unless the
 * application defines its own, from the properties under {@code marksign}.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnProperty(prefix = "marksign", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(MarkSignProperties.class)
@ImportRuntimeHints(GeneratedTypesHints.class)
public class MarkSignAutoConfiguration {

    /** Called by Spring. */
    public MarkSignAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    MarkSignClient markSignClient(
            MarkSignProperties properties,
            ObjectProvider<MarkSignAccessTokenSupplier> accessToken,
            ObjectProvider<SslBundles> sslBundles,
            ObjectProvider<MarkSignFeignCustomizer> customizers) {
        MarkSignClientBuilder builder = ConfiguredBuilder.of(properties, accessToken);
        String bundle = properties.ssl().bundle();
        if (bundle != null) {
            try {
                builder.sslContext(sslBundles.getObject().getBundle(bundle).createSslContext());
            } catch (NoSuchSslBundleException e) {
                throw new MarkSignPropertyException("marksign.ssl.bundle", "names no SSL bundle: " + bundle, e);
            }
        }
        builder.customizeFeign(feign -> customizers.orderedStream().forEach(each -> each.customize(feign)));
        return ConfiguredBuilder.build(builder);
    }

    @Bean
    @ConditionalOnMissingBean
    SmartIdSessionsApi smartIdSessionsApi(MarkSignClient client) {
        return client.api(SmartIdSessionsApi.class);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class ObservationConfiguration {
        @Bean
        MarkSignFeignCustomizer markSignObservation(ObjectProvider<ObservationRegistry> registry) {
            return feign -> registry.ifAvailable(found -> feign.addCapability(new ObservationCapability(found)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class ActuatorConfiguration {
        @Bean
        SanitizingFunction markSignAccessTokenSanitizer() {
            return new AccessTokenSanitizer();
        }
    }
}
