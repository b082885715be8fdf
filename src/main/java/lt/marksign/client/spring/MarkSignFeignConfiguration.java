package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import feign.Contract;
import feign.codec.Decoder;
import feign.codec.Encoder;
import feign.micrometer.MicrometerObservationCapability;
import io.micrometer.observation.ObservationRegistry;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.call.GatewayClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.openfeign.loadbalancer.FeignBlockingLoadBalancerClient;
import org.springframework.cloud.openfeign.loadbalancer.LoadBalancerFeignRequestTransformer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;

/**
 * Configures a Spring Cloud OpenFeign client that extends a generated interface:
 *
 * <pre>{@code
 * @FeignClient(
 *         name = "marksign",
 *         url = "https://api.marksign.eu",
 *         configuration = MarkSignFeignConfiguration.class)
 * interface MarkSign extends SmartIdSessionsApi {}
 * }</pre>
 *
 * <p>This library provides the access token, the checks, the retries, the time limits, the transport and the exceptions. It
 * takes their settings from the properties under {@code marksign}. Spring Cloud provides the address, the load balancer and the
 * circuit breaker. This class is not a {@code @Configuration}, so that only the clients that name it use it.
 */
@Import({MarkSignFeignConfiguration.FeignMicrometer.class, MarkSignFeignConfiguration.LoadBalancing.class})
public class MarkSignFeignConfiguration {

    /** Called by Spring. */
    public MarkSignFeignConfiguration() {}

    @Bean
    @SuppressWarnings("deprecation") // Its replacement is newer than the Feign that Spring Cloud pins.
    Contract markSignContract() {
        return new Contract.Default();
    }

    /** This encoder and the decoder below keep Spring Cloud from creating its own. The capability replaces both. */
    @Bean
    Encoder markSignEncoder() {
        return new Encoder.Default();
    }

    @Bean
    Decoder markSignDecoder() {
        return new Decoder.Default();
    }

    @Bean
    Capability markSignCapability(MarkSignClientBuilder builder) {
        return MarkSignAutoConfiguration.capability(builder);
    }

    /** Not used if the {@code @FeignClient}'s own configuration defines a {@code Client}. */
    @Bean(destroyMethod = "")
    @Fallback
    Client markSignFeignClient(
            MarkSignAutoConfiguration.SharedTransport transport,
            @Qualifier("markSignCapability") Capability markSignCapability,
            ObjectProvider<LoadBalancing> loadBalancing) {
        Client gateway = markSignCapability.enrich(transport.client());
        LoadBalancing balancing = loadBalancing.getIfAvailable();
        return balancing == null ? gateway : new LoadBalanced(gateway, balancing);
    }

    /** Replaces Spring Cloud's capability, which would not stop an observation when a call throws this library's exceptions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MicrometerObservationCapability.class)
    static class FeignMicrometer {
        @Bean
        MicrometerObservationCapability markSignReplacesFeignMicrometer() {
            return new NoObservation();
        }

        /** Public because Feign calls it by reflection. */
        public static final class NoObservation extends MicrometerObservationCapability {
            NoObservation() {
                super(ObservationRegistry.NOOP);
            }

            @Override
            public Client enrich(Client client) {
                return client;
            }
        }
    }

    /** Spring Cloud's load balancer without its retries, because only {@link GatewayClient} counts attempts. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({FeignBlockingLoadBalancerClient.class, LoadBalancerClientFactory.class})
    @ConditionalOnBean({LoadBalancerClient.class, LoadBalancerClientFactory.class})
    record LoadBalancing(
            LoadBalancerClient loadBalancer,
            LoadBalancerClientFactory factory,
            ObjectProvider<LoadBalancerFeignRequestTransformer> transformers) {}

    /** Chooses an instance once per call. The {@link GatewayClient} behind it adds the token and retries at that instance. */
    private static final class LoadBalanced extends FeignBlockingLoadBalancerClient implements GatewayClient.Wrapper {
        LoadBalanced(Client gateway, LoadBalancing balancing) {
            super(
                    gateway,
                    balancing.loadBalancer(),
                    balancing.factory(),
                    balancing.transformers().orderedStream().toList());
        }
    }
}
