package lt.marksign.client.spring;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Applications that have the library on their class path, and no property as yet. */
final class Contexts {
    private Contexts() {}

    /** One of Spring Boot. */
    static ApplicationContextRunner boot() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MarkSignAutoConfiguration.class,
                        MarkSignFeignAutoConfiguration.class,
                        MarkSignInterfacesAutoConfiguration.class));
    }

    /** One whose {@code @FeignClient} names the library's configuration. */
    static ApplicationContextRunner cloud() {
        return new ApplicationContextRunner().withUserConfiguration(MarkSignFeignConfiguration.class);
    }
}
