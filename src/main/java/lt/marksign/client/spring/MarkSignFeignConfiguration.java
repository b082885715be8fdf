package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import feign.Contract;
import feign.Request;
import feign.micrometer.MicrometerObservationCapability;
import io.micrometer.observation.ObservationRegistry;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.feign.JsonCodec;
import lt.marksign.client.okhttp.OkHttpTransport;
import lt.marksign.client.transport.Transport;
import org.springframework.beans.factory.ObjectProvider;
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
@Import({
    MarkSignFeignConfiguration.Calls.class,
    MarkSignFeignConfiguration.Observations.class,
    MarkSignFeignConfiguration.FeignMicrometer.class,
    MarkSignFeignConfiguration.LoadBalancing.class
})
public class MarkSignFeignConfiguration {

    /** Called by Spring. */
    public MarkSignFeignConfiguration() {}

    @Bean
    @SuppressWarnings("deprecation") // The class that replaces it is newer than the Feign that Spring Cloud pins.
    Contract markSignContract() {
        return new Contract.Default();
    }

    /** Both the encoder and the decoder. */
    @Bean
    JsonCodec markSignCodec() {
        return new JsonCodec();
    }

    @Bean
    Request.Options markSignOptions(MarkSignProperties properties) {
        return new Request.Options(properties.connectTimeout(), properties.readTimeout(), false);
    }

    /** Gives way to a client in the configuration of the {@code @FeignClient}. */
    @Bean(destroyMethod = "")
    @Fallback
    Client markSignFeignClient(SharedTransport transport, ObjectProvider<LoadBalancing> loadBalancing) {
        LoadBalancing balancing = loadBalancing.getIfAvailable();
        return balancing == null ? transport.client() : balancing.around(transport.client());
    }

    @Configuration(proxyBeanMethods = false)
    static class Calls {
        @Bean
        Capability markSignCapability(MarkSignClientBuilder builder) {
            return MarkSignAutoConfiguration.capability(builder);
        }
    }

    /** Imported after {@code Calls}, so that Feign applies the one after the library's capability; the other has an order. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class Observations {
        @Bean
        Capability markSignCallObservation(ObjectProvider<ObservationRegistry> registry) {
            return new CallObservations.OfCalls(registry.getIfAvailable(() -> ObservationRegistry.NOOP));
        }

        @Bean
        Capability markSignRequestObservation(ObjectProvider<ObservationRegistry> registry) {
            return new CallObservations.OfRequests(registry.getIfAvailable(() -> ObservationRegistry.NOOP));
        }
    }

    /** Stands in for Spring Cloud's, which would not end an observation on this library's exceptions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MicrometerObservationCapability.class)
    static class FeignMicrometer {
        @Bean
        MicrometerObservationCapability markSignReplacesFeignMicrometer() {
            return new MicrometerObservationCapability(ObservationRegistry.NOOP);
        }
    }

    /** Spring Cloud's load balancer without retries: attempts are counted in one place. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({FeignBlockingLoadBalancerClient.class, LoadBalancerClientFactory.class})
    @ConditionalOnBean({LoadBalancerClient.class, LoadBalancerClientFactory.class})
    record LoadBalancing(
            LoadBalancerClient loadBalancer,
            LoadBalancerClientFactory factory,
            ObjectProvider<LoadBalancerFeignRequestTransformer> transformers) {

        FeignBlockingLoadBalancerClient around(Client client) {
            return client instanceof OkHttpTransport
                    ? new OwnTransport(client, this)
                    : new FeignBlockingLoadBalancerClient(
                            client,
                            loadBalancer,
                            factory,
                            transformers.orderedStream().toList());
        }
    }

    /** For a client that has an address, Spring Cloud takes the transport out of it. */
    private static final class OwnTransport extends FeignBlockingLoadBalancerClient implements Transport.Wrapper {
        OwnTransport(Client transport, LoadBalancing balancing) {
            super(
                    transport,
                    balancing.loadBalancer(),
                    balancing.factory(),
                    balancing.transformers().orderedStream().toList());
        }
    }
}
