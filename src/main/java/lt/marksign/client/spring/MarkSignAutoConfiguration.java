package lt.marksign.client.spring;

import feign.Feign;
import io.micrometer.observation.ObservationRegistry;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Scope;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Makes a {@link MarkSignClient} available as a bean, unless the application defines its own, from the properties under
 * {@code marksign}; and one for each name under {@code marksign.clients}, with that name as its qualifier.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnProperty(prefix = "marksign", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(MarkSignProperties.class)
@Import(NamedClients.Registrar.class)
@ImportRuntimeHints(GeneratedTypesHints.class)
public class MarkSignAutoConfiguration {

    /** Called by Spring. */
    public MarkSignAutoConfiguration() {}

    /** A builder for each who asks for one, set up as that of the client. */
    @Bean
    @Scope("prototype")
    @ConditionalOnMissingBean
    MarkSignClientBuilder markSignClientBuilder(MarkSignProperties properties, ListableBeanFactory beans) {
        return new ConfiguredBuilder(properties, beans).begin();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    @Conditional(NamedClients.DefaultIsWanted.class)
    MarkSignClient markSignClient(
            MarkSignClientBuilder builder, MarkSignProperties properties, ListableBeanFactory beans) {
        return new ConfiguredBuilder(properties, beans).build(builder, MarkSignClientBuilder::build);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class ObservationConfiguration {
        @Bean
        MarkSignFeignCustomizer markSignObservation(
                ObjectProvider<ObservationRegistry> registry, MarkSignProperties properties) {
            return new MarkSignFeignCustomizer() {
                @Override
                public void customize(Feign.Builder feign) {
                    customize(feign, NamedClients.DEFAULT);
                }

                @Override
                public void customize(Feign.Builder feign, String client) {
                    registry.ifAvailable(found -> feign.addCapability(
                            new ObservationCapability(found, NamedClients.tag(client, properties))));
                }
            };
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        MarkSignClientBuilderCustomizer markSignSessionObservation(
                ObjectProvider<ObservationRegistry> registry, MarkSignProperties properties) {
            return new MarkSignClientBuilderCustomizer() {
                @Override
                public void customize(MarkSignClientBuilder builder) {
                    customize(builder, NamedClients.DEFAULT);
                }

                @Override
                public void customize(MarkSignClientBuilder builder, String client) {
                    registry.ifAvailable(found -> builder.sessionListener(
                            new SessionObservations(found, NamedClients.tag(client, properties))));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class ActuatorConfiguration {
        @Bean
        SanitizingFunction markSignAccessTokenSanitizer(MarkSignProperties properties) {
            return new AccessTokenSanitizer(properties);
        }
    }
}
