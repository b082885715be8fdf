package lt.marksign.client.spring;

import lt.marksign.client.MarkSignClientBuilder;

/**
 * A bean that changes each {@code MarkSignClientBuilder} bean, and with it the {@code MarkSignClient} and the calls of a
 * {@code @FeignClient}, after the properties. Several do so in their order.
 */
@FunctionalInterface
public interface MarkSignClientBuilderCustomizer {
    /**
     * Changes the builder.
     *
     * @param builder the builder, set up as the properties say
     */
    void customize(MarkSignClientBuilder builder);
}
