package lt.marksign.client.exchange;

import feign.RequestLine;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The path of a generated method, with its variables. */
public final class PathTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    /** The unreserved characters of RFC 3986: what stands for itself in a URL, wherever it stands. */
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]*");

    private final String template;
    private final List<String> variables = new ArrayList<>();
    private final Pattern values;

    private PathTemplate(String template) {
        this.template = template;
        StringBuilder regex = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(template);
        int literal = 0;
        while (matcher.find()) {
            variables.add(matcher.group(1));
            regex.append(Pattern.quote(template.substring(literal, matcher.start())))
                    .append("([^/?]+)");
            literal = matcher.end();
        }
        regex.append(Pattern.quote(template.substring(literal))).append("(?:\\?.*)?$");
        this.values = Pattern.compile(regex.toString());
    }

    /** The path that the generator wrote on the method, or null on a method that it did not write. */
    static @Nullable PathTemplate of(Method method) {
        RequestLine line = method.getAnnotation(RequestLine.class);
        if (line == null) {
            return null;
        }
        String pathAndQuery = line.value().substring(line.value().indexOf(' ') + 1);
        return new PathTemplate(pathAndQuery.split("\\?", 2)[0]);
    }

    List<String> variables() {
        return variables;
    }

    /** What the variables are in a URL that was made from this template; empty for another URL. */
    Map<String, String> valuesIn(String url) {
        Matcher matcher = values.matcher(url);
        Map<String, String> result = new LinkedHashMap<>();
        if (matcher.find()) {
            for (int i = 0; i < variables.size(); i++) {
                result.put(variables.get(i), matcher.group(i + 1));
            }
        }
        return result;
    }

    /**
     * The rule for a path variable. Feign sends {@code /} and {@code ..} as they are, which would call another path.
     *
     * @param variable the variable's name, for the exception's message
     * @param value what is to stand in the path
     * @throws IllegalArgumentException if the value could be anything but one segment of the path
     */
    public static void check(String variable, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(variable + " must not be null");
        }
        String text = value.toString();
        if (text.isEmpty()) {
            throw new IllegalArgumentException(variable + " must not be empty");
        }
        if (!UNRESERVED.matcher(text).matches() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException(
                    variable + " must consist of letters, digits, '-', '.', '_' and '~' alone,"
                            + " and must not be '.' or '..'");
        }
    }

    @Override
    public String toString() {
        return template;
    }
}
