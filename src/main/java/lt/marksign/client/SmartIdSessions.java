package lt.marksign.client;

import lt.marksign.client.api.SmartIdSessionsApi;

/**
 * Begins, resumes and removes Smart-ID sessions: identifications, signings and hash signings. Obtained from
 * {@link MarkSignClient#smartIdSessions()}. Thread-safe.
 */
public final class SmartIdSessions extends SmartIdSessionsFacade {
    SmartIdSessions(SmartIdSessionsApi api, Waits waits) {
        super(api, waits);
    }
}
