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

/**
 * What no log or message may show of a call. Values are found as they are, in any case, and as JSON and URLs write them; a
 * short one only as a word, because parts of words match it by chance.
 */
public final class Secrets {
    /** A personal code or a phone number, also of a person whom the request did not name. */
    private static final String PERSONAL = "(?<![\\w-])\\d{6}-?\\d{5}(?![\\w-])|\\+\\d[\\d ()./-]{6,}\\d";

    /** An id, a hash or base64, also of what the request did not hold in this form. */
    static final Pattern LONG_RUN = Pattern.compile("(?<![\\w+/\\\\-])(?=[A-Za-z_+/\\\\-]*\\d)[\\w+/\\\\-]{20,}=*");

    /** Also before the call has read it from there. */
    private static final String TOKEN_IN_QUERY = "(?<=[?&]" + AccessToken.FIELD + "=)[^&\\s]+";

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
                        + "(?![\\p{L}\\p{N}_-])|" + PERSONAL + "|" + TOKEN_IN_QUERY,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Matches the longest of texts. A pattern tries one after another, so those that begin alike are put together. */
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
     * So much of a secret as tells two apart.
     *
     * @param secret the secret
     * @return at most its first eight characters, and at most half of it
     */
    public static String mask(String secret) {
        return secret.substring(0, Math.min(SHOWN, secret.length() / 2)) + "…";
    }

    /** The beginning of a text, without the secrets. */
    public String hideIn(String text) {
        String redacted = secrets.matcher(text).replaceAll(REDACTED);
        return redacted.length() <= LONGEST_TEXT ? redacted : redacted.substring(0, LONGEST_TEXT) + "…";
    }

    /** The failure itself; or, if its text or that of an exception behind it must not be shown, one with its class alone. */
    public Throwable hideIn(Throwable failure) {
        if (!isIn(failure)) {
            return failure;
        }
        IOException redacted = new IOException(failure.getClass().getName());
        redacted.setStackTrace(failure.getStackTrace());
        return redacted;
    }

    /** Whether the text of an exception, or of one behind it, must not be shown. */
    public boolean isIn(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>(List.of(failure));
        while (!next.isEmpty()) {
            Throwable one = next.pop();
            // A short secret may be a word of the name of a class.
            String text =
                    one.getMessage() + one.toString().replace(one.getClass().getName(), "");
            // A ProtocolException quotes what the peer sent.
            if (one instanceof ProtocolException
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
