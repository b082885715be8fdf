package lt.marksign.client.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lt.marksign.client.model.CallListener;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * What a client's calls have in common.
 *
 * @param accessToken gives the API access token, asked at each call
 * @param retries when to try again
 * @param callTimeout how long a call may take, retries included
 * @param maxDocumentSize how many bytes of a document are sent or received
 * @param plainHttpAllowed whether the token may be sent without TLS to another machine
 * @param spec what is known of the operations and of what they send and receive
 * @param headers the headers of every request, where no interceptor sets another value
 * @param listener is told of each call, or null
 */
public record CallSettings(
        Supplier<String> accessToken,
        RetryPolicy retries,
        Duration callTimeout,
        long maxDocumentSize,
        boolean plainHttpAllowed,
        Spec spec,
        Map<String, String> headers,
        @Nullable CallListener listener) {
    /** A shorter value is a word, such as a language, and no secret. */
    private static final int SHORTEST_SECRET = 9;

    /** Returns the values of headers that must not be seen. */
    List<String> secretHeaders() {
        return headers.entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("User-Agent"))
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .toList();
    }

    /** Returns how long the body of a response may be: a document in JSON is a third longer, and has JSON around it. */
    long maxLength(boolean ofDocument) {
        long inJson = Math.min(maxDocumentSize, Integer.MAX_VALUE) * 4 / 3 + BoundedBody.MAX_BYTES;
        return ofDocument ? Math.min(inJson, Integer.MAX_VALUE - 8) : BoundedBody.MAX_BYTES;
    }
}
