package lt.marksign.client.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import lt.marksign.client.SessionListener;

/** Observes each session, besides the calls of which it consists. */
final class SessionObservations implements SessionListener {
    private final ObservationRegistry registry;

    SessionObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Ending begun(String family, String kind) {
        Observation observation = Observation.createNotStarted("marksign.session", registry)
                .contextualName("marksign " + kind)
                .lowCardinalityKeyValue("family", family)
                .lowCardinalityKeyValue("kind", kind)
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
