package lt.marksign.client.spring;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import lt.marksign.client.SessionListener;
import org.jspecify.annotations.Nullable;

/** Observes each session, besides the calls of which it consists. */
final class SessionObservations implements SessionListener {
    private final ObservationRegistry registry;
    private final KeyValues whose;

    /** With the client's name as a tag, where there are several. */
    SessionObservations(ObservationRegistry registry, @Nullable String client) {
        this.registry = registry;
        this.whose = client == null ? KeyValues.empty() : KeyValues.of("client", client);
    }

    @Override
    public Ending begun(String family, String kind) {
        Observation observation = Observation.createNotStarted("marksign.session", registry)
                .contextualName("marksign " + kind)
                .lowCardinalityKeyValue("family", family)
                .lowCardinalityKeyValue("kind", kind)
                .lowCardinalityKeyValues(whose)
                .start();
        return (outcome, failure) -> {
            if (failure != null) {
                observation.error(failure);
            }
            observation
                    .lowCardinalityKeyValue(
                            "outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .stop();
        };
    }
}
