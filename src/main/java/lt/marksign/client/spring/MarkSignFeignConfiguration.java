package lt.marksign.client.spring;

import feign.Capability;
import feign.Contract;
import feign.micrometer.MicrometerObservationCapability;
import io.micrometer.observation.ObservationRegistry;
import lt.marksign.client.feign.JsonCodec;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The configuration of a Spring Cloud OpenFeign client that extends a generated interface:
 *
 * <pre>{@code
 * @FeignClient(name = "marksign", configuration = MarkSignFeignConfiguration.class)
 * interface MarkSign extends SmartIdSessionsApi {}
 * }</pre>
 *
 * <p>Its calls carry the token of {@code marksign.access-token}, are checked, retried and bounded as the properties under
 * {@code marksign} say, and throw this library's exceptions. Its address, transport, timeouts, load balancing and circuit
 * breaker are Spring Cloud's. Deliberately not a {@code @Configuration}: it is for the clients that name it alone.
 */
@EnableConfigurationProperties(MarkSignProperties.class)
@Import({
    MarkSignFeignConfiguration.CallConfiguration.class,
    MarkSignFeignConfiguration.ObservationConfiguration.class,
    MarkSignFeignConfiguration.FeignMicrometerConfiguration.class
})
public class MarkSignFeignConfiguration {

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
        Capability markSignCapability(
                MarkSignProperties properties, ObjectProvider<MarkSignAccessTokenSupplier> accessToken) {
            return ConfiguredBuilder.of(properties, accessToken).capability();
        }
    }

    /** After the one above, so that it stands around the whole call. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class ObservationConfiguration {
        @Bean
        Capability markSignObservationCapability(ObjectProvider<ObservationRegistry> registry) {
            return new ObservationCapability(registry.getIfAvailable(() -> ObservationRegistry.NOOP));
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
