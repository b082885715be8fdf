package lt.marksign.sample;

import java.io.Serializable;
import java.time.Instant;

/**
 * What a person was asked to do on their phone, and what came of it. It is kept in the HTTP session, so that the gateway's
 * session id reaches no browser, and another machine can go on with it.
 *
 * @param id names it in the address of its page; it is good in this HTTP session alone
 * @param purpose what for
 * @param asked whom
 * @param state how far it has come
 * @param since when it came so far
 * @param sessionId the gateway's session
 * @param controlCode what the person compares with the phone
 * @param unanswered how many checks in a row the gateway left without a response
 * @param said what the gateway said of its end
 * @param person the name of who confirmed
 * @param file what is to be signed, then what was signed; null for a login
 * @param signed the signed document
 */
record Prompt(
        String id,
        Purpose purpose,
        Asked asked,
        State state,
        Instant since,
        String sessionId,
        String controlCode,
        int unanswered,
        String said,
        String person,
        File file,
        byte[] signed)
        implements Serializable {
    Prompt(String id, Purpose purpose, Asked asked, File file) {
        this(id, purpose, asked, State.BEGINNING, Instant.now(), null, "", 0, "", "", file, null);
    }

    /** What a person is asked for. */
    enum Purpose {
        LOGIN,
        SIGNATURE
    }

    /** How far it has come. Each has its sentence in messages.properties. */
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
        /** The gateway asked nobody, for reasons that lie with what was filled in. */
        NOT_ACCEPTED,
        /** The gateway asked nobody, for reasons that lie elsewhere. */
        UNAVAILABLE,
        /** The response names somebody else. */
        SOMEBODY_ELSE,
        /** It was to begin, and the response was lost: something that nobody can remove may be on the phone. */
        PERHAPS_BEGUN,
        /** Nobody knows what became of it; it may be on the phone. */
        LOST,
        /** It was to be removed, and may be on the phone all the same. */
        PERHAPS_CANCELLED;

        /** Whether asking again can change it. */
        public boolean isOpen() {
            return this == BEGINNING || this == WAITING || this == CANCELLING;
        }

        /** What the page looks like: its heading, mark and colour. */
        public String getKind() {
            return switch (this) {
                case BEGINNING, WAITING, CANCELLING -> "open";
                case CONFIRMED -> "success";
                case REFUSED, EXPIRED, CANCELLED, GONE -> "refusal";
                case NOT_ACCEPTED, UNAVAILABLE, SOMEBODY_ELSE -> "failure";
                case PERHAPS_BEGUN, LOST, PERHAPS_CANCELLED -> "unknown";
            };
        }

        /** Whether there is something to remove. */
        public boolean isCancellable() {
            return this == WAITING || this == LOST || this == PERHAPS_CANCELLED;
        }
    }

    Prompt waiting(String sessionId, String controlCode) {
        return new Prompt(
                id, purpose, asked, State.WAITING, Instant.now(), sessionId, controlCode, 0, "", "", file, null);
    }

    Prompt unanswered(int unanswered) {
        return new Prompt(
                id, purpose, asked, state, since, sessionId, controlCode, unanswered, said, person, file, signed);
    }

    Prompt ended(State state, String said) {
        return new Prompt(id, purpose, asked, state, Instant.now(), sessionId, controlCode, 0, said, "", file, null);
    }

    Prompt identified(String person, Asked asked) {
        return new Prompt(
                id, purpose, asked, State.CONFIRMED, Instant.now(), sessionId, controlCode, 0, "", person, null, null);
    }

    /** The document is kept in memory, because this is a sample. */
    Prompt signed(String person, File file, byte[] signed) {
        return new Prompt(
                id,
                purpose,
                asked,
                State.CONFIRMED,
                Instant.now(),
                sessionId,
                controlCode,
                0,
                "",
                person,
                file,
                signed);
    }
}
