package lt.marksign.client.spring;

import feign.Feign;

/** A bean that changes the {@link Feign.Builder} of the {@code MarkSignClient} beans, once the library has set it up. */
@FunctionalInterface
public interface MarkSignFeignCustomizer {
    /**
     * Changes the builder.
     *
     * @param builder the builder, as the library set it up
     */
    void customize(Feign.Builder builder);

    /**
     * Changes the builder of one of several clients. Unless a bean implements this one too, it treats all clients alike.
     *
     * @param builder the builder, as the library set it up
     * @param client the client's name under {@code marksign.clients}, or {@code default} for the one without a name
     */
    default void customize(Feign.Builder builder, String client) {
        customize(builder);
    }
}
