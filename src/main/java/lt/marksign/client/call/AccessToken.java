package lt.marksign.client.call;

import feign.Request;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lt.marksign.client.error.MarkSignValidationException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the access token where the spec wants it: into the header {@code Authorization}, or, as {@code access_token}, into the
 * JSON body of a request or the query of one that has no body. A token that the caller put into body or query stays.
 */
public final class AccessToken {
    static final String FIELD = "access_token";
    private static final Pattern QUERIED = Pattern.compile("[?&]" + FIELD + "=([^&]*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern READABLE = Pattern.compile("[^\\s\\p{Z}\\p{Cntrl}\\p{Cs}]+");

    private AccessToken() {}

    /**
     * Adds the token, and the headers of every request.
     *
     * @param request what Feign made
     * @throws IllegalArgumentException if a document cannot be sent
     */
    static Transport.AuthorizedRequest addTo(Request request, GatewayCall call, CallSettings settings) {
        Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        call.headers.forEach((name, value) -> headers.put(name, List.of(value)));
        headers.putAll(request.headers());
        if (call.method().operation().returnsDocument()) {
            // Nobody knows the length of what is decoded on the way, and documents are compressed already.
            headers.put("Accept-Encoding", List.of("identity"));
        }
        Object own = call.body() == null ? queried(request) : settings.spec().value(call.body(), FIELD);
        String token = own == null ? supply(settings.accessToken()) : check(own.toString(), FIELD);
        call.token = token;
        boolean inHeader = call.method().operation().tokenInHeader();
        if (inHeader) {
            headers.put("Authorization", List.of("Bearer " + ascii(token)));
        }
        Payload payload = call.payload;
        if (payload == null) {
            String separator = request.url().indexOf('?') < 0 ? "?" : "&";
            String added = separator + FIELD + '=' + URLEncoder.encode(token, StandardCharsets.UTF_8);
            String url = request.url() + (own == null && !inHeader ? added : "");
            return new Transport.AuthorizedRequest(with(request, url, headers, null), null);
        }
        if (request.body() != payload.template()) {
            throw new IllegalStateException("an interceptor replaced the body, so the access token cannot be added");
        }
        Payload authorized = own == null && !inHeader ? payload.with(FIELD, token) : payload;
        return authorized.hasPlaceholders()
                ? new Transport.AuthorizedRequest(
                        with(request, request.url(), headers, null), authorized.checked(settings.maxDocumentSize()))
                : new Transport.AuthorizedRequest(with(request, request.url(), headers, authorized.template()), null);
    }

    private static String ascii(String token) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(token)) {
            throw new IllegalStateException(
                    "the accessToken must have only ASCII characters, because it goes into a header");
        }
        return token;
    }

    private static @Nullable String queried(Request request) {
        Matcher parameter = QUERIED.matcher(request.url());
        return parameter.find() ? URLDecoder.decode(parameter.group(1), StandardCharsets.UTF_8) : null;
    }

    /** Returns a request with another address, other headers and another body, to the same method. */
    static Request with(Request request, String url, Map<String, Collection<String>> headers, byte @Nullable [] body) {
        Map<String, Collection<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        if (body != null) {
            all.put("Content-Length", List.of(String.valueOf(body.length)));
        }
        return Request.create(request.httpMethod(), url, all, body, StandardCharsets.UTF_8, request.requestTemplate());
    }

    /**
     * Checks a token: it is not blank, is no placeholder that nothing has replaced, and has no white space, control character
     * or unpaired surrogate in it.
     *
     * @param token the token
     * @param argument what the message calls it
     * @return the token
     * @throws IllegalArgumentException if it breaks the rule; the message does not repeat it
     */
    public static String check(@Nullable String token, String argument) {
        String fault = null;
        if (token == null || token.isBlank()) {
            fault = token == null ? "must not be null" : "must not be blank";
        } else if (isPlaceholder(token)) {
            fault = "must not be an unresolved placeholder such as ${NAME}";
        } else if (!READABLE.matcher(token).matches()) {
            fault = "must not contain white space, control characters or unpaired surrogates";
        }
        if (fault != null) {
            throw new MarkSignValidationException(argument, fault);
        }
        return token;
    }

    private static String supply(Supplier<String> tokens) {
        String token;
        try {
            token = tokens.get();
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
        try {
            return check(token, "the accessToken that the supplier gave");
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    /**
     * Tells whether a setting has a placeholder in it that nothing has replaced.
     *
     * @param value the setting
     * @return whether it has one, such as <code>${NAME}</code>
     */
    public static boolean isPlaceholder(String value) {
        return PLACEHOLDER.matcher(value).find();
    }
}
