package lt.marksign.client;

import static lt.marksign.client.call.Arguments.require;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lt.marksign.client.call.AccessToken;
import org.jspecify.annotations.Nullable;

/** Validates the headers that the application adds to every request. */
final class RequestHeaders {
    static final String USER_AGENT = "User-Agent";

    /** A token of RFC 9110. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** A field value. ASCII only, because implementations decode other characters differently. */
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E\\t]*[\\x21-\\x7E])?");

    /** Headers that frame a request, describe its body, or determine what the response may be. */
    private static final Pattern RESERVED =
            Pattern.compile("(?i)accept(-encoding)?|connection|content-(encoding|length|type)|expect|host|keep-alive"
                    + "|proxy-(authorization|connection)|range|te|trailer|transfer-encoding|upgrade|user-agent");

    private RequestHeaders() {}

    /** Returns a copy of the headers with the library's name and the suffix as {@code User-Agent}. */
    static Map<String, String> withUserAgent(Map<String, String> headers, String name, @Nullable String suffix) {
        require(
                suffix != null && VALUE.matcher(suffix).matches(),
                "userAgentSuffix",
                "must have only visible ASCII characters with spaces between them, such as my-app/2.3");
        return put(headers, USER_AGENT, name + " " + suffix);
    }

    /** Returns a copy of the headers with one header added or replaced. */
    static Map<String, String> with(Map<String, String> headers, @Nullable String name, @Nullable String value) {
        require(
                name != null && NAME.matcher(name).matches(),
                "name",
                "must be a header name of letters, digits and !#$%&'*+-.^_`|~, but is " + name);
        require(
                !RESERVED.matcher(name).matches(),
                "name",
                "must not be a header that the library or HTTP sets, but is " + name);
        require(
                value != null && VALUE.matcher(value).matches() && !AccessToken.isPlaceholder(value),
                "value",
                "must have only visible ASCII characters with spaces between them, and must not be a placeholder"
                        + " such as ${NAME}; it is the value of the header " + name);
        return put(headers, name, value);
    }

    private static Map<String, String> put(Map<String, String> headers, String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.remove(name);
        more.put(name, value);
        return Collections.unmodifiableMap(more);
    }
}
