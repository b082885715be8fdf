package lt.marksign.client;

import java.util.function.BiFunction;
import java.util.function.Function;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.exchange.PathTemplate;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.BegunSession;
import lt.marksign.client.spec.Spec;

/**
 * What the sessions of one kind have in common.
 *
 * @param family by what the person acts
 * @param name what is asked of the person
 * @param check asks the gateway what became of one
 * @param remove removes one
 * @param waiting how to wait for one
 */
record SessionKind<R>(
        String family,
        String name,
        BiFunction<String, AccessTokenRequest, ApiResponse<R>> check,
        Function<String, ApiResponse<?>> remove,
        Waiting waiting) {

    Session<R> begun(ApiResponse<BegunSession> answer, Asked asked) {
        BegunSession begun = answer.getData();
        try {
            PathTemplate.check("token", begun.getToken());
        } catch (IllegalArgumentException e) {
            throw new MarkSignUnexpectedResponseException(
                    family + " " + name,
                    Spec.GATEWAY.whenUnknown(BegunSession.class) + ": the session has no usable id, " + e.getMessage(),
                    answer.getStatusCode(),
                    "",
                    true);
        }
        Session<R> session = new Session<>(this, begun.getToken(), begun.getControlCode(), asked);
        session.received(answer);
        return session;
    }

    Session<R> found(String id) {
        PathTemplate.check("sessionId", id);
        return new Session<>(this, id, null, Asked.SOMEBODY);
    }
}
