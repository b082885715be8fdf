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
import org.jspecify.annotations.Nullable;

/**
 * Adds the access token to a request, as the spec says: to the header {@code Authorization}, or as {@code access_token} to the
 * JSON body or, without a body, to the query. If the caller set a token in the body or the query, that one is sent.
 */
public final class AccessToken {
    static final String FIELD = "access_token";
    private static final Pattern QUERIED = Pattern.compile("[?&]" + FIELD + "=([^&]*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern READABLE = Pattern.compile("[^\\s\\p{Z}\\p{Cntrl}\\p{Cs}]+");

    private AccessToken() {}

    /**
     * Adds the token and the headers of every request.
     *
     * @param request the request that Feign created
     * @throws IllegalArgumentException if a document is not found, is empty or is too large
     */
    static Transport.AuthorizedRequest addTo(Request request, GatewayCall call, CallSettings settings) {
        Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        call.headers.forEach((name, value) -> headers.put(name, List.of(value)));
        headers.putAll(request.headers());
        if (call.method().operation().returnsDocument()) {
            // The length of a decoded body cannot be checked, and documents are compressed already.
            headers.put("Accept-Encoding", List.of("identity"));
        }
        Object own = call.body() == null ? queried(request) : settings.spec().value(call.body(), FIELD);
        String token = own == null ? supply(settings.accessToken()) : validate(own.toString(), FIELD);
        call.token = token;
        boolean inHeader = call.method().operation().tokenInHeader();
        if (inHeader) {
            headers.put("Authorization", List.of("Bearer " + ascii(token)));
        }
        boolean added = own == null && !inHeader;
        Payload payload = call.payload;
        if (payload == null) {
            String separator = request.url().indexOf('?') < 0 ? "?" : "&";
            String query = added ? separator + FIELD + '=' + URLEncoder.encode(token, StandardCharsets.UTF_8) : "";
            return new Transport.AuthorizedRequest(with(request, request.url() + query, headers, null), null);
        }
        if (request.body() != payload.bytes()) {
            throw new IllegalStateException("an interceptor replaced the body, so the access token cannot be added");
        }
        Payload authorized = added ? payload.with(FIELD, token) : payload;
        boolean streamed = payload.hasPlaceholders();
        return new Transport.AuthorizedRequest(
                with(request, request.url(), headers, streamed ? null : authorized.bytes()),
                streamed ? authorized.validated(settings.maxDocumentSize()) : null);
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

    /** Returns a copy of a request with another URL, headers and body. */
    static Request with(Request request, String url, Map<String, Collection<String>> headers, byte @Nullable [] body) {
        Map<String, Collection<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        if (body != null) {
            all.put("Content-Length", List.of(String.valueOf(body.length)));
        }
        return Request.create(request.httpMethod(), url, all, body, StandardCharsets.UTF_8, request.requestTemplate());
    }

    /**
     * Checks a token. It must not be blank, an unresolved placeholder, or contain white space, control characters or unpaired
     * surrogates.
     *
     * @param token the token
     * @param argument the name of the argument, for the message
     * @return the token
     * @throws IllegalArgumentException if the token breaks the rule; the message does not contain the token
     */
    public static String validate(@Nullable String token, String argument) {
        Arguments.notNull(argument, token);
        Arguments.require(!token.isBlank(), argument, "must not be blank");
        Arguments.require(!isPlaceholder(token), argument, "must not be an unresolved placeholder such as ${NAME}");
        Arguments.require(
                READABLE.matcher(token).matches(),
                argument,
                "must not contain white space, control characters or unpaired surrogates");
        return token;
    }

    private static String supply(Supplier<String> tokens) {
        String token;
        try {
            token = tokens.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Kotlin and Scala have no checked exceptions. Feign would take an IOException for one of the transport.
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException(
                    "the accessToken supplier threw " + e.getClass().getName(), e);
        }
        try {
            return validate(token, "the accessToken that the supplier gave");
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    /**
     * Tells whether a setting contains an unresolved placeholder.
     *
     * @param value the setting
     * @return whether it contains one, for example <code>${NAME}</code>
     */
    public static boolean isPlaceholder(String value) {
        return PLACEHOLDER.matcher(value).find();
    }
}
