package lt.marksign.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of an answer's body, for people to read. Of JSON that is its shape: whose data it holds is not known when
 * it is not what it should be.
 */
public final class Excerpt {
    private static final Set<String> SHOWN = Set.of(Answer.STATUS, Answer.MESSAGE, Answer.ERROR_CODE);
    private static final Pattern JSON = Pattern.compile("[{\\[\"]");

    /** Markup has quotation marks, numbers and braces of its own. */
    private static final Pattern JSON_IN_MARKUP = Pattern.compile("\\{\\s*\"");

    private static final Pattern WORD = Pattern.compile("[a-z_]{1,20}");

    private static final int READ = 2048;
    private static final int LONGEST = 400;
    private static final String HIDDEN = "…";

    private final StringBuilder shape = new StringBuilder();
    private final Predicate<String> known;

    private final UnaryOperator<String> hide;

    private Excerpt(Predicate<String> known, UnaryOperator<String> hide) {
        this.known = known;
        this.hide = hide;
    }

    /**
     * Makes an excerpt.
     *
     * @param known whether a name is one of the spec's, and so not somebody's
     * @param hide hides in a text what the request held
     */
    public static String of(byte[] body, Predicate<String> known, UnaryOperator<String> hide) {
        String text = new String(Arrays.copyOf(body, Math.min(body.length, READ)), StandardCharsets.UTF_8);
        int json = startOfJson(text);
        if (json < 0) {
            return hide.apply(text);
        }
        String before = text.substring(0, json);
        // Markup is of whoever made the page; another text before the JSON may be of the same make as that.
        String shown = before.isBlank() || isMarkup(text) ? hide.apply(before) : HIDDEN;
        return shown + new Excerpt(known, hide).shapeOf(text.substring(json));
    }

    private static int startOfJson(String text) {
        Matcher start = (isMarkup(text) ? JSON_IN_MARKUP : JSON).matcher(text);
        return start.find() ? start.start() : -1;
    }

    private static boolean isMarkup(String text) {
        return text.stripLeading().startsWith("<");
    }

    private String shapeOf(String json) {
        try (JsonParser parser = Answer.JSON.createParser(json)) {
            write(parser);
        } catch (IOException e) {
            // What it is can be seen up to here, and no further.
            shape.append(HIDDEN);
        }
        return shape.toString();
    }

    private void write(JsonParser json) throws IOException {
        Deque<JsonToken> open = new ArrayDeque<>();
        String name = "";
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (shape.length() > LONGEST) {
                throw new IOException("enough");
            }
            switch (token) {
                case FIELD_NAME -> {
                    name = json.currentName();
                    separate();
                    shape.append('"').append(known.test(name) ? name : HIDDEN).append("\":");
                }
                case START_OBJECT -> {
                    separate();
                    shape.append('{');
                    open.push(token);
                }
                case START_ARRAY -> {
                    separate();
                    shape.append('[');
                    open.push(token);
                }
                case END_OBJECT -> shape.append('}');
                case END_ARRAY -> shape.append(']');
                default -> {
                    separate();
                    boolean shown = SHOWN.contains(name) && open.size() == 1 && open.peek() == JsonToken.START_OBJECT;
                    shape.append(shown ? '"' + shown(name, json.getText()) + '"' : HIDDEN);
                }
            }
            if (token.isStructEnd()) {
                open.pop();
            }
        }
    }

    /** One word as a status is the gateway's own, though somebody's name may read the same. */
    private String shown(String name, String text) {
        return name.equals(Answer.STATUS) && WORD.matcher(text).matches() ? text : hide.apply(text);
    }

    private void separate() {
        if (!shape.isEmpty() && "{[:".indexOf(shape.charAt(shape.length() - 1)) < 0) {
            shape.append(',');
        }
    }
}
