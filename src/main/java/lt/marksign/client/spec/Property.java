package lt.marksign.client.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
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
final class Property<T> {
    final String name;
    private final Function<T, ?> getter;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<Integer> lengthsInAnswer = new HashSet<>();
    private int minLength;
    private int minItems;
    boolean required;
    boolean secret;
    boolean content;
    Class<?> model = Object.class;
    List<String> values = List.of();

    /** Given the value, and what another property of the same object is. */
    private record Rule(BiPredicate<Object, Function<String, @Nullable Object>> holds, String text) {}

    Property(String name, Function<T, ?> getter) {
        this.name = name;
        this.getter = getter;
    }

    Property<T> required() {
        this.required = true;
        return this;
    }

    Property<T> secret() {
        this.secret = true;
        return this;
    }

    Property<T> content() {
        this.content = true;
        return this;
    }

    Property<T> of(Class<?> schema) {
        this.model = schema;
        return this;
    }

    Property<T> values(Object... all) {
        this.values = Arrays.stream(all).map(Object::toString).toList();
        return this;
    }

    Property<T> pattern(String regex) {
        // To Java, though not to JSON Schema, the end is before a line's end as well.
        Pattern pattern = Pattern.compile(regex.replaceFirst("\\$$", "\\\\z"));
        return rule(String.class, text -> pattern.matcher(text).find(), "must match " + regex);
    }

    Property<T> minLength(int least) {
        this.minLength = least;
        return rule(String.class, text -> length(text) >= least, "must have at least " + least + " characters");
    }

    Property<T> minItems(int least) {
        this.minItems = least;
        return rule(Collection.class, items -> items.size() >= least, "must have at least " + least + " of them");
    }

    Property<T> minimum(long least) {
        return rule(Number.class, number -> number.longValue() >= least, "must be at least " + least);
    }

    /** A number, where another property is one too. */
    Property<T> notLessThan(String other) {
        rules.add(new Rule(
                (number, others) -> !(others.apply(other) instanceof Number least)
                        || ((Number) number).longValue() >= least.longValue(),
                "must not be less than " + other));
        return this;
    }

    /** A text's length, where another property has a value: at most some characters, or one of some numbers of them. */
    Property<T> length(String other, String value, boolean orUnset, int most, int... allowed) {
        String many = allowed.length == 0
                ? "at most " + most
                : IntStream.of(allowed).mapToObj(String::valueOf).collect(Collectors.joining(" or "));
        rules.add(new Rule(
                (text, others) -> {
                    Object found = others.apply(other);
                    boolean applies = found == null ? orUnset : found.toString().equals(value);
                    int length = length((String) text);
                    return !applies
                            || (allowed.length == 0
                                    ? length <= most
                                    : IntStream.of(allowed).anyMatch(one -> one == length));
                },
                "must have " + many + " characters where " + other + " is " + value
                        + (orUnset ? ", as it is unless set" : "")));
        return this;
    }

    /** In an answer it is a text of this length, or of another that was given so; or blank. */
    Property<T> lengthInAnswer(int characters) {
        lengthsInAnswer.add(characters);
        return this;
    }

    private <V> Property<T> rule(Class<V> type, Predicate<V> holds, String text) {
        rules.add(new Rule((value, others) -> !type.isInstance(value) || holds.test(type.cast(value)), text));
        return this;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    @Nullable Object valueIn(T owner) {
        return getter.apply(owner);
    }

    /** What is wrong with a value that goes out, or null. */
    @Nullable String faultOf(T owner, Function<String, @Nullable Object> others) {
        Object value = valueIn(owner);
        if (required && (value == null || value instanceof String text && text.isBlank())) {
            return "must not be null or blank";
        }
        if (value instanceof Collection<?> items && items.stream().anyMatch(Objects::isNull)) {
            return "must not contain null";
        }
        return value == null
                ? null
                : rules.stream()
                        .filter(rule -> !rule.holds.test(value, others))
                        .map(Rule::text)
                        .findFirst()
                        .orElse(null);
    }

    /** Whether an answer lacks this: a text or a content of no length is as good as none, a list where it must have entries. */
    boolean isLackingIn(T owner) {
        Object value = valueIn(owner);
        return value == null
                || value instanceof String text && text.isBlank()
                || value instanceof byte[] bytes && bytes.length < minLength
                || value instanceof Collection<?> items && items.size() < minItems;
    }

    /** Whether an answer has it in another form than the spec's. */
    boolean isMalformedIn(T owner) {
        return !lengthsInAnswer.isEmpty()
                && valueIn(owner) instanceof String text
                && !text.isBlank()
                && !lengthsInAnswer.contains(text.strip().length());
    }
}
