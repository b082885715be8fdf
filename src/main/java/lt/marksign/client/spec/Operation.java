package lt.marksign.client.spec;

import java.util.Set;

/**
 * What is known of an operation before it is called.
 *
 * @param repeatable whether it does no harm to send it again when nobody knows what came of it
 * @param tokenInQuery whether the access token goes into the query, for want of a body
 * @param documents the media types of an answer that is a document; none where an answer is JSON alone
 */
public record Operation(boolean repeatable, boolean tokenInQuery, Set<String> documents) {

    /** What HTTP says of a method, for an operation that the spec does not have. */
    static Operation of(String httpMethod) {
        boolean get = httpMethod.equals("GET");
        return new Operation(get || httpMethod.equals("DELETE"), get, Set.of());
    }
}
