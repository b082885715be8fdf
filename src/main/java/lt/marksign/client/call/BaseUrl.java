package lt.marksign.client.call;

import java.util.regex.Pattern;
import lt.marksign.client.error.MarkSignValidationException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The rules for a base URL: its host receives the access token. */
public final class BaseUrl {
    private static final String NAME = "baseUrl";

    private static final Pattern SECURE = Pattern.compile(
            "(?i)https:|http://(localhost|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|\\[::1])(:\\d+)?([/?]|\\z)");

    /** OkHttp accepts any number of slashes after the scheme. */
    private static final Pattern WITH_HOST = Pattern.compile("(?is)https?://[^/\\\\].*");

    /** Feign interprets some other characters. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9/._~%-]*");

    private BaseUrl() {}

    /**
     * Parses a base URL.
     *
     * @param text the URL
     * @return the URL as OkHttp normalizes it, without a slash at its end
     * @throws MarkSignValidationException if the URL breaks a rule; the message does not show a password
     */
    public static String parse(@Nullable String text) {
        Arguments.require(text != null && !text.isBlank(), NAME, "must not be null or blank");
        String shown = ", but is " + show(text);
        Arguments.require(text.matches("(?is)https?://.*"), NAME, "must begin with https://" + shown);
        HttpUrl url = WITH_HOST.matcher(text).matches() ? HttpUrl.parse(text) : null;
        Arguments.require(
                url != null && PATH.matcher(url.encodedPath()).matches(),
                NAME,
                "must be a URL with a host and a port that can be called" + shown);
        Arguments.require((url.username() + url.password()).isEmpty(), NAME, "must not have user info" + shown);
        Arguments.require(url.query() == null, NAME, "must not have a query" + shown);
        Arguments.require(url.fragment() == null, NAME, "must not have a fragment" + shown);
        return url.toString().replaceFirst("/$", "");
    }

    /**
     * Tells whether only the server can read a request to a URL.
     *
     * @param url the URL
     * @return whether the URL is {@code https} or loopback
     */
    public static boolean isSecure(String url) {
        return SECURE.matcher(url).lookingAt();
    }

    /** Returns the text without the parts that may contain a password: everything before an {@code @}, query and fragment. */
    private static String show(String text) {
        return text.replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1***@")
                .replaceFirst("(?s)[?#].*", "…")
                .replaceAll("\\p{Cntrl}", "?");
    }
}
