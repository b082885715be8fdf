package lt.marksign.client;

import java.util.function.BiFunction;
import java.util.function.Function;
import lt.marksign.client.call.GatewayCall;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.BegunSession;
import lt.marksign.client.spec.Spec;

/**
 * What the sessions of one kind have in common.
 *
 * @param family by what the person acts
 * @param name what is asked of the person
 * @param check asks the gateway for the state of a session
 * @param remove removes a session
 * @param waits waits for sessions
 */
record SessionKind<R>(
        String family,
        String name,
        BiFunction<String, AccessTokenRequest, ApiResponse<R>> check,
        Function<String, ApiResponse<?>> remove,
        SessionWaits waits) {

    Session<R> begun(ApiResponse<BegunSession> response, ExpectedPerson person) {
        BegunSession begun = response.getData();
        try {
            GatewayCall.checkPathVariable("token", begun.getToken());
        } catch (IllegalArgumentException e) {
            throw new MarkSignUnexpectedResponseException(
                    family + " " + name,
                    Spec.GATEWAY.whenUnknown(BegunSession.class) + ": the session has no usable id, " + e.getMessage(),
                    response.getStatusCode(),
                    "",
                    true);
        }
        Session<R> session = new Session<>(this, begun.getToken(), begun.getControlCode(), person, true);
        session.received(response);
        return session;
    }

    Session<R> resumed(String id) {
        GatewayCall.checkPathVariable("sessionId", id);
        return new Session<>(this, id, null, ExpectedPerson.UNKNOWN, false);
    }
}
