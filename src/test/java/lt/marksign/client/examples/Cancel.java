package lt.marksign.client.examples;

import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.error.MarkSignUserException;

/** Cancels a login with Smart-ID that another request began. The argument is the session's id. */
public class Cancel {
    public static void main(String[] args) {
        try (MarkSignClient client = MarkSignClient.fromEnv()) {
            System.out.println(cancel(client, args[0]));
        }
    }

    static String cancel(MarkSignClient client, String sessionId) {
        try {
            client.smartIdSessions().authentication(sessionId).remove();
            return "The session is removed";
        } catch (MarkSignUserException e) {
            return "The session was over: " + e.gatewayMessage();
        } catch (MarkSignNotFoundException e) {
            return "The session is over, or the id is that of another kind of session or account";
        } catch (MarkSignException e) {
            return e.outcomeUnknown()
                    ? "Unknown: the session is over, or it waits until it expires"
                    : "The session was not removed";
        }
    }
}
