package lt.marksign.client.spring;

import lt.marksign.client.MarkSignClientBuilder;

/**
 * Changes each {@code MarkSignClientBuilder} bean after the properties were applied. The changes apply to the
 * {@code MarkSignClient} bean and to the calls of a {@code @FeignClient}. Several customizer beans run in their {@code @Order}.
 */
@FunctionalInterface
public interface MarkSignClientBuilderCustomizer {
    /**
     * Changes the builder.
     *
     * @param builder the builder, configured by the properties
     */
    void customize(MarkSignClientBuilder builder);
}
