package lt.marksign.client.feign;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What must not be seen in a log or a message, though an answer or a transport may repeat it. */
final class Secrets {
    private static final String HIDDEN = "***";
    private static final int SHOWN = 8;

    /** A shorter end of a text is no clue, and hiding it would garble texts. */
    private static final int SHORTEST_PART = 6;

    private final List<String> values;

    Secrets(String accessToken, Collection<String> pathVariables) {
        this.values =
                Stream.concat(Stream.of(accessToken), pathVariables.stream()).toList();
    }

    /** So much of a secret as tells two apart: at most eight characters, and at most half of it. */
    static String mask(String secret) {
        return secret.substring(0, Math.min(SHOWN, secret.length() / 2)) + "…";
    }

    /** The text without the secrets, nor the beginning of one where the text was cut off. */
    String hideIn(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hideEnd(hidden.replace(value, HIDDEN), value);
        }
        return hidden;
    }

    private static String hideEnd(String text, String value) {
        for (int length = value.length() - 1; length >= SHORTEST_PART; length--) {
            if (text.regionMatches(text.length() - length, value, 0, length)) {
                return text.substring(0, text.length() - length) + HIDDEN;
            }
        }
        return text;
    }

    /** The failure itself, or where it or one of its causes repeats a secret, one that reads the same without it. */
    Throwable hideIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = cause.toString();
            if (!hideIn(text).equals(text)) {
                IOException clean = new IOException(hideIn(failure.toString()));
                clean.setStackTrace(failure.getStackTrace());
                return clean;
            }
        }
        return failure;
    }
}
