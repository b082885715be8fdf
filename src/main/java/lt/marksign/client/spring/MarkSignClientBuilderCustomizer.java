package lt.marksign.client.spring;

import lt.marksign.client.MarkSignClientBuilder;

/**
 * A bean that changes the builders of the {@code MarkSignClient} beans, and of the calls of a {@code @FeignClient}, after
 * the properties. Several do so in their order.
 */
@FunctionalInterface
public interface MarkSignClientBuilderCustomizer {
    /**
     * Changes the builder.
     *
     * @param builder the builder, set up as the properties say
     */
    void customize(MarkSignClientBuilder builder);

    /**
     * Changes the builder of one of several clients. Unless a bean implements this one too, it treats all clients alike.
     *
     * @param builder the builder, set up as the properties say
     * @param client the client's name under {@code marksign.clients}, or {@code default} for the one without a name
     */
    default void customize(MarkSignClientBuilder builder, String client) {
        customize(builder);
    }
}
