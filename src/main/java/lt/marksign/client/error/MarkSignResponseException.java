package lt.marksign.client.error;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * There was a response, and it was not an {@code ok}. There are two kinds: a {@link MarkSignApiException}, if the gateway
 * refused, and a {@link MarkSignUnexpectedResponseException}, if the response breaks the contract.
 */
public abstract class MarkSignResponseException extends MarkSignException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #httpStatus()}. */
    private final int httpStatus;
    /** The value of {@link #headers()}. */
    @SuppressWarnings("serial") // Each assigned map is serializable.
    private Map<String, List<String>> headers = Map.of();
    /** The value of {@link #retryAfter()}, or null. */
    private @Nullable Duration retryAfter;

    MarkSignResponseException(String message, int httpStatus, boolean outcomeUnknown) {
        super(message, null, outcomeUnknown);
        this.httpStatus = httpStatus;
    }

    /**
     * Sets the response's headers. The client calls this method before it throws the exception; your tests can call it too.
     *
     * @param headers the headers, which are copied
     * @param retryAfter the pause that the response asks for; empty if it asks for none
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
     * @return the status; it can be any, because the gateway also refuses with 200
     */
    public final int httpStatus() {
        return httpStatus;
    }

    /**
     * Returns the response's headers. They may contain data for a report to the gateway's or a proxy's operator, such as a
     * request id.
     *
     * @return an unmodifiable map of the values by name; the case of a name does not matter. If a header repeats the access
     *     token or the session id, that value is redacted
     */
    public final Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * Returns how long to wait before the next call, from the seconds in the response's {@code Retry-After}.
     *
     * @return the pause; empty if the response has no {@code Retry-After}, or one that is not in seconds
     */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
