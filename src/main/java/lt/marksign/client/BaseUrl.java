package lt.marksign.client;

import static lt.marksign.client.Arguments.require;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import lt.marksign.client.call.CalledUrl;
import lt.marksign.client.error.MarkSignValidationException;
import org.jspecify.annotations.Nullable;

/** The rules for a base URL: its host receives the access token. */
final class BaseUrl {
    private static final Pattern LOOPBACK =
            Pattern.compile("http://(localhost|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|\\[::1])([:/].*)?");

    private BaseUrl() {}

    /** Returns the URL in the form in which OkHttp calls it. */
    static String parse(@Nullable String text) {
        require(text != null && !text.isBlank(), "baseUrl", "must not be null or blank");
        String shown = ", but is " + show(text);
        require(text.matches("(?is)https?://.*"), "baseUrl", "must begin with https://" + shown);
        URI url = uri(text, shown);
        require(url.getRawAuthority() != null, "baseUrl", "must name a host" + shown);
        require(!url.getRawAuthority().contains("@"), "baseUrl", "must not have user info" + shown);
        require(url.getRawQuery() == null, "baseUrl", "must not have a query" + shown);
        require(url.getRawFragment() == null, "baseUrl", "must not have a fragment" + shown);
        String called = CalledUrl.of(text);
        require(called != null, "baseUrl", "must name a host and a port that can be called" + shown);
        return called;
    }

    private static URI uri(String text, String shown) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Its message would repeat a password.
            throw new MarkSignValidationException("baseUrl", "must be a URL" + shown);
        }
    }

    static boolean isPlainHttp(String url) {
        return url.startsWith("http:");
    }

    static void requireEncryption(String url) {
        require(
                !isPlainHttp(url) || LOOPBACK.matcher(url).matches(),
                "baseUrl",
                "must begin with https:// unless the host is loopback, but is " + url
                        + "; every request carries the access token; allowPlainHttp() lifts this rule");
    }

    /** Without what may be a password: user info, even one that was not meant to be one, query and fragment. */
    private static String show(String text) {
        return text.replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1***@")
                .replaceFirst("(?s)[?#].*", "…")
                .replaceAll("\\p{Cntrl}", "?");
    }
}
