package lt.marksign.client.spec;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A property of a schema, and the rules for its value, as the generator found them in the spec.
 *
 * @param strict whether a response with an unreadable value of it is unreadable as a whole; so it is if it is required
 * @param secret whether it is a credential or personal data
 * @param content whether it is the content of a file
 * @param pattern a regular expression, or an empty text
 * @param model the class of its value, or of the items of a list
 * @param values the values of an enumeration; empty for any other type
 * @param <T> the class that was generated from the schema
 */
record Property<T>(
        String name,
        Function<T, ?> getter,
        boolean required,
        boolean strict,
        boolean secret,
        boolean content,
        String pattern,
        int minLength,
        int minItems,
        long minimum,
        Class<?> model,
        List<?> values) {

    /** What is wrong with the value in a request, or null. */
    @Nullable String faultIn(T request) {
        Object value = getter.apply(request);
        if (required && (value == null || value instanceof String text && text.isBlank())) {
            return "must not be null or blank";
        }
        if (value instanceof Collection<?> items && items.stream().anyMatch(Objects::isNull)) {
            return "must not contain null";
        }
        if (value instanceof Collection<?> items && items.size() < minItems) {
            return "must have at least " + minItems + " of them";
        }
        if (value instanceof Number number && number.longValue() < minimum) {
            return "must be at least " + minimum;
        }
        // In Java, unlike in JSON Schema, $ also matches before a final line break.
        String regex = pattern.replaceFirst("\\$$", "\\\\z");
        if (value instanceof String text
                && !Pattern.compile(regex).matcher(text).find()) {
            return "must match " + pattern;
        }
        return value instanceof String text && text.codePointCount(0, text.length()) < minLength
                ? "must have at least " + minLength + " characters"
                : null;
    }

    /** Whether the value is absent: null, blank, or with fewer bytes or items than the spec asks for. */
    boolean isAbsentIn(T owner) {
        Object value = getter.apply(owner);
        return value == null
                || value instanceof String text && text.isBlank()
                || value instanceof byte[] bytes && bytes.length < minLength
                || value instanceof Collection<?> items && items.size() < minItems;
    }
}
