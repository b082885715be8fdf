package lt.marksign.client.model;

import java.util.function.BiConsumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each call of the gateway, for instance to measure it. It never learns ids or personal data. For use by many
 * threads. What it throws is logged, and the call goes on.
 */
@NullMarked
@FunctionalInterface
public interface CallListener {
    /**
     * Begins to follow a call. Called in the thread of the call, before its arguments are checked.
     *
     * @param operation the operation, such as {@code removeSmartIdSession}
     * @param language the language of the gateway's messages, as an ISO 639 code
     * @param headers takes the name and the value of a header to send, such as one that passes a trace on
     * @return what is told how the call goes on, in the same thread
     */
    Progress begun(String operation, String language, BiConsumer<String, String> headers);

    /** Is told how a call goes on. */
    interface Progress {
        /** The call is about to be tried again. */
        void retrying();

        /**
         * The call ended.
         *
         * @param httpStatus the HTTP status of a response that says {@code ok}, or 0
         * @param failure what the caller is thrown, or {@code null}
         */
        void ended(int httpStatus, @Nullable Throwable failure);
    }
}
