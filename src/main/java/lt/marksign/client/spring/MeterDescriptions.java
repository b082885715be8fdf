package lt.marksign.client.spring;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;

/** Says what the meters of the observation are, which an observation itself cannot. */
final class MeterDescriptions implements MeterFilter {
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "marksign.client", "Calls of the Mark Sign gateway, each with its retries",
            "marksign.client.active", "Calls of the Mark Sign gateway under way",
            "marksign.client.retry", "Retries of calls of the Mark Sign gateway",
            "marksign.session", "Sessions of the Mark Sign gateway, each until the person has acted",
            "marksign.session.active", "Sessions of the Mark Sign gateway that are waited for");

    @Override
    public Meter.Id map(Meter.Id id) {
        String description = DESCRIPTIONS.get(id.getName());
        return description == null
                ? id
                : new Meter.Id(
                        id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), description, id.getType());
    }
}
