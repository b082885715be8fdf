package lt.marksign.client.spring;

import java.util.function.Supplier;

/**
 * A bean of this type gives the access token, in place of the property {@code marksign.access-token}; one with the
 * {@code @Qualifier} of a client's name that of this client, in place of {@code marksign.clients.<name>.access-token}.
 */
@FunctionalInterface
public interface MarkSignAccessTokenSupplier extends Supplier<String> {
    /**
     * The token for the next call. Asked at each call, by the calling thread.
     *
     * @return the API access token
     */
    @Override
    String get();
}
