package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import io.micrometer.observation.ObservationRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.call.OkHttpTransport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Defines a {@link MarkSignClient} bean and a bean of each generated interface, from the properties under {@code marksign}.
 * Each bean backs off if the application defines its own.
 */
@AutoConfiguration
@Conditional(MarkSignAutoConfiguration.Enabled.class)
@EnableConfigurationProperties(MarkSignProperties.class)
@Import({MarkSignAutoConfiguration.ClientConfiguration.class, InterfaceBeans.class})
@ImportRuntimeHints(MarkSignRuntimeHints.class)
public class MarkSignAutoConfiguration {

    /** Called by Spring. */
    public MarkSignAutoConfiguration() {}

    /** Returns a new builder at each injection, with the same settings as the client. */
    @Bean
    @Scope("prototype")
    @ConditionalOnMissingBean
    MarkSignClientBuilder markSignClientBuilder(
            MarkSignProperties properties,
            ObjectProvider<MarkSignAccessTokenSupplier> token,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<MarkSignClientBuilderCustomizer> customizers) {
        MarkSignClientBuilder builder = MarkSignClient.builder();
        properties.applyTo(builder, token.getIfAvailable(), bundles);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder;
    }

    /** Returns the builder's capability, or throws a {@code MissingTokenException} if there is no access token. */
    static Capability capability(MarkSignClientBuilder builder) {
        try {
            return builder.capability();
        } catch (IllegalStateException e) {
            throw new MissingTokenFailureAnalyzer.MissingTokenException(e);
        }
    }

    @Bean
    @Lazy
    SharedTransport markSignSharedTransport(MarkSignClientBuilder builder) {
        return new SharedTransport(builder.transport());
    }

    /**
     * The transport of all {@code @FeignClient}s that use this library. It is not a {@code Client} bean, because other Feign
     * clients would use that too.
     */
    record SharedTransport(Client client) implements Closeable {
        @Override
        public void close() throws IOException {
            // The application closes its own client.
            if (client instanceof OkHttpTransport own) {
                own.close();
            }
        }
    }

    /** Imported before {@code InterfaceBeans}, whose condition needs the client beans. */
    @Configuration(proxyBeanMethods = false)
    static class ClientConfiguration {
        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean
        MarkSignClient markSignClient(MarkSignClientBuilder builder) {
            capability(builder);
            return MarkSignProperties.named("base-url", builder::build);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class ObservationConfiguration {
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        MarkSignClientBuilderCustomizer markSignObservations(ObjectProvider<ObservationRegistry> registry) {
            return builder -> registry.ifAvailable(found -> builder.callListener(new Observations(found)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class ActuatorConfiguration {
        private static final Pattern SECRETS = Pattern.compile("marksign(accesstoken|proxypassword|headers.*)");

        /** Ignores case and separators, because Boot passes the name of an environment variable unchanged. */
        @Bean
        SanitizingFunction markSignSanitizer() {
            return data ->
                    SECRETS.matcher(data.getKey().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT))
                                    .matches()
                            ? data.withSanitizedValue()
                            : data;
        }
    }

    /** Reads {@code no}, {@code off} and {@code 0} as Boot reads any property. Boot's own condition does not. */
    static final class Enabled implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("marksign.enabled", Boolean.class, true);
        }
    }

    /** Tells the application's developer which property to set. */
    static final class MissingTokenFailureAnalyzer
            extends AbstractFailureAnalyzer<MissingTokenFailureAnalyzer.MissingTokenException> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, MissingTokenException cause) {
            return new FailureAnalysis(
                    "The property marksign.access-token is not set.",
                    "Set marksign.access-token in the application's configuration, or MARKSIGN_ACCESS_TOKEN in its environment,"
                            + " or define a MarkSignAccessTokenSupplier bean. An application that does not use the Mark Sign"
                            + " client can set marksign.enabled to false.",
                    cause);
        }

        /** The builder has no access token. */
        static final class MissingTokenException extends IllegalStateException {
            private static final long serialVersionUID = 1L;

            MissingTokenException(IllegalStateException cause) {
                super("marksign.access-token is not set", cause);
            }
        }
    }
}
