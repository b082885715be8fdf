package lt.marksign.client.exchange;

import java.util.function.Supplier;

/** Keeps the calls of a thread from being tried again, for a caller who comes back in any case. */
public final class SingleAttempt {
    private static final ThreadLocal<Boolean> ASKED_FOR = new ThreadLocal<>();

    private SingleAttempt() {}

    static boolean isAskedFor() {
        return ASKED_FOR.get() != null;
    }

    /**
     * Makes a call, each request of which is sent once.
     *
     * @param call the call
     * @param <T> what it returns
     * @return what it returned
     */
    public static <T> T of(Supplier<T> call) {
        ASKED_FOR.set(true);
        try {
            return call.get();
        } finally {
            ASKED_FOR.remove();
        }
    }
}
