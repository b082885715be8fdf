package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import feign.Contract;
import feign.Feign;
import feign.codec.Decoder;
import feign.codec.Encoder;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/** Applications that have the library on their class path, and no property as yet. */
final class Contexts {
    private Contexts() {}

    /** One of Spring Boot. */
    static ApplicationContextRunner boot() {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MarkSignAutoConfiguration.class));
    }

    /** One whose {@code @FeignClient} names the library's configuration. */
    static ApplicationContextRunner cloud() {
        return boot().withUserConfiguration(MarkSignFeignConfiguration.class);
    }

    /** What Spring Cloud makes of the beans of a client's configuration. */
    static <T> T feignClient(ApplicationContext context, Class<T> type, String baseUrl) {
        Feign.Builder builder = Feign.builder()
                .contract(context.getBean(Contract.class))
                .encoder(context.getBean(Encoder.class))
                .decoder(context.getBean(Decoder.class))
                .client(context.getBean(Client.class));
        context.getBeansOfType(Capability.class).values().stream()
                .sorted(AnnotationAwareOrderComparator.INSTANCE)
                .forEach(builder::addCapability);
        return builder.target(type, baseUrl);
    }
}
