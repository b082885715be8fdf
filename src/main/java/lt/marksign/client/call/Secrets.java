package lt.marksign.client.call;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The secrets of a call, which logs and messages must not show. A value is found in upper and lower case, plain and as JSON and
 * URLs encode it. A short value is found only as a whole word, because it could be a part of another word by chance.
 */
public final class Secrets {
    /** A personal code or a phone number, whether or not the request contained it. */
    private static final String PERSONAL = "(?<![\\w-])\\d{6}-?\\d{5}(?![\\w-])|\\+\\d[\\d ()./-]{6,}\\d";

    /** An id, a hash or base64, whether or not the request contained it. */
    static final Pattern LONG_RUN = Pattern.compile("(?<![\\w+/\\\\-])(?=[A-Za-z_+/\\\\-]*\\d)[\\w+/\\\\-]{20,}=*");

    /** A token in a query, even before the call has read it. */
    private static final String TOKEN_IN_QUERY = "(?<=[?&]" + AccessToken.FIELD + "=)[^&\\s]+";

    /** What the peer sent, in hexadecimal digits, in a message of Okio. */
    private static final String QUOTED = "content=[0-9a-f]+";

    static final String REDACTED = "***";
    private static final int SHOWN = 8;
    private static final int LONGEST_TEXT = 4096;
    private static final int MAX_EXCEPTIONS = 1000;
    private static final int LEVELS = 40;

    private final Pattern secrets;

    public Secrets(Collection<String> values) {
        Map<Boolean, List<String>> forms = values.stream()
                .filter(value -> !value.isBlank())
                .flatMap(value -> Stream.of(
                        value,
                        value.replace("\\", "\\\\").replace("\"", "\\\""),
                        URLEncoder.encode(value, StandardCharsets.UTF_8),
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")))
                .distinct()
                .collect(Collectors.partitioningBy(value -> value.length() > SHOWN));
        this.secrets = Pattern.compile(
                anyOf(forms.get(true), LEVELS) + "|(?<![\\p{L}\\p{N}_-])" + anyOf(forms.get(false), LEVELS)
                        + "(?![\\p{L}\\p{N}_-])|" + PERSONAL + "|" + TOKEN_IN_QUERY + "|" + QUOTED,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Matches the longest of the texts. Texts with the same beginning share it, so that a pattern of many texts stays fast. */
    private static String anyOf(List<String> texts, int levels) {
        if (texts.size() <= 1 || levels == 0) {
            return texts.stream()
                    .sorted(Comparator.comparing(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|", texts.isEmpty() ? "(?!" : "(?:", ")"));
        }
        String longer = texts.stream()
                .filter(text -> !text.isEmpty())
                .collect(Collectors.groupingBy(
                        text -> Character.toLowerCase(Character.toUpperCase(text.codePointAt(0))),
                        Collectors.mapping(text -> text.substring(text.offsetByCodePoints(0, 1)), Collectors.toList())))
                .entrySet()
                .stream()
                .map(alike -> Pattern.quote(Character.toString(alike.getKey())) + anyOf(alike.getValue(), levels - 1))
                .collect(Collectors.joining("|", "(?:", ")"));
        return texts.contains("") ? longer + "?" : longer;
    }

    /**
     * Masks an id, so that a log can tell two apart.
     *
     * @param secret the id
     * @return at most its first eight characters, and at most half of it
     */
    public static String mask(String secret) {
        return secret.substring(0, Math.min(SHOWN, secret.length() / 2)) + "…";
    }

    /** Returns at most the first 4,096 characters of a text, with the secrets redacted. */
    public String hideIn(String text) {
        String redacted = secrets.matcher(text).replaceAll(REDACTED);
        return redacted.length() <= LONGEST_TEXT ? redacted : redacted.substring(0, LONGEST_TEXT) + "…";
    }

    /** Returns the failure, or, if it contains a secret, an exception that names only its class. */
    public Throwable hideIn(Throwable failure) {
        if (!isIn(failure)) {
            return failure;
        }
        IOException redacted = failure instanceof SSLPeerUnverifiedException
                ? new SSLPeerUnverifiedException("the server's certificate is for another host")
                : new IOException(failure.getClass().getName());
        redacted.setStackTrace(failure.getStackTrace());
        return redacted;
    }

    /** Whether an exception, a cause or a suppressed exception contains a secret or a text of the peer. */
    public boolean isIn(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>(List.of(failure));
        while (!next.isEmpty()) {
            Throwable one = next.pop();
            // A short secret may be equal to a word in the name of a class.
            String text =
                    one.getMessage() + one.toString().replace(one.getClass().getName(), "");
            // These quote what the peer sent.
            if (one instanceof ProtocolException
                    || one instanceof SSLPeerUnverifiedException
                    || seen.size() >= MAX_EXCEPTIONS
                    || secrets.matcher(text).find()) {
                return true;
            }
            if (seen.add(one)) {
                Stream.concat(Stream.ofNullable(one.getCause()), Arrays.stream(one.getSuppressed()))
                        .filter(behind -> !seen.contains(behind))
                        .forEach(next::push);
            }
        }
        return false;
    }
}
