package lt.marksign.client.spring;

import java.util.function.Supplier;

/**
 * A bean of this type gives the access token, in place of the property {@code marksign.access-token}. It is asked at each call,
 * by the calling thread.
 */
@FunctionalInterface
public interface MarkSignAccessTokenSupplier extends Supplier<String> {}
