package lt.marksign.client.transport;

import feign.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request with its token.
 *
 * @param request what to send
 * @param token the token that is in it
 * @param payload the body, where it has gaps that the request's own body cannot have, or null
 */
public record AuthorizedRequest(
        Request request, String token, @Nullable Payload payload) {
    /** The same, as somebody on the way changed the request, for instance its host. */
    AuthorizedRequest as(Request changed) {
        return new AuthorizedRequest(changed, token, payload);
    }

    /** The same, once the contents that are to be sent were checked. */
    public AuthorizedRequest checked(long maxDocumentSize) {
        return payload == null ? this : new AuthorizedRequest(request, token, payload.checked(maxDocumentSize));
    }

    /** The request with all of its body. */
    Request whole() throws IOException {
        return payload == null
                ? request
                : with(request, request.url(), request.headers(), payload.send().toByteArray());
    }

    /** A request with another address, other headers and another body, to the same method. */
    public static Request with(
            Request request, String url, Map<String, Collection<String>> headers, byte @Nullable [] body) {
        return Request.create(
                request.httpMethod(), url, headers, body, StandardCharsets.UTF_8, request.requestTemplate());
    }
}
