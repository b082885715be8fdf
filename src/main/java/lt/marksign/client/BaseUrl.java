package lt.marksign.client;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lt.marksign.client.okhttp.CalledUrl;
import org.jspecify.annotations.Nullable;

/** The rule for a base URL: whatever receives a request receives the access token. */
final class BaseUrl {
    private static final Pattern PARTS = Pattern.compile("(?<scheme>[^:/?#]*)://(?<authority>[^/?#]*)(?<rest>.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(?<host>\\[.*]|[^:]*)(?::(?<port>.*))?");

    /** What a name server, Docker's too, is asked for; letters beyond ASCII have been replaced by then. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*\\.?");

    /** The last label of a number is never a domain's: such a host is an IPv4 address, or resolvers disagree on it. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+]");

    /** The letters of which the two versions of IDNA make different names. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.\\.?(/|$)");

    /** What the text is, for messages. */
    private final String shown;

    private BaseUrl(String text) {
        this.shown = show(text);
    }

    /** The URL in the form in which it is called. */
    static URI parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("baseUrl must not be null or blank");
        }
        return new BaseUrl(text).normalize(text);
    }

    static URI check(@Nullable URI url) {
        return parse(url == null ? null : url.toString());
    }

    static void requireEncryption(URI url) {
        new BaseUrl(url.toString())
                .require(
                        "https".equals(url.getScheme()) || isLoopback(url),
                        "must begin with https:// unless the host is loopback, for every request carries the access"
                                + " token; allowPlainHttp() lifts this rule");
    }

    private static boolean isLoopback(URI url) {
        return LOOPBACK.matcher(String.valueOf(url.getHost())).matches();
    }

    private URI normalize(String text) {
        Matcher parts = PARTS.matcher(text);
        String scheme = text.split(":", 2)[0].toLowerCase(Locale.ROOT);
        require(parts.matches() && (scheme.equals("https") || scheme.equals("http")), "must begin with https://");
        Matcher authority = AUTHORITY.matcher(parts.group("authority"));
        require(!parts.group("authority").contains("@"), "must not have user info");
        require(authority.matches(), "must name a host");
        String host = host(authority.group("host"));
        String port = authority.group("port");
        require(port == null || isPort(port), "must have a port from 1 to 65535");
        checkRest(parts.group("rest"));
        String url = CalledUrl.of(scheme + "://" + host + (port == null ? "" : ":" + port) + parts.group("rest"));
        require(url != null, "must be a URL that is called as it is written");
        return URI.create(url);
    }

    private static boolean isPort(String port) {
        return port.matches("\\d{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535;
    }

    private String host(String host) {
        require(!host.isEmpty(), "must name a host");
        if (host.startsWith("[")) {
            require(IPV6.matcher(host).matches(), "must have an IPv6 address without a zone between its brackets");
            return host;
        }
        require(!AMBIGUOUS.matcher(host).find(), "must have its host in ASCII form, for its letters have two");
        String ascii = ascii(host);
        require(NAME.matcher(ascii).matches(), "must name a host");
        require(
                !NUMERIC.matcher(ascii).matches() || IPV4.matcher(ascii).matches(),
                "must have an IPv4 address of four numbers up to 255");
        return ascii;
    }

    private String ascii(String host) {
        try {
            String ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            // What stays as it is stands for no letters.
            require(!IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED).contains("xn--"), "must name a host");
            return ascii;
        } catch (IllegalArgumentException e) {
            throw refused("must name a host");
        }
    }

    private void checkRest(String rest) {
        try {
            URI url = new URI("https://host" + rest);
            require(url.getRawQuery() == null, "must not have a query");
            require(url.getRawFragment() == null, "must not have a fragment");
            require(!DOT_SEGMENT.matcher(url.getRawPath()).find(), "must not have . or .. in its path");
        } catch (URISyntaxException e) {
            throw refused("must be a URL, without an illegal character in its path");
        }
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw refused(rule);
        }
    }

    private IllegalArgumentException refused(String rule) {
        return new IllegalArgumentException("baseUrl " + rule + ", but is " + shown);
    }

    /** Without what may be a password: user info, even one that was not meant to be one, query and fragment. */
    private static String show(String text) {
        return text.replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1***@")
                .replaceFirst("(?s)[?#].*", "…")
                .replaceAll("\\p{Cntrl}", "?");
    }
}
