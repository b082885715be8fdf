package lt.marksign.client.spring;

import java.util.function.Supplier;

/**
 * Supplies the access token. A bean of this type replaces the property {@code marksign.access-token}. Each call asks the
 * supplier, on the calling thread.
 */
@FunctionalInterface
public interface MarkSignAccessTokenSupplier extends Supplier<String> {}
