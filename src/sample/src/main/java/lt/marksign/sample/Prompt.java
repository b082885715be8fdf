package lt.marksign.sample;

import java.io.Serializable;
import java.time.Instant;

/**
 * A request to a person to confirm something on their phone, and its outcome. It is stored in the HTTP session. Therefore the
 * gateway's session id never reaches the browser, and another machine can continue the prompt.
 *
 * @param id the id in the address of the prompt's page; valid only in this HTTP session
 * @param purpose whether the person logs in or signs
 * @param form the person, as the form names them
 * @param state the progress
 * @param since when the prompt entered this state
 * @param sessionId the id of the gateway's session
 * @param controlCode the code that the person compares with the phone
 * @param failedChecks how many checks in a row got no response from the gateway
 * @param gatewayMessage the gateway's message about the end
 * @param personName the name of the person who confirmed
 * @param file the file to sign, then the signed file; null for a login
 * @param signedPdf the signed document
 */
record Prompt(
        String id,
        Purpose purpose,
        PersonForm form,
        State state,
        Instant since,
        String sessionId,
        String controlCode,
        int failedChecks,
        String gatewayMessage,
        String personName,
        PdfFile file,
        byte[] signedPdf)
        implements Serializable {
    Prompt(String id, Purpose purpose, PersonForm form, PdfFile file) {
        this(id, purpose, form, State.BEGINNING, Instant.now(), null, "", 0, "", "", file, null);
    }

    enum Purpose {
        LOGIN,
        SIGNATURE
    }

    /** The progress of a prompt. {@code messages.properties} has a sentence for each state. */
    enum State {
        /** The gateway has not responded yet. */
        BEGINNING,
        /** The person has not acted yet. */
        WAITING,
        CONFIRMED,
        REFUSED,
        EXPIRED,
        /** The gateway has not responded to the removal yet. */
        CANCELLING,
        CANCELLED,
        /** The gateway has no such session any more. */
        GONE,
        /** The gateway did not ask the person, because of the data in the form. */
        NOT_ACCEPTED,
        /** The gateway did not ask the person, for another reason. */
        UNAVAILABLE,
        /** The response names another person. */
        SOMEBODY_ELSE,
        /** The response to the begin request was lost. A prompt that cannot be removed may be on the phone. */
        PERHAPS_BEGUN,
        /** The outcome of the session is unknown. The prompt may still be on the phone. */
        LOST,
        /** The removal was not confirmed. The prompt may still be on the phone. */
        PERHAPS_CANCELLED;

        /** Returns whether another check can change the state. */
        public boolean isOpen() {
            return this == BEGINNING || this == WAITING || this == CANCELLING;
        }

        /** Returns the kind of page, which decides its heading, mark and colour. */
        public String getKind() {
            return switch (this) {
                case BEGINNING, WAITING, CANCELLING -> "open";
                case CONFIRMED -> "success";
                case REFUSED, EXPIRED, CANCELLED, GONE -> "refusal";
                case NOT_ACCEPTED, UNAVAILABLE, SOMEBODY_ELSE -> "failure";
                case PERHAPS_BEGUN, LOST, PERHAPS_CANCELLED -> "unknown";
            };
        }

        /** Returns whether a session at the gateway may still have to be removed. */
        public boolean isCancellable() {
            return this == WAITING || this == LOST || this == PERHAPS_CANCELLED;
        }
    }

    Prompt withSession(String sessionId, String controlCode) {
        return new Prompt(
                id, purpose, form, State.WAITING, Instant.now(), sessionId, controlCode, 0, "", "", file, null);
    }

    Prompt withFailedChecks(int failedChecks) {
        return new Prompt(
                id,
                purpose,
                form,
                state,
                since,
                sessionId,
                controlCode,
                failedChecks,
                gatewayMessage,
                personName,
                file,
                signedPdf);
    }

    Prompt withState(State state, String gatewayMessage) {
        return new Prompt(
                id, purpose, form, state, Instant.now(), sessionId, controlCode, 0, gatewayMessage, "", file, null);
    }

    Prompt loggedIn(String personName, PersonForm form) {
        return new Prompt(
                id,
                purpose,
                form,
                State.CONFIRMED,
                Instant.now(),
                sessionId,
                controlCode,
                0,
                "",
                personName,
                null,
                null);
    }

    /** Keeps the document in memory, because this is a sample. */
    Prompt signed(String personName, PdfFile file, byte[] signedPdf) {
        return new Prompt(
                id,
                purpose,
                form,
                State.CONFIRMED,
                Instant.now(),
                sessionId,
                controlCode,
                0,
                "",
                personName,
                file,
                signedPdf);
    }
}
