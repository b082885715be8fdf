package lt.marksign.client.spec;

import java.util.Set;

/**
 * What is known of an operation before it is called.
 *
 * @param idempotent whether it may be sent again if its outcome is unknown
 * @param tokenInQuery whether the access token goes into the query, because there is no body
 * @param documents the media types of a response that is a document; empty if every response is JSON
 */
public record Operation(boolean idempotent, boolean tokenInQuery, Set<String> documents) {

    /** What HTTP says of a method, for an operation that is not in the spec. */
    static Operation of(String httpMethod) {
        boolean get = httpMethod.equals("GET");
        return new Operation(get || httpMethod.equals("DELETE"), get, Set.of());
    }
}
