package lt.marksign.client.spec;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lt.marksign.client.error.MarkSignValidationException;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a schema.
 *
 * @param requiredWhenOk the fields that a response must have if its status is {@code ok}; {@code |} separates alternatives
 * @param whenUnknown the text that the caller must see if the response was lost
 */
record Schema(List<Property> properties, List<String> exactlyOneOf, List<String> requiredWhenOk, String whenUnknown) {
    private static final String STATUS = "status";
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Stream<Property> named(String name) {
        return properties.stream().filter(property -> property.name().equals(name));
    }

    /** Returns the values of the enumeration {@code status}. */
    Stream<String> statuses() {
        return named(STATUS).flatMap(status -> status.values().stream()).map(Object::toString);
    }

    @Nullable Object value(Object owner, String name) {
        return named(name)
                .findFirst()
                .map(property -> property.getter().apply(owner))
                .orElse(null);
    }

    void secretsIn(Object owner, List<String> secrets) {
        for (Property property : properties) {
            if (property.secret() && property.getter().apply(owner) instanceof String text) {
                secrets.add(text);
            }
        }
    }

    boolean isStrict(String name) {
        return named(name).anyMatch(property -> property.strict() || property.required())
                || requiredWhenOk.stream().flatMap(Schema::alternatives).anyMatch(name::equals);
    }

    private static Stream<String> alternatives(String names) {
        return Arrays.stream(names.split("\\|")).map(String::strip);
    }

    /** Checks a request, but not its nested objects. */
    void validate(Object request, String path, String ignored) {
        for (Property property : properties) {
            String fault = property.name().equals(ignored) ? null : property.faultIn(request);
            if (fault != null) {
                throw new MarkSignValidationException(path + property.name(), fault);
            }
        }
        if (!exactlyOneOf.isEmpty() && count(request, exactlyOneOf.stream()) != 1) {
            throw new MarkSignValidationException(
                    path + String.join(", ", exactlyOneOf), "must be given, exactly one of them");
        }
    }

    /** Adds the required fields that a response lacks, but not those that its nested objects lack. */
    void missingIn(Object response, String path, List<String> missing) {
        for (Property property : properties) {
            if (property.required() && property.isAbsentIn(response)) {
                missing.add(path + property.name());
            }
        }
        if (!requiredWhenOk.isEmpty() && "ok".equals(String.valueOf(value(response, STATUS)))) {
            requiredWhenOk.stream()
                    .filter(names -> count(response, alternatives(names)) == 0)
                    .forEach(names -> missing.add(path + names));
        }
    }

    private long count(Object owner, Stream<String> names) {
        return names.flatMap(this::named)
                .filter(property -> !property.isAbsentIn(owner))
                .count();
    }

    /**
     * A property of a schema and the rules for its value, generated from the spec.
     *
     * @param strict whether an unreadable value makes the whole response unreadable; so does one of a required property
     * @param secret whether the value is a credential or personal data
     * @param content whether the value is the content of a file
     * @param pattern a regular expression, or an empty text
     * @param model the class of the value, or of the items of a list
     * @param values the values of an enumeration; empty for any other type
     */
    record Property(
            String name,
            Function<Object, @Nullable Object> getter,
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

        /** Returns the rule that the value in a request breaks, or null. */
        @Nullable String faultIn(Object request) {
            Object value = getter.apply(request);
            if (required && (value == null || value instanceof String text && text.isBlank())) {
                return "must not be null or blank";
            }
            if (hasNull(value)) {
                return "must not contain null";
            }
            if (value instanceof Collection<?> items && items.size() < minItems) {
                return "must have at least " + minItems + " of them";
            }
            if (value instanceof Number number && number.longValue() < minimum) {
                return "must be at least " + minimum;
            }
            if (value instanceof String text
                    && !pattern.isEmpty()
                    && !PATTERNS.computeIfAbsent(pattern, Property::compile)
                            .matcher(text)
                            .find()) {
                return "must match " + pattern;
            }
            return value instanceof String text && text.codePointCount(0, text.length()) < minLength
                    ? "must have at least " + minLength + " characters"
                    : null;
        }

        /** In Java, unlike in JSON Schema, $ also matches before a final line break. */
        private static Pattern compile(String pattern) {
            return Pattern.compile(pattern.replaceFirst("\\$$", "\\\\z"));
        }

        private static boolean hasNull(@Nullable Object value) {
            return value instanceof Collection<?> items && items.stream().anyMatch(Objects::isNull);
        }

        /** Tells whether the value is absent: null, blank, a list that contains null, or too few bytes or items. */
        boolean isAbsentIn(Object owner) {
            Object value = getter.apply(owner);
            return value == null
                    || value instanceof String text && text.isBlank()
                    || value instanceof byte[] bytes && bytes.length < minLength
                    || value instanceof Collection<?> items && items.size() < minItems
                    || hasNull(value);
        }
    }
}
