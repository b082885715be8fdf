package lt.marksign.client;

import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SignedDocument;
import lt.marksign.client.model.SignedHash;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import lt.marksign.client.model.SmartIdHashSigningRequest;
import lt.marksign.client.model.SmartIdSigningRequest;

/**
 * Smart-ID sessions: what an authentication, a signing or a hash signing by Smart-ID began. Obtained from
 * {@link MarkSignClient#smartIdSessions()}; safe for use by many threads.
 */
public final class SmartIdSessions extends SmartIdSessionsFacade {
    private final SessionKind<Identification> authentications;
    private final SessionKind<SignedDocument> signings;
    private final SessionKind<SignedHash> hashSignings;

    SmartIdSessions(SmartIdSessionsApi api, Waiting waiting) {
        super(api);
        authentications = new SessionKind<>(
                "Smart-ID",
                "authentication",
                api::checkSmartIdAuthenticationWithHttpInfo,
                Identification::getStatus,
                Session::isForeign,
                this::remove,
                waiting);
        signings = new SessionKind<>(
                "Smart-ID",
                "signing",
                api::checkSmartIdSigningWithHttpInfo,
                SignedDocument::getStatus,
                (session, result) -> false,
                this::remove,
                waiting);
        hashSignings = new SessionKind<>(
                "Smart-ID",
                "hash signing",
                api::checkSmartIdHashSigningWithHttpInfo,
                SignedHash::getStatus,
                (session, result) -> false,
                this::remove,
                waiting);
    }

    /**
     * Asks a person to identify by Smart-ID. Sends one request; it is not repeated, unless the gateway was not reached or answered 429.
     *
     * @param request who is asked, and what the phone shows; what is not set is not sent
     * @return the session, whose result is who they are
     * @throws IllegalArgumentException if the request breaks a rule of the spec; nothing was sent
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     * @throws MarkSignException if the gateway did not say that it began a session. Where
     *     {@link MarkSignException#outcomeUnknown()} is {@code true}, a prompt may be on the phone that nobody can remove
     */
    public Session<Identification> authenticate(SmartIdAuthenticationRequest request) {
        Asked asked = request == null ? Asked.SOMEBODY : new Asked(request.getCode(), request.getCountry());
        return authentications.session(api.initSmartIdAuthentication(request), asked);
    }

    /**
     * Asks a person to sign files by Smart-ID. Sends one request; it is not repeated, unless the gateway was not reached or answered 429.
     *
     * @param request who is asked, and what the phone shows; what is not set is not sent
     * @return the session, whose result is the signed file
     * @throws IllegalArgumentException if the request breaks a rule of the spec; nothing was sent
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     * @throws MarkSignException if the gateway did not say that it began a session. Where
     *     {@link MarkSignException#outcomeUnknown()} is {@code true}, a prompt may be on the phone that nobody can remove
     */
    public Session<SignedDocument> sign(SmartIdSigningRequest request) {
        return signings.session(api.initSmartIdSigning(request), Asked.SOMEBODY);
    }

    /**
     * Asks a person to sign a hash by Smart-ID. Sends one request; it is not repeated, unless the gateway was not reached or answered 429.
     *
     * @param request who is asked, and what the phone shows; what is not set is not sent
     * @return the session, whose result is the signature
     * @throws IllegalArgumentException if the request breaks a rule of the spec; nothing was sent
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     * @throws MarkSignException if the gateway did not say that it began a session. Where
     *     {@link MarkSignException#outcomeUnknown()} is {@code true}, a prompt may be on the phone that nobody can remove
     */
    public Session<SignedHash> signHash(SmartIdHashSigningRequest request) {
        return hashSignings.session(api.initSmartIdHashSigning(request), Asked.SOMEBODY);
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
        api.removeSmartIdSession(sessionId, new AccessTokenRequest());
    }
}
