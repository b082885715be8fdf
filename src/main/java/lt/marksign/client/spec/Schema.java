package lt.marksign.client.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a schema.
 *
 * @param requiredWhenOk what a response needs if its status is {@code ok}; {@code |} separates alternatives
 * @param whenUnknown what the caller must know if the response was lost
 * @param <T> the class that was generated from it
 */
record Schema<T>(
        List<Property<T>> properties, List<String> exactlyOneOf, List<String> requiredWhenOk, String whenUnknown) {
    private static final String STATUS = "status";

    private Stream<Property<T>> named(String name) {
        return properties.stream().filter(property -> property.name().equals(name));
    }

    /** The values of the enumeration {@code status}. */
    Stream<String> statuses() {
        return named(STATUS).flatMap(status -> status.values().stream()).map(Object::toString);
    }

    @Nullable Object value(Object owner, String name) {
        return named(name)
                .map(property -> property.getter().apply(cast(owner)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    Stream<String> secretsIn(Object owner) {
        return properties.stream()
                .filter(Property::secret)
                .map(property -> property.getter().apply(cast(owner)))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    boolean isStrict(String name) {
        return named(name).anyMatch(property -> property.strict() || property.required())
                || requiredWhenOk.stream().flatMap(Schema::alternatives).anyMatch(name::equals);
    }

    private static Stream<String> alternatives(String names) {
        return Arrays.stream(names.split("\\|")).map(String::strip);
    }

    /** What is wrong with a request, not counting the objects in it. */
    Stream<String> faultsOf(Object request, String path, String ignored) {
        T owner = cast(request);
        Stream<String> faults = properties.stream()
                .filter(property -> !property.name().equals(ignored) && property.faultIn(owner) != null)
                .map(property -> path + property.name() + " " + property.faultIn(owner));
        return exactlyOneOf.isEmpty() || count(owner, exactlyOneOf.stream()) == 1
                ? faults
                : Stream.concat(
                        faults,
                        Stream.of(path + "exactly one of " + String.join(", ", exactlyOneOf) + " must be given"));
    }

    /** The required fields that a response lacks, not counting the objects in it. */
    Stream<String> missingIn(Object response, String path) {
        T owner = cast(response);
        Stream<String> required = properties.stream().filter(Property::required).map(Property::name);
        Stream<String> whenOk =
                "ok".equals(String.valueOf(value(owner, STATUS))) ? requiredWhenOk.stream() : Stream.of();
        return Stream.concat(required, whenOk)
                .filter(names -> count(owner, alternatives(names)) == 0)
                .map(names -> path + names);
    }

    private long count(T owner, Stream<String> names) {
        return names.flatMap(this::named)
                .filter(property -> !property.isAbsentIn(owner))
                .count();
    }

    @SuppressWarnings("unchecked") // Schemas are found by the class of what they are asked about.
    private T cast(Object owner) {
        return (T) owner;
    }
}
