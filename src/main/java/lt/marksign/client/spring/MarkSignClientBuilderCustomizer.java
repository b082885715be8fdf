package lt.marksign.client.spring;

import lt.marksign.client.MarkSignClientBuilder;

/**
 * Beans of this type have the last word on the builder of the {@code MarkSignClient} bean, and of the calls of a
 * {@code @FeignClient}, in their order and after the properties.
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
