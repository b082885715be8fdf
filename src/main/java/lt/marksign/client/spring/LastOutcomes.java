package lt.marksign.client.spring;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each client's last call said of the gateway. */
final class LastOutcomes {
    private final Map<String, LastOutcome> outcomes = new ConcurrentHashMap<>();

    LastOutcome of(String client) {
        return outcomes.computeIfAbsent(client, name -> new LastOutcome(InstantSource.system()));
    }
}
