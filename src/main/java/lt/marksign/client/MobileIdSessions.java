package lt.marksign.client;

import lt.marksign.client.api.MobileIdSessionsApi;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.MobileIdAuthenticationRequest;
import lt.marksign.client.model.MobileIdHashSigningRequest;
import lt.marksign.client.model.MobileIdSigningRequest;
import lt.marksign.client.model.SignedDocument;
import lt.marksign.client.model.SignedHash;

/**
 * Mobile-ID sessions: what an authentication, a signing or a hash signing by Mobile-ID began. Obtained from
 * {@link MarkSignClient#mobileIdSessions()}; safe for use by many threads.
 */
public final class MobileIdSessions extends MobileIdSessionsFacade {
    private final SessionKind<Identification> authentications;
    private final SessionKind<SignedDocument> signings;
    private final SessionKind<SignedHash> hashSignings;

    MobileIdSessions(MobileIdSessionsApi api, Waiting waiting) {
        super(api);
        authentications = new SessionKind<>(
                "Mobile-ID",
                "authentication",
                api::checkMobileIdAuthenticationWithHttpInfo,
                Identification::getStatus,
                Session::isForeign,
                this::remove,
                waiting);
        signings = new SessionKind<>(
                "Mobile-ID",
                "signing",
                api::checkMobileIdSigningWithHttpInfo,
                SignedDocument::getStatus,
                (session, result) -> false,
                this::remove,
                waiting);
        hashSignings = new SessionKind<>(
                "Mobile-ID",
                "hash signing",
                api::checkMobileIdHashSigningWithHttpInfo,
                SignedHash::getStatus,
                (session, result) -> false,
                this::remove,
                waiting);
    }

    /**
     * Asks a person to identify by Mobile-ID. Sends one request; it is not repeated, unless the gateway was not reached or answered 429.
     *
     * @param request who is asked, and what the phone shows; what is not set is not sent
     * @return the session, whose result is who they are
     * @throws IllegalArgumentException if the request breaks a rule of the spec; nothing was sent
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     * @throws MarkSignException if the gateway did not say that it began a session. Where
     *     {@link MarkSignException#outcomeUnknown()} is {@code true}, a prompt may be on the phone that nobody can remove
     */
    public Session<Identification> authenticate(MobileIdAuthenticationRequest request) {
        Asked asked = request == null ? Asked.SOMEBODY : new Asked(request.getCode(), null);
        return authentications.session(api.initMobileIdAuthentication(request), asked);
    }

    /**
     * Asks a person to sign files by Mobile-ID. Sends one request; it is not repeated, unless the gateway was not reached or answered 429.
     *
     * @param request who is asked, and what the phone shows; what is not set is not sent
     * @return the session, whose result is the signed file
     * @throws IllegalArgumentException if the request breaks a rule of the spec; nothing was sent
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     * @throws MarkSignException if the gateway did not say that it began a session. Where
     *     {@link MarkSignException#outcomeUnknown()} is {@code true}, a prompt may be on the phone that nobody can remove
     */
    public Session<SignedDocument> sign(MobileIdSigningRequest request) {
        return signings.session(api.initMobileIdSigning(request), Asked.SOMEBODY);
    }

    /**
     * Asks a person to sign a hash by Mobile-ID. Sends one request; it is not repeated, unless the gateway was not reached or answered 429.
     *
     * @param request who is asked, and what the phone shows; what is not set is not sent
     * @return the session, whose result is the signature
     * @throws IllegalArgumentException if the request breaks a rule of the spec; nothing was sent
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     * @throws MarkSignException if the gateway did not say that it began a session. Where
     *     {@link MarkSignException#outcomeUnknown()} is {@code true}, a prompt may be on the phone that nobody can remove
     */
    public Session<SignedHash> signHash(MobileIdHashSigningRequest request) {
        return hashSignings.session(api.initMobileIdHashSigning(request), Asked.SOMEBODY);
    }

    /**
     * Finds an authentication that was begun before, here or elsewhere; nothing is sent.
     *
     * @param sessionId its {@link Session#id}
     * @return the session; whom was asked it does not know, so a result is held against the id alone
     * @throws IllegalArgumentException if the session id is not of the form that {@link #remove} wants
     */
    public Session<Identification> authentication(String sessionId) {
        return authentications.session(sessionId);
    }

    /**
     * Finds a signing that was begun before, here or elsewhere; nothing is sent.
     *
     * @param sessionId its {@link Session#id}
     * @return the session; whom was asked it does not know, so a result is held against the id alone
     * @throws IllegalArgumentException if the session id is not of the form that {@link #remove} wants
     */
    public Session<SignedDocument> signing(String sessionId) {
        return signings.session(sessionId);
    }

    /**
     * Finds a signing of a hash that was begun before, here or elsewhere; nothing is sent.
     *
     * @param sessionId its {@link Session#id}
     * @return the session; whom was asked it does not know, so a result is held against the id alone
     * @throws IllegalArgumentException if the session id is not of the form that {@link #remove} wants
     */
    public Session<SignedHash> hashSigning(String sessionId) {
        return hashSignings.session(sessionId);
    }

    /**
     * Removes a session, so that nobody can go on with what it stands for. Returning means that the gateway said it is
     * removed.
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
}
