package lt.marksign.client;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lt.marksign.client.exchange.AccessToken;
import org.jspecify.annotations.Nullable;

/** The rules for the headers that the caller wants in every request. */
final class RequestHeaders {
    /** RFC 9110: a token. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** A field's value; beyond ASCII nobody agrees how it is read. */
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E\\t]*[\\x21-\\x7E])?");

    /** What frames a request, says what is in it, or what may come back, is for whoever makes the request. */
    private static final Set<String> RESERVED = Collections.unmodifiableSet(new TreeSet<>(Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent")));

    private RequestHeaders() {}

    /** What an application puts after the library's own name in {@code User-Agent}. */
    static String userAgentSuffix(@Nullable String suffix) {
        if (suffix == null || !VALUE.matcher(suffix).matches()) {
            throw new IllegalArgumentException("userAgentSuffix must have visible ASCII characters alone, and spaces"
                    + " between them, such as my-app/2.3");
        }
        return suffix;
    }

    /** The same headers and one more, or another value of one; the message of a failure does not repeat the value. */
    static Map<String, String> with(Map<String, String> headers, @Nullable String name, @Nullable String value) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be a header's, of letters, digits and !#$%&'*+-.^_`|~, but is " + name);
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("name must not be a header's that the library sets, or HTTP for it ("
                    + String.join(", ", RESERVED) + "), but is " + name);
        }
        if (value == null || !VALUE.matcher(value).matches() || AccessToken.isPlaceholder(value)) {
            throw new IllegalArgumentException(
                    "value must have visible ASCII characters alone, and spaces between them, and not be a placeholder"
                            + " that nothing has replaced, such as ${NAME}; it is that of the header " + name);
        }
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.remove(name);
        more.put(name, value);
        return Collections.unmodifiableMap(more);
    }
}
