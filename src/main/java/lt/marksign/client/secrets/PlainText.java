package lt.marksign.client.secrets;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text as it reads once the notations are undone in which programs write characters, upper and lower case being one; and
 * of each character, where in the text it comes from.
 */
final class PlainText {
    /** An answer may quote what quotes a request. */
    private static final int LAYERS = 3;

    private static final Pattern NOTATION = Pattern.compile(
            "\\\\(?:u+(?<unit>[0-9a-f]{4})|u\\{(?<braced>[0-9a-f]{1,8})}|x(?<byte>[0-9a-f]{2})|(?<space>[bfnrt])|(?<self>.))"
                    + "|&(?:#x(?<hex>[0-9a-f]{1,12});?|#(?<decimal>[0-9]{1,12});?|(?<name>amp|lt|gt|quot|apos|sol|plus|equals);)"
                    + "|(?<percent>%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}"
                    + "|%f[0-7](?:%[89ab][0-9a-f]){3})",
            Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "sol", "/", "plus", "+", "equals", "=");

    private final String characters;
    private final int[] from;
    private final int[] to;

    private PlainText(String characters, int[] from, int[] to) {
        this.characters = characters;
        this.from = from;
        this.to = to;
    }

    static PlainText of(String text) {
        int[] from = new int[text.length()];
        int[] to = new int[text.length()];
        for (int i = 0; i < text.length(); i++) {
            from[i] = i;
            to[i] = i + 1;
        }
        PlainText plain = new PlainText(text, from, to);
        for (int layer = 0; layer < LAYERS && NOTATION.matcher(plain.characters).find(); layer++) {
            plain = plain.decoded();
        }
        return plain.folded();
    }

    /** What it reads. */
    String characters() {
        return characters;
    }

    /** Where the character at that index begins in the text. */
    int from(int index) {
        return from[index];
    }

    /** Where the character at that index ends in the text. */
    int to(int index) {
        return to[index];
    }

    /** The same without the characters that are not wanted. */
    PlainText without(IntPredicate unwanted) {
        Copy copy = new Copy();
        for (int i = 0; i < characters.length(); i++) {
            if (!unwanted.test(characters.charAt(i))) {
                copy.add(characters.substring(i, i + 1), i, i);
            }
        }
        return copy.toText();
    }

    private PlainText decoded() {
        Copy copy = new Copy();
        Matcher matcher = NOTATION.matcher(characters);
        int next = 0;
        while (matcher.find()) {
            copy.addAsItIs(next, matcher.start());
            next = matcher.end();
            copy.add(meaning(matcher), matcher.start(), next - 1);
        }
        copy.addAsItIs(next, characters.length());
        return copy.toText();
    }

    private PlainText folded() {
        StringBuilder folded = new StringBuilder(characters);
        for (int i = 0; i < folded.length(); i++) {
            folded.setCharAt(i, Character.toLowerCase(Character.toUpperCase(folded.charAt(i))));
        }
        return new PlainText(folded.toString(), from, to);
    }

    private static String meaning(Matcher matcher) {
        String name = matcher.group("name");
        if (name != null) {
            return NAMED.getOrDefault(name, matcher.group());
        }
        if (matcher.group("percent") != null) {
            return URLDecoder.decode(matcher.group(), StandardCharsets.UTF_8);
        }
        if (matcher.group("self") != null) {
            return matcher.group("self");
        }
        if (matcher.group("space") != null) {
            return " ";
        }
        String decimal = matcher.group("decimal");
        long codePoint = decimal != null
                ? Long.parseLong(decimal)
                : Long.parseLong(first(matcher, "unit", "braced", "byte", "hex"), 16);
        return codePoint <= Character.MAX_CODE_POINT ? Character.toString((int) codePoint) : matcher.group();
    }

    private static String first(Matcher matcher, String... groups) {
        for (String group : groups) {
            @Nullable String value = matcher.group(group);
            if (value != null) {
                return value;
            }
        }
        throw new AssertionError(matcher.group());
    }

    /** A text in the making, never longer than this one. */
    private final class Copy {
        private final StringBuilder copied = new StringBuilder();
        private final int[] copiedFrom = new int[from.length];
        private final int[] copiedTo = new int[to.length];

        /** Adds text that stands for what is from the first to the last index. */
        void add(String text, int first, int last) {
            for (int i = 0; i < text.length(); i++) {
                copiedFrom[copied.length()] = from[first];
                copiedTo[copied.length()] = to[last];
                copied.append(text.charAt(i));
            }
        }

        void addAsItIs(int start, int end) {
            for (int i = start; i < end; i++) {
                add(characters.substring(i, i + 1), i, i);
            }
        }

        PlainText toText() {
            return new PlainText(copied.toString(), copiedFrom, copiedTo);
        }
    }
}
