package lt.marksign.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for a base URL: whatever receives a request receives the access token. */
final class BaseUrl {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.\\.?(/|$)");

    private BaseUrl() {}

    static URI parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("baseUrl must not be null or blank");
        }
        try {
            return check(new URI(text));
        } catch (URISyntaxException e) {
            // The text may hold a password, and so does the cause's message.
            throw new IllegalArgumentException(
                    "baseUrl must be a URL, but has an illegal character at index " + e.getIndex());
        }
    }

    static URI check(@Nullable URI url) {
        if (url == null) {
            throw new IllegalArgumentException("baseUrl must not be null or blank");
        }
        require(
                "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()),
                "must begin with https://");
        require(
                url.getRawUserInfo() == null
                        && !String.valueOf(url.getRawAuthority()).contains("@"),
                "must not have user info");
        require(url.getHost() != null, "must name a host");
        require(url.getRawQuery() == null, "must not have a query");
        require(url.getRawFragment() == null, "must not have a fragment");
        require(url.getPort() <= 65_535, "must not have a port above 65535");
        require(!DOT_SEGMENT.matcher(url.getRawPath()).find(), "must not have . or .. in its path");
        return url;
    }

    static void requireEncryption(URI url) {
        require(
                "https".equalsIgnoreCase(url.getScheme())
                        || LOOPBACK.matcher(url.getHost()).matches(),
                "must begin with https:// unless the host is loopback, for every request carries the access token;"
                        + " allowPlainHttp() lifts this rule");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("baseUrl " + rule);
        }
    }
}
