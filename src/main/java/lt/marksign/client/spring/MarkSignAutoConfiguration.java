package lt.marksign.client.spring;

import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Scope;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Makes a {@link MarkSignClient} available as a bean, unless the application defines its own, from the properties under
 * {@code marksign}.
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

    /** A builder for each who asks for one, set up as that of the client. */
    @Bean
    @Scope("prototype")
    @ConditionalOnMissingBean
    MarkSignClientBuilder markSignClientBuilder(
            MarkSignProperties properties,
            ObjectProvider<MarkSignAccessTokenSupplier> accessToken,
            ObjectProvider<SslBundles> sslBundles,
            ObjectProvider<MarkSignFeignCustomizer> feignCustomizers,
            ObjectProvider<MarkSignClientBuilderCustomizer> customizers) {
        return ConfiguredBuilder.of(properties, accessToken, sslBundles, feignCustomizers, customizers);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    MarkSignClient markSignClient(MarkSignClientBuilder builder) {
        return ConfiguredBuilder.build(builder, MarkSignClientBuilder::build);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class ObservationConfiguration {
        @Bean
        MarkSignFeignCustomizer markSignObservation(ObjectProvider<ObservationRegistry> registry) {
            return feign -> registry.ifAvailable(found -> feign.addCapability(new ObservationCapability(found)));
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        MarkSignClientBuilderCustomizer markSignSessionObservation(ObjectProvider<ObservationRegistry> registry) {
            return builder -> registry.ifAvailable(found -> builder.sessionListener(new SessionObservations(found)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterFilter.class)
    static class MeterConfiguration {
        @Bean
        MeterFilter markSignMeterDescriptions() {
            return new MeterDescriptions();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class ActuatorConfiguration {
        @Bean
        SanitizingFunction markSignAccessTokenSanitizer(MarkSignProperties properties) {
            return new AccessTokenSanitizer(
                    properties.headers().values(),
                    properties.accessToken(),
                    properties.proxy().password());
        }
    }
}
