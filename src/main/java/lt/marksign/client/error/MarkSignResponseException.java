package lt.marksign.client.error;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * There was a response, and it did not say {@code ok}. It has two kinds: {@link MarkSignApiException}, the gateway refused; and
 * {@link MarkSignUnexpectedResponseException}, the response breaks the contract.
 */
public abstract class MarkSignResponseException extends MarkSignException {
    private static final long serialVersionUID = 1L;

    /** What {@link #httpStatus()} tells. */
    private final int httpStatus;
    /** What {@link #headers()} tells. */
    @SuppressWarnings("serial") // Can be: each assigned map is serializable.
    private Map<String, List<String>> headers = Map.of();
    /** What {@link #retryAfter()} tells. */
    private @Nullable Duration retryAfter;

    MarkSignResponseException(String message, int httpStatus, boolean outcomeUnknown) {
        super(message, null, outcomeUnknown);
        this.httpStatus = httpStatus;
    }

    /**
     * Sets what the response's headers say. The client calls it before it throws the exception; a test of yours may as well.
     *
     * @param headers the headers, of which a copy is kept
     * @param retryAfter the pause that the response asks for, empty if it asks for none
     * @return this exception
     */
    public final MarkSignResponseException withResponse(
            Map<String, List<String>> headers, Optional<Duration> retryAfter) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        this.headers = Collections.unmodifiableMap(copy);
        this.retryAfter = retryAfter.orElse(null);
        return this;
    }

    /**
     * Returns the response's HTTP status.
     *
     * @return the status, which may be any: the gateway also refuses with 200
     */
    public final int httpStatus() {
        return httpStatus;
    }

    /**
     * Returns the response's headers, for what the gateway or somebody on the way wants to be told of a failure, such as a request's
     * id.
     *
     * @return the values by name, in whichever case it is asked for, without the access token and the session id, should a
     *     header have repeated them; nobody can change it
     */
    public final Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * Returns how long to wait before the next call, as the response's {@code Retry-After} asks in seconds.
     *
     * @return the pause; empty if the response asked for none, or by a date
     */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
