package lt.marksign.client;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Is told how sessions end, to measure it; never of whom, nor by which id. Thread-safe. Made for this library's own Spring beans. */
@FunctionalInterface
public interface SessionListener {
    /**
     * Notes that a wait begins; or that a session ended without one, in a {@link Session#poll} or a {@link Session#remove}.
     * Must not block. What it throws is logged.
     *
     * @param family by what the person acts, {@code Smart-ID} or {@code Mobile-ID}
     * @param kind what is asked of the person, {@code authentication}, {@code signing} or {@code hash signing}
     * @return is told of the end, once: {@code done}, {@code refused} (40020), {@code expired} (40021), {@code gave up}
     *     (time was up, or the application cancelled or removed it) or {@code failed} (the session may stand); and what the
     *     waiter is thrown, or null
     */
    BiConsumer<String, @Nullable Throwable> begun(String family, String kind);
}
