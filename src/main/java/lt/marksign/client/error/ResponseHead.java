package lt.marksign.client.error;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an answer says before its body.
 *
 * @param httpStatus its HTTP status
 * @param headers its headers, each with its values in the order in which they came; a name is found in upper and lower case
 * @param retryAfter the pause that it asks for, empty if it asks for none
 */
public record ResponseHead(int httpStatus, Map<String, List<String>> headers, Optional<Duration> retryAfter) {
    /**
     * Makes one, with a copy of the headers that nobody can change.
     *
     * @param httpStatus the HTTP status
     * @param headers the headers
     * @param retryAfter the pause, if the answer asks for one
     */
    public ResponseHead {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * Makes one without headers.
     *
     * @param httpStatus the HTTP status
     */
    public ResponseHead(int httpStatus) {
        this(httpStatus, Map.of(), Optional.empty());
    }
}
