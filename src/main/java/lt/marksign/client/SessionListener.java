package lt.marksign.client;

import org.jspecify.annotations.Nullable;

/** Is told how sessions end, for instance to measure it; never of whom, nor by which id. For use by many threads. */
@FunctionalInterface
public interface SessionListener {
    /** How a session ended, as far as the client got to see. */
    enum Outcome {
        /** There is a result. */
        DONE,
        /** The person refused (40020). */
        REFUSED,
        /** The person let it expire (40021). */
        EXPIRED,
        /** Time was up, or the application cancelled or removed it. */
        GAVE_UP,
        /** Something else ended the wait; the session may stand. */
        FAILED
    }

    /** Is told of the end. */
    @FunctionalInterface
    interface Ending {
        /**
         * The session ended, or nobody waits for it any longer.
         *
         * @param outcome how it ended
         * @param failure what its waiter is thrown, or {@code null}
         */
        void ended(Outcome outcome, @Nullable Throwable failure);
    }

    /**
     * A wait begins; or a session ended without one, in a {@link Session#poll} or a {@link Session#remove}. Must not throw,
     * nor block.
     *
     * @param family by what the person acts, {@code Smart-ID} or {@code Mobile-ID}
     * @param kind what is asked of the person, {@code authentication}, {@code signing} or {@code hash signing}
     * @return what is told of the end, once
     */
    Ending begun(String family, String kind);
}
