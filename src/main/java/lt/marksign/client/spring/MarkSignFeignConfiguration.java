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
 * The configuration of a Spring Cloud OpenFeign client that extends a generated interface:
 *
 * <pre>{@code
 * @FeignClient(
 *         name = "marksign",
 *         url = "https://api.marksign.eu",
 *         configuration = MarkSignFeignConfiguration.class)
 * interface MarkSign extends SmartIdSessionsApi {}
 * }</pre>
 *
 * <p>Its calls carry the token of {@code marksign.access-token}, are checked, retried and bounded as the properties under
 * {@code marksign} say, use this library's transport, and throw its exceptions. Its address, load balancing and circuit
 * breaker are Spring Cloud's. Deliberately not a {@code @Configuration}: it is for the clients that name it alone.
 */
@Import({MarkSignFeignConfiguration.FeignMicrometer.class, MarkSignFeignConfiguration.LoadBalancing.class})
public class MarkSignFeignConfiguration {

    /** Called by Spring. */
    public MarkSignFeignConfiguration() {}

    @Bean
    @SuppressWarnings("deprecation") // The class that replaces it is newer than the Feign that Spring Cloud pins.
    Contract markSignContract() {
        return new Contract.Default();
    }

    /** Keeps Spring Cloud from making its own encoder and decoder. The capability puts the library's in their place. */
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

    /** Gives way to a client in the configuration of the {@code @FeignClient}. */
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

    /** Stands in for Spring Cloud's, which would not end an observation on this library's exceptions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MicrometerObservationCapability.class)
    static class FeignMicrometer {
        @Bean
        MicrometerObservationCapability markSignReplacesFeignMicrometer() {
            return new NoObservation();
        }

        /** Public, because Feign calls it by reflection. */
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

    /** Spring Cloud's load balancer without retries: attempts are counted in one place. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({FeignBlockingLoadBalancerClient.class, LoadBalancerClientFactory.class})
    @ConditionalOnBean({LoadBalancerClient.class, LoadBalancerClientFactory.class})
    record LoadBalancing(
            LoadBalancerClient loadBalancer,
            LoadBalancerClientFactory factory,
            ObjectProvider<LoadBalancerFeignRequestTransformer> transformers) {}

    /** The balancer chooses an instance once a call. The gateway client behind it adds the token, and tries again there. */
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
