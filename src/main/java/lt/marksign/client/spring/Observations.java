package lt.marksign.client.spring;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.model.CallListener;
import org.jspecify.annotations.Nullable;

/** Observes each call, from before its arguments are checked until its result, and propagates the trace. */
record Observations(ObservationRegistry registry) implements CallListener {
    private static final Observation.Event RETRY = Observation.Event.of("retry");
    private static final String NONE = "none";

    @Override
    public Progress begun(String operation, String language, BiConsumer<String, String> headers) {
        RequestReplySenderContext<BiConsumer<String, String>, Object> context =
                new RequestReplySenderContext<>((carrier, name, value) -> headers.accept(name, value));
        context.setCarrier(headers);
        Observation observation = Observation.createNotStarted("marksign.client", () -> context, registry)
                .contextualName("marksign " + operation)
                .lowCardinalityKeyValue("operation", operation)
                .lowCardinalityKeyValue("language", language)
                .start();
        Observation.Scope scope = observation.openScope();
        return new Progress() {
            @Override
            public void retrying() {
                observation.event(RETRY);
            }

            @Override
            public void ended(int httpStatus, @Nullable Throwable failure) {
                scope.close();
                observation.lowCardinalityKeyValues(failure == null ? tags("ok", httpStatus, NONE) : tags(failure));
                if (failure != null) {
                    observation.error(failure);
                }
                observation.stop();
            }
        };
    }

    private static KeyValues tags(Throwable failure) {
        if (failure instanceof MarkSignApiException refusal) {
            OptionalInt code = refusal.errorCode();
            return tags("refused", refusal.httpStatus(), code.isPresent() ? bounded(code.getAsInt()) : NONE);
        }
        if (failure instanceof MarkSignUnexpectedResponseException unexpected) {
            return tags("unexpected", unexpected.httpStatus(), NONE);
        }
        if (failure instanceof MarkSignException) {
            return tags("no response", NONE, NONE);
        }
        return tags(failure instanceof UncheckedIOException ? "broken off" : "not sent", NONE, NONE);
    }

    private static KeyValues tags(String outcome, Object httpStatus, String errorCode) {
        return KeyValues.of("outcome", outcome, "http.status", String.valueOf(httpStatus), "error.code", errorCode);
    }

    /** Maps every code outside the gateway's published table to {@code other}, to bound the number of tag values. */
    private static String bounded(int code) {
        MarkSignApiException byCodeAlone = MarkSignApiException.of("", "", OptionalInt.of(code), 200, false);
        return byCodeAlone.getClass() == MarkSignApiException.class ? "other" : String.valueOf(code);
    }
}
