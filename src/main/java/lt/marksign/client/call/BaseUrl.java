package lt.marksign.client.call;

import java.util.regex.Pattern;
import lt.marksign.client.error.MarkSignValidationException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The rules for a base URL: its host receives the access token. */
public final class BaseUrl {
    private static final Pattern SECRET = Pattern.compile(
            "(?i)https:|http://(localhost|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|\\[::1])([:/?]|\\z)");

    /** OkHttp takes any number of slashes for two. */
    private static final Pattern WITH_HOST = Pattern.compile("(?is)https?://[^/\\\\].*");

    /** Feign may read other characters in its own way. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9/._~%-]*");

    private BaseUrl() {}

    /**
     * Reads a base URL.
     *
     * @param text the URL
     * @return it in the form in which OkHttp calls it, without a slash at its end
     * @throws MarkSignValidationException if it breaks a rule; the message shows no password in it
     */
    public static String parse(@Nullable String text) {
        require(text != null && !text.isBlank(), "must not be null or blank");
        String shown = ", but is " + show(text);
        require(text.matches("(?is)https?://.*"), "must begin with https://" + shown);
        HttpUrl url = WITH_HOST.matcher(text).matches() ? HttpUrl.parse(text) : null;
        require(
                url != null && PATH.matcher(url.encodedPath()).matches(),
                "must be a URL with a host and a port that can be called" + shown);
        require((url.username() + url.password()).isEmpty(), "must not have user info" + shown);
        require(url.query() == null, "must not have a query" + shown);
        require(url.fragment() == null, "must not have a fragment" + shown);
        return url.toString().replaceFirst("/$", "");
    }

    /**
     * Tells who can read what is sent to a URL.
     *
     * @param url the URL
     * @return whether it is {@code https}, or goes to this machine
     */
    public static boolean isSecret(String url) {
        return SECRET.matcher(url).lookingAt();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new MarkSignValidationException("baseUrl", rule);
        }
    }

    /** Without what may be a password: user info, even one that was not meant to be one, query and fragment. */
    private static String show(String text) {
        return text.replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1***@")
                .replaceFirst("(?s)[?#].*", "…")
                .replaceAll("\\p{Cntrl}", "?");
    }
}
