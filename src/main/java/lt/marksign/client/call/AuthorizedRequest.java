package lt.marksign.client.call;

import feign.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request with its token.
 *
 * @param request what to send
 * @param payload the body, if it has placeholders that the request's own body cannot have, or null
 */
record AuthorizedRequest(Request request, @Nullable Payload payload) {}
