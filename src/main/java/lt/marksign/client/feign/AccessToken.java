package lt.marksign.client.feign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import feign.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the access token where the gateway wants it: into the JSON body of every request, under {@code access_token}. A
 * token that the caller put there stays.
 */
public final class AccessToken {
    static final String FIELD = "access_token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AccessToken() {}

    /**
     * A request with its token.
     *
     * @param request what to send
     * @param token the token that is in it
     */
    record Authorized(Request request, String token) {}

    static Authorized addTo(Request request, Supplier<String> tokens) {
        ObjectNode body = bodyOf(request);
        JsonNode own = body.path(FIELD);
        if (own.isTextual()) {
            return new Authorized(request, check(own.textValue(), FIELD));
        }
        String token = supply(tokens);
        body.put(FIELD, token);
        return new Authorized(withBody(request, body), token);
    }

    /**
     * The rule for a token, whoever gives it: not blank, and no white space, control character or unpaired surrogate in it.
     *
     * @param token the token, perhaps
     * @param argument what the message is to call it
     * @return the token
     * @throws IllegalArgumentException if it breaks the rule; the message does not repeat it
     */
    public static String check(@Nullable String token, String argument) {
        String wrong = whatIsWrongWith(token);
        if (wrong != null) {
            throw new IllegalArgumentException(argument + " " + wrong);
        }
        return token;
    }

    private static String supply(Supplier<String> tokens) {
        String token = tokens.get();
        String wrong = whatIsWrongWith(token);
        if (wrong != null) {
            throw new IllegalStateException("the accessToken that the supplier gave " + wrong);
        }
        return token;
    }

    private static @Nullable String whatIsWrongWith(@Nullable String token) {
        if (token == null) {
            return "must not be null";
        }
        if (token.isBlank()) {
            return "must not be blank";
        }
        boolean readable = token.codePoints()
                .noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c) || isUnpairedSurrogate(c));
        return readable ? null : "must not contain white space, control characters or unpaired surrogates";
    }

    private static boolean isUnpairedSurrogate(int codePoint) {
        return codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint);
    }

    private static ObjectNode bodyOf(Request request) {
        byte[] body = request.body();
        if (body == null || body.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // Falls through to the same message: the body was not written by this library's encoder.
        }
        throw new IllegalArgumentException("the request body must be a JSON object, to hold the " + FIELD);
    }

    private static Request withBody(Request request, ObjectNode body) {
        Map<String, Collection<String>> headers = new LinkedHashMap<>(request.headers());
        headers.keySet().removeIf("Content-Length"::equalsIgnoreCase);
        try {
            byte[] bytes = JSON.writeValueAsBytes(body);
            headers.put("Content-Length", List.of(Integer.toString(bytes.length)));
            return Request.create(
                    request.httpMethod(),
                    request.url(),
                    headers,
                    bytes,
                    StandardCharsets.UTF_8,
                    request.requestTemplate());
        } catch (IOException e) {
            throw new AssertionError("writing a JSON tree to memory", e);
        }
    }
}
