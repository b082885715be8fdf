package lt.marksign.client.secrets;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must not be seen in a log or a message, though an answer or a transport may repeat it, in whatever notation
 * {@link PlainText} undoes, with or without its hyphens. Of a secret of nine characters or more no nine in a row are left; a
 * shorter one is hidden where it stands as a word, for within words it stands by chance.
 */
public final class Secrets {
    /** A person's number, whoever told it: a call by a session's id does not know whom it is about. */
    private static final Pattern PERSONAL_CODE = Pattern.compile("(?<![\\w-])\\d{6}-?\\d{5}(?![\\w-])");

    private static final String HIDDEN = "***";
    private static final int SHOWN = 8;

    /** Nobody reads more of a text that came from outside. */
    private static final int LONGEST_TEXT = 4096;

    /** More exceptions behind one than anybody reads. */
    private static final int MOST_EXCEPTIONS = 1000;

    private final List<PlainText> values;

    public Secrets(Collection<String> values) {
        this.values = values.stream().map(PlainText::of).toList();
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

    /** The text without the secrets, and without what is beyond some thousand characters. */
    public String hideIn(String text) {
        String shown = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
        PlainText plain = PlainText.of(shown);
        PlainText compact = plain.without(Secrets::separates);
        BitSet hidden = new BitSet();
        for (PlainText value : values) {
            String secret = value.without(Secrets::separates).characters();
            if (secret.length() > SHOWN) {
                markParts(secret, compact, hidden);
            } else {
                markWords(value.characters(), plain, hidden);
            }
        }
        PERSONAL_CODE.matcher(shown).results().forEach(found -> hidden.set(found.start(), found.end()));
        return replace(shown, hidden);
    }

    /** What may stand between the characters of a secret, or be missing, and it is the same secret to a reader. */
    private static boolean separates(int character) {
        return character == '-'
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }

    private static void markParts(String secret, PlainText text, BitSet hidden) {
        int length = SHOWN + 1;
        for (int i = 0; i + length <= text.characters().length(); i++) {
            if (secret.contains(text.characters().substring(i, i + length))) {
                hidden.set(text.from(i), text.to(i + length - 1));
            }
        }
    }

    private static void markWords(String secret, PlainText text, BitSet hidden) {
        String characters = text.characters();
        for (int i = characters.indexOf(secret); i >= 0; i = characters.indexOf(secret, i + 1)) {
            int end = i + secret.length();
            boolean word = (i == 0 || !isOfWord(characters.charAt(i - 1)))
                    && (end == characters.length() || !isOfWord(characters.charAt(end)));
            if (word) {
                hidden.set(text.from(i), text.to(end - 1));
            }
        }
    }

    private static boolean isOfWord(char character) {
        return Character.isLetterOrDigit(character) || character == '-' || character == '_';
    }

    private static String replace(String text, BitSet hidden) {
        StringBuilder result = new StringBuilder();
        int shown = 0;
        for (int i = hidden.nextSetBit(0); i >= 0; i = hidden.nextSetBit(shown)) {
            result.append(text, shown, i).append(HIDDEN);
            shown = hidden.nextClearBit(i);
        }
        return result.append(text, shown, text.length()).toString();
    }

    /** The failure itself; or, where it or an exception behind it repeats a secret, one that reads the same without it. */
    public Throwable hideIn(Throwable failure) {
        if (!isIn(failure)) {
            return failure;
        }
        IOException clean = new IOException(hideIn(failure.toString()));
        clean.setStackTrace(failure.getStackTrace());
        return clean;
    }

    /** Whether an exception, one of its causes or a suppressed one repeats a secret, or there are too many to tell. */
    public boolean isIn(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>(List.of(failure));
        while (!next.isEmpty()) {
            Throwable one = next.pop();
            if (!seen.add(one)) {
                continue;
            }
            if (seen.size() > MOST_EXCEPTIONS || isIn(one.getMessage()) || isIn(withoutClass(one))) {
                return true;
            }
            if (one.getCause() != null) {
                next.push(one.getCause());
            }
            for (Throwable suppressed : one.getSuppressed()) {
                next.push(suppressed);
            }
        }
        return false;
    }

    private boolean isIn(@Nullable String text) {
        return text != null && !hideIn(text).equals(text);
    }

    /** A class is not named after a secret; but a short secret may be a word of its name. */
    private static String withoutClass(Throwable failure) {
        String text = failure.toString();
        String name = failure.getClass().getName();
        return text.startsWith(name) ? text.substring(name.length()) : text;
    }
}
