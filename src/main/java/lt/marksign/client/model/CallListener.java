package lt.marksign.client.model;

import java.util.function.BiConsumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Observes each call to the gateway, for instance to measure it. It receives neither ids nor personal data, except those in an
 * exception. An implementation must be thread-safe. If it throws a {@link RuntimeException}, the exception is logged and the
 * call continues.
 */
@NullMarked
@FunctionalInterface
public interface CallListener {
    /**
     * Begins to observe a call. Called on the thread of the call, before its arguments are checked.
     *
     * @param operation the name of the operation, such as {@code removeSmartIdSession}
     * @param language the language of the gateway's messages, as an ISO 639 code
     * @param headers adds a header to the request, by name and value, such as one that propagates a trace
     * @return the observer of the rest of this call, called on the same thread
     */
    Progress begun(String operation, String language, BiConsumer<String, String> headers);

    /** Observes the rest of a call. */
    interface Progress {
        /** Called before each retry of the call. */
        void retrying();

        /**
         * Called at the end of the call.
         *
         * @param httpStatus the HTTP status of a response that says {@code ok}, or 0
         * @param failure the exception that the caller gets, or {@code null}
         */
        void ended(int httpStatus, @Nullable Throwable failure);
    }
}
