package lt.marksign.client.feign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import feign.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the access token where the gateway wants it: into the JSON body of every request, under {@code access_token}. A
 * token that the caller put there stays.
 */
public final class AccessToken {
    static final String FIELD = "access_token";
    private static final ObjectMapper JSON =
            new ObjectMapper(JsonFactory.builder().recyclerPool(Answer.BUFFERS).build());
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");

    private AccessToken() {}

    /**
     * A request with its token.
     *
     * @param request what to send
     * @param token the token that is in it
     */
    record Authorized(Request request, String token) {}

    /**
     * Adds the token.
     *
     * @param request what Feign made
     * @param headers what is to be its headers; the length of the body is put in
     * @param tokens asked for the token, unless the request has one
     */
    static Authorized addTo(Request request, Map<String, Collection<String>> headers, Supplier<String> tokens) {
        ObjectNode body = bodyOf(request);
        JsonNode own = body.path(FIELD);
        if (own.isTextual()) {
            return new Authorized(with(headers, request.body(), request), check(own.textValue(), FIELD));
        }
        String token = supply(tokens);
        body.put(FIELD, token);
        return new Authorized(with(headers, write(body), request), token);
    }

    /**
     * The rule for a token, whoever gives it: not blank, no placeholder that nothing has replaced, and no white space,
     * control character or unpaired surrogate in it.
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
        String token = ask(tokens);
        String wrong = whatIsWrongWith(token);
        if (wrong != null) {
            throw new IllegalStateException("the accessToken that the supplier gave " + wrong);
        }
        return token;
    }

    private static String ask(Supplier<String> tokens) {
        try {
            return tokens.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Kotlin and Scala declare no exceptions, and to Feign an IOException would be one of the transport's.
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException(
                    "the accessToken supplier threw " + e.getClass().getName(), e);
        }
    }

    private static @Nullable String whatIsWrongWith(@Nullable String token) {
        if (token == null) {
            return "must not be null";
        }
        if (token.isBlank()) {
            return "must not be blank";
        }
        if (PLACEHOLDER.matcher(token).find()) {
            return "must not be a placeholder that nothing has replaced, such as ${NAME}";
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

    private static byte[] write(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new AssertionError("writing a JSON tree to memory", e);
        }
    }

    private static Request with(Map<String, Collection<String>> headers, byte[] body, Request request) {
        headers.put("Content-Length", List.of(Integer.toString(body.length)));
        return Request.create(
                request.httpMethod(), request.url(), headers, body, StandardCharsets.UTF_8, request.requestTemplate());
    }
}
