package lt.marksign.client;

import lt.marksign.client.api.MobileIdSessionsApi;

/**
 * Begins, resumes and removes Mobile-ID sessions: identifications, signings and hash signings. Obtained from
 * {@link MarkSignClient#mobileIdSessions()}. Thread-safe.
 */
public final class MobileIdSessions extends MobileIdSessionsFacade {
    MobileIdSessions(MobileIdSessionsApi api, Waits waits) {
        super(api, waits);
    }
}
