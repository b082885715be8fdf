package lt.marksign.client;

import lt.marksign.client.api.MobileIdSessionsApi;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.StatusResponse;

/**
 * Mobile-ID sessions: what an authentication, a signing or a hash signing by Mobile-ID began. Obtained from
 * {@link MarkSignClient#mobileIdSessions()}; safe for use by many threads.
 */
public final class MobileIdSessions extends MobileIdSessionsFacade {
    MobileIdSessions(MobileIdSessionsApi api, Waiting waiting) {
        super(api, waiting);
    }

    /**
     * Removes a session, so that nobody can go on with what it stands for. Returning means that the gateway said it is
     * removed. One that is to end with certainty is removed by {@link Session#remove}.
     *
     * @param sessionId the {@code token} that the gateway gave out when the session began: letters, digits, {@code -},
     *     {@code .}, {@code _} and {@code ~} alone, and not {@code .} or {@code ..}
     * @throws IllegalArgumentException if the session id is not of that form; nothing was sent
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     * @throws MarkSignException if the gateway did not say that the session is removed;
     *     {@link MarkSignException#outcomeUnknown()} tells whether it may be removed all the same
     */
    public void remove(String sessionId) {
        api.removeMobileIdSession(sessionId, new AccessTokenRequest());
    }

    /**
     * As {@link #remove}, with the HTTP status and the headers of the answer.
     *
     * @param sessionId as there
     * @return what the gateway answered; a header's name is found in upper and lower case
     * @throws IllegalArgumentException as there
     * @throws IllegalStateException as there
     * @throws MarkSignException as there
     */
    public ApiResponse<StatusResponse> removeWithHttpInfo(String sessionId) {
        return api.removeMobileIdSessionWithHttpInfo(sessionId, new AccessTokenRequest());
    }
}
