package lt.marksign.client.feign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;

/** The caller's own stream, disk or document failed, in the midst of a transfer: neither the gateway's fault nor the line's. */
final class LocalFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException forCaller;

    LocalFailure(RuntimeException forCaller) {
        super(forCaller);
        this.forCaller = forCaller;
    }

    LocalFailure(String message, IOException cause) {
        this(new UncheckedIOException(message, cause));
    }

    /** Throws what is for the caller, if that is what a failure comes of. */
    static void rethrow(IOException failure) {
        Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(Transport.MAX_CAUSES)
                .filter(LocalFailure.class::isInstance)
                .findFirst()
                .ifPresent(own -> {
                    throw ((LocalFailure) own).forCaller;
                });
    }
}
