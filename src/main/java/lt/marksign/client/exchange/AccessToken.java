package lt.marksign.client.exchange;

import static lt.marksign.client.transport.AuthorizedRequest.with;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import feign.Request;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import lt.marksign.client.json.Answer;
import lt.marksign.client.transport.AuthorizedRequest;
import lt.marksign.client.transport.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Puts the access token where the gateway wants it, as {@code access_token}: into the JSON body of a request, where a token
 * that the caller put there stays, or into the query of one that has no body.
 */
public final class AccessToken {
    public static final String FIELD = "access_token";
    private static final String LENGTH = "Content-Length";
    private static final ObjectMapper JSON =
            new ObjectMapper(JsonFactory.builder().recyclerPool(Answer.BUFFERS).build());
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");

    private AccessToken() {}

    /**
     * Adds the token.
     *
     * @param request what Feign made
     * @param headers what is to be its headers; the length of the body is put in
     * @param call what is called
     * @param tokens asked for the token, unless the request has one
     */
    static AuthorizedRequest addTo(
            Request request, Map<String, Collection<String>> headers, Call call, Supplier<String> tokens) {
        if (call.called().operation().tokenInQuery()) {
            String token = supply(tokens);
            String separator = request.url().indexOf('?') < 0 ? "?" : "&";
            String url = request.url() + separator + FIELD + '=' + URLEncoder.encode(token, StandardCharsets.UTF_8);
            return new AuthorizedRequest(with(request, url, headers, null), token, null);
        }
        Payload payload = call.invocation() == null ? null : call.invocation().payloadOf(request.body());
        return payload == null ? addToObject(request, headers, tokens) : addTo(payload, request, headers, call, tokens);
    }

    /** The body is this library's own, and nothing of it is read again. */
    private static AuthorizedRequest addTo(
            Payload payload,
            Request request,
            Map<String, Collection<String>> headers,
            Call call,
            Supplier<String> tokens) {
        Object own = call.invocation().ownToken();
        String token = own == null ? supply(tokens) : check(own.toString(), FIELD);
        Payload authorized = own == null ? payload.with(FIELD, token) : payload;
        headers.remove(LENGTH);
        if (authorized.hasGaps()) {
            return new AuthorizedRequest(with(request, request.url(), headers, null), token, authorized);
        }
        headers.put(LENGTH, List.of(Integer.toString(authorized.json().length)));
        return new AuthorizedRequest(with(request, request.url(), headers, authorized.json()), token, null);
    }

    /** The body is another encoder's or an interceptor's. */
    private static AuthorizedRequest addToObject(
            Request request, Map<String, Collection<String>> headers, Supplier<String> tokens) {
        ObjectNode body = bodyOf(request);
        JsonNode own = body.path(FIELD);
        String token = own.isTextual() ? check(own.textValue(), FIELD) : supply(tokens);
        byte[] bytes = own.isTextual() ? request.body() : write(body.put(FIELD, token));
        headers.put(LENGTH, List.of(Integer.toString(bytes.length)));
        return new AuthorizedRequest(with(request, request.url(), headers, bytes), token, null);
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
        if (isPlaceholder(token)) {
            return "must not be a placeholder that nothing has replaced, such as ${NAME}";
        }
        boolean readable = token.codePoints()
                .noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c) || isUnpairedSurrogate(c));
        return readable ? null : "must not contain white space, control characters or unpaired surrogates";
    }

    /**
     * Whether a setting has a placeholder in it that nothing has replaced.
     *
     * @param value the setting
     * @return whether it has one, such as <code>${NAME}</code>
     */
    public static boolean isPlaceholder(String value) {
        return value.contains("${") && PLACEHOLDER.matcher(value).find();
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
}
