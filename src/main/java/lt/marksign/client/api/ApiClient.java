package lt.marksign.client.api;

/**
 * Replaces the generator's own client class, because the generated interfaces extend its nested type. {@code MarkSignClient}
 * does the rest of that class's work.
 */
public final class ApiClient {
    private ApiClient() {}

    /** Marks an interface that is generated from the spec. */
    public interface Api {}
}
