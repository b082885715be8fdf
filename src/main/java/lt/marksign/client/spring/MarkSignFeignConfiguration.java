package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import feign.Contract;
import feign.Request;
import feign.micrometer.MicrometerObservationCapability;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.feign.JsonCodec;
import lt.marksign.client.okhttp.OkHttpTransport;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
 * {@code marksign} say, go over this library's transport, and throw its exceptions. Its address, load balancing and circuit
 * breaker are Spring Cloud's; so is the transport where {@code marksign.feign.use-application-client} is set. Deliberately not a {@code @Configuration}: it is for the clients that name it alone.
 */
@EnableConfigurationProperties(MarkSignProperties.class)
@Import({
    MarkSignFeignConfiguration.CallConfiguration.class,
    MarkSignFeignConfiguration.TransportConfiguration.class,
    MarkSignFeignConfiguration.ObservationConfiguration.class,
    MarkSignFeignConfiguration.FeignMicrometerConfiguration.class
})
public class MarkSignFeignConfiguration {

    private static final String CLIENT = "markSignFeignClient";

    /** Called by Spring. */
    public MarkSignFeignConfiguration() {}

    @Bean
    Contract markSignContract() {
        return feignsOwnContract();
    }

    @SuppressWarnings("deprecation") // The class that replaces it is newer than the Feign that Spring Cloud pins.
    private static Contract feignsOwnContract() {
        return new Contract.Default();
    }

    /** Both the encoder and the decoder. */
    @Bean
    JsonCodec markSignCodec() {
        return new JsonCodec();
    }

    @Configuration(proxyBeanMethods = false)
    static class CallConfiguration {
        @Bean
        Capability markSignCapability(MarkSignProperties properties, ListableBeanFactory beans) {
            ConfiguredBuilder configured = new ConfiguredBuilder(properties, beans);
            return configured.build(configured.begin(), MarkSignClientBuilder::capability);
        }
    }

    /** In the application's context, or where that has none, in the client's. */
    @Configuration(proxyBeanMethods = false)
    static class SharedTransportConfiguration {
        @Bean
        @ConditionalOnMissingBean
        SharedTransport markSignSharedTransport(MarkSignProperties properties, ListableBeanFactory beans) {
            return new SharedTransport(new ConfiguredBuilder(properties, beans));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(
            prefix = "marksign.feign",
            name = "use-application-client",
            havingValue = "false",
            matchIfMissing = true)
    @Import({SharedTransportConfiguration.class, LoadBalancedConfiguration.class, DirectConfiguration.class})
    static class TransportConfiguration {
        @Bean
        Request.Options markSignOptions(MarkSignProperties properties) {
            return new Request.Options(properties.connectTimeout(), properties.readTimeout(), false);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.cloud.openfeign.loadbalancer.FeignBlockingLoadBalancerClient",
                "org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory"
            })
    @ConditionalOnBean(
            type = {
                "org.springframework.cloud.client.loadbalancer.LoadBalancerClient",
                "org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory"
            })
    static class LoadBalancedConfiguration {
        /** Gives way to a client in the configuration of the {@code @FeignClient}. */
        @Bean(name = CLIENT, destroyMethod = "")
        @Fallback
        Client markSignClientOfFeign(
                SharedTransport transport,
                LoadBalancerClient loadBalancer,
                LoadBalancerClientFactory factory,
                ObjectProvider<LoadBalancerFeignRequestTransformer> transformers) {
            List<LoadBalancerFeignRequestTransformer> inOrder =
                    transformers.orderedStream().toList();
            return transport.get() instanceof OkHttpTransport own
                    ? new LoadBalancedTransport(own, loadBalancer, factory, inOrder)
                    : new FeignBlockingLoadBalancerClient(transport.get(), loadBalancer, factory, inOrder);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(name = CLIENT)
    static class DirectConfiguration {
        /** Gives way to a client in the configuration of the {@code @FeignClient}. */
        @Bean(name = CLIENT, destroyMethod = "")
        @Fallback
        Client markSignClientOfFeign(SharedTransport transport) {
            return transport.get();
        }
    }

    /** After {@code CallConfiguration}, so that it stands around the whole call. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class ObservationConfiguration {
        @Bean
        Capability markSignObservationCapability(
                ObjectProvider<ObservationRegistry> registry, MarkSignProperties properties) {
            return new ObservationCapability(
                    registry.getIfAvailable(() -> ObservationRegistry.NOOP),
                    NamedClients.tag(NamedClients.DEFAULT, properties));
        }
    }

    /** Stands in for Spring Cloud's, which would not end an observation on this library's exceptions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MicrometerObservationCapability.class)
    static class FeignMicrometerConfiguration {
        @Bean
        MicrometerObservationCapability markSignReplacesFeignMicrometer() {
            return new MicrometerObservationCapability(ObservationRegistry.NOOP);
        }
    }
}
