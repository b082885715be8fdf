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

/** Application contexts with the library on the class path and without properties. */
final class Contexts {
    private Contexts() {}

    /** Returns the context of a Spring Boot application. */
    static ApplicationContextRunner boot() {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MarkSignAutoConfiguration.class));
    }

    /** Returns the context of an application whose {@code @FeignClient} uses the library's configuration. */
    static ApplicationContextRunner cloud() {
        return boot().withUserConfiguration(MarkSignFeignConfiguration.class);
    }

    /** Builds a Feign client from the beans of its configuration, as Spring Cloud does. */
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
