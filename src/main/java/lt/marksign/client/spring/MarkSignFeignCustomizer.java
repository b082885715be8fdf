package lt.marksign.client.spring;

import feign.Feign;

/** Beans of this type have the last word on the {@link Feign.Builder} of the {@code MarkSignClient} bean, in their order. */
@FunctionalInterface
public interface MarkSignFeignCustomizer {
    /**
     * Changes the builder.
     *
     * @param builder the builder, as the library set it up
     */
    void customize(Feign.Builder builder);
}
