package lt.marksign.client.api;

/**
 * Stands where the generator's own client class would stand, so that the generated interfaces find the type that they
 * extend. {@code MarkSignClient} does the rest of that class's work.
 */
public final class ApiClient {
    private ApiClient() {}

    /** Marks an interface that was generated from the spec. */
    public interface Api {}
}
