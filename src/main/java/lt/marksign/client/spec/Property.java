package lt.marksign.client.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A property of a schema, and the rules for its value. The generator writes what the spec says; a rule that the spec does
 * not state is not set.
 *
 * @param <T> the class that was generated from the schema
 */
public final class Property<T> {
    private final String name;
    private final Function<T, ?> getter;
    private final List<LengthRule> lengths = new ArrayList<>();
    private boolean required;
    private boolean secret;
    private boolean content;
    private Class<?> model = Object.class;
    private int minLength;
    private int minItems;
    private long minimum = Long.MIN_VALUE;
    private @Nullable Pattern pattern;
    private List<String> values = List.of();

    /** How long a text may be when another property has a certain value, or none. */
    private record LengthRule(String property, String value, boolean ifUnset, int[] allowed, int max) {
        boolean appliesTo(@Nullable Object other) {
            return other == null ? ifUnset : other.toString().equals(value);
        }

        boolean permits(int length) {
            return allowed.length == 0 ? length <= max : IntStream.of(allowed).anyMatch(one -> one == length);
        }

        String describe() {
            String rule = allowed.length == 0
                    ? "at most " + max
                    : IntStream.of(allowed).mapToObj(String::valueOf).collect(Collectors.joining(" or "));
            return "must have " + rule + " characters where " + property + " is " + value
                    + (ifUnset ? ", as it is unless set" : "");
        }
    }

    private Property(String name, Function<T, ?> getter) {
        this.name = name;
        this.getter = getter;
    }

    /**
     * Begins a property.
     *
     * @param name its name in the spec
     * @param getter reads it
     * @param <T> the class that has it
     * @return a property without rules
     */
    public static <T> Property<T> of(String name, Function<T, ?> getter) {
        return new Property<>(name, getter);
    }

    /**
     * It must be there.
     *
     * @return this
     */
    public Property<T> required() {
        this.required = true;
        return this;
    }

    /**
     * It is a credential or personal data.
     *
     * @return this
     */
    public Property<T> secret() {
        this.secret = true;
        return this;
    }

    /**
     * It is the content of a file.
     *
     * @return this
     */
    public Property<T> content() {
        this.content = true;
        return this;
    }

    /**
     * It is an object with a schema of its own.
     *
     * @param model the class that was generated from that
     * @return this
     */
    public Property<T> of(Class<?> model) {
        this.model = model;
        return this;
    }

    /**
     * It is a text of a certain form.
     *
     * @param regex a regular expression that is to match somewhere in it
     * @return this
     */
    public Property<T> pattern(String regex) {
        this.pattern = Pattern.compile(regex);
        return this;
    }

    /**
     * It is a text of a certain length at least.
     *
     * @param length in characters
     * @return this
     */
    public Property<T> minLength(int length) {
        this.minLength = length;
        return this;
    }

    /**
     * It is a list of a certain length at least.
     *
     * @param items how many
     * @return this
     */
    public Property<T> minItems(int items) {
        this.minItems = items;
        return this;
    }

    /**
     * It is a number of a certain size at least.
     *
     * @param smallest the smallest that may be
     * @return this
     */
    public Property<T> minimum(long smallest) {
        this.minimum = smallest;
        return this;
    }

    /**
     * It is one of some values.
     *
     * @param values the values
     * @return this
     */
    public Property<T> values(Object... values) {
        this.values = Arrays.stream(values).map(Object::toString).toList();
        return this;
    }

    /**
     * Its length depends on another property.
     *
     * @param property the other property
     * @param value the other property's value for which this holds
     * @param ifUnset whether it holds as well when the other property is not set
     * @param max the most characters, where {@code allowed} is empty
     * @param allowed the numbers of characters that may be
     * @return this
     */
    public Property<T> length(String property, String value, boolean ifUnset, int max, int... allowed) {
        lengths.add(new LengthRule(property, value, ifUnset, allowed, max));
        return this;
    }

    String name() {
        return name;
    }

    boolean isSecret() {
        return secret;
    }

    boolean isContent() {
        return content;
    }

    Class<?> model() {
        return model;
    }

    boolean isRequired() {
        return required;
    }

    List<String> values() {
        return values;
    }

    @Nullable Object valueIn(T owner) {
        return getter.apply(owner);
    }

    /** What is wrong with a value that goes out, or null. */
    @Nullable String faultOf(T owner, Schema<T> schema) {
        Object value = valueIn(owner);
        if (isMissing(value)) {
            return required ? "must not be null or blank" : null;
        }
        if (value instanceof String text) {
            if (required && text.isBlank()) {
                return "must not be null or blank";
            }
            return faultOf(text, owner, schema);
        }
        if (value instanceof Collection<?> items && items.size() < minItems) {
            return "must have at least " + minItems + " of them";
        }
        if (value instanceof Number number && number.longValue() < minimum) {
            return "must be at least " + minimum;
        }
        return null;
    }

    private @Nullable String faultOf(String text, T owner, Schema<T> schema) {
        int length = text.codePointCount(0, text.length());
        if (length < minLength) {
            return "must have at least " + minLength + " characters";
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            return "must match " + pattern;
        }
        return lengths.stream()
                .filter(rule -> rule.appliesTo(schema.value(owner, rule.property())) && !rule.permits(length))
                .map(LengthRule::describe)
                .findFirst()
                .orElse(null);
    }

    /** Whether an answer lacks this: a text or a content of no length is as good as none. */
    boolean isLackingIn(T owner) {
        Object value = valueIn(owner);
        return isMissing(value)
                || value instanceof String text && text.isBlank()
                || value instanceof byte[] bytes && bytes.length < minLength;
    }

    private static boolean isMissing(@Nullable Object value) {
        return value == null;
    }
}
