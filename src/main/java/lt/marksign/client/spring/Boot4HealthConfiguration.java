package lt.marksign.client.spring;

import java.util.stream.Collectors;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The health of Spring Boot 4. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.contributor.HealthIndicator",
            "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
        })
class Boot4HealthConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnEnabledHealthIndicator("marksign")
    @Import(LastOutcomesConfiguration.class)
    static class Enabled {
        /** One, or one of each client where there are several. */
        @Bean
        HealthContributor markSignHealthContributor(
                LastOutcomes outcomes, MarkSignProperties properties, ListableBeanFactory beans) {
            return properties.clients().isEmpty()
                    ? indicator(outcomes.of(NamedClients.DEFAULT))
                    : CompositeHealthContributor.fromMap(NamedClients.all(properties, beans).stream()
                            .collect(Collectors.toMap(name -> name, name -> indicator(outcomes.of(name)))));
        }

        private static HealthIndicator indicator(LastOutcome outcome) {
            return () -> {
                LastOutcome.Health health = outcome.health();
                return Health.status(health.level().name())
                        .withDetails(health.details())
                        .build();
            };
        }
    }
}
