package lt.marksign.client.spring;

import feign.Feign;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What either health indicator asks, and who tells it. */
@Configuration(proxyBeanMethods = false)
class LastOutcomesConfiguration {
    @Bean
    LastOutcomes markSignLastOutcomes() {
        return new LastOutcomes();
    }

    @Bean
    MarkSignFeignCustomizer markSignOutcomes(LastOutcomes outcomes) {
        return new MarkSignFeignCustomizer() {
            @Override
            public void customize(Feign.Builder feign) {
                customize(feign, NamedClients.DEFAULT);
            }

            @Override
            public void customize(Feign.Builder feign, String client) {
                feign.addCapability(new OutcomeCapability(outcomes.of(client)));
            }
        };
    }
}
