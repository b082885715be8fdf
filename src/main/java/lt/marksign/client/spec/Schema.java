package lt.marksign.client.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a schema.
 *
 * @param <T> the class that was generated from it
 */
final class Schema<T> {
    private static final String STATUS = "status";

    private final Map<String, Property<T>> properties = new LinkedHashMap<>();
    private final List<String> exactlyOne = new ArrayList<>();
    private final List<String> atLeastOne = new ArrayList<>();
    private final List<String> whenOk = new ArrayList<>();
    String whenUnknown = "";

    Schema<T> property(Property<T> property) {
        properties.put(property.name, property);
        return this;
    }

    Schema<T> exactlyOneOf(String name) {
        exactlyOne.add(name);
        return this;
    }

    Schema<T> atLeastOneOf(String name) {
        atLeastOne.add(name);
        return this;
    }

    /** What is to be there when the status is {@code ok}: one of several where there is a {@code |} between them. */
    Schema<T> requiredWhenOk(String names) {
        whenOk.add(names);
        return this;
    }

    Schema<T> whenUnknown(String warning) {
        this.whenUnknown = warning;
        return this;
    }

    Iterable<Property<T>> properties() {
        return properties.values();
    }

    boolean has(String name) {
        return properties.containsKey(name);
    }

    /** What {@code status} may be. */
    List<String> statuses() {
        Property<T> status = properties.get(STATUS);
        return status == null ? List.of() : status.values;
    }

    @Nullable Object value(Object owner, String name) {
        Property<T> property = properties.get(name);
        return property == null ? null : property.valueIn(cast(owner));
    }

    /** What is wrong with a request itself, apart from what is in its properties, or null. */
    @Nullable String faultOfRequest(Object owner, String path, String ignored) {
        T request = cast(owner);
        for (Property<T> property : properties.values()) {
            String fault =
                    property.name.equals(ignored) ? null : property.faultOf(request, name -> value(request, name));
            if (fault != null) {
                return path + property.name + " " + fault;
            }
        }
        if (!exactlyOne.isEmpty() && count(request, exactlyOne.stream()) != 1) {
            return path + "exactly one of " + String.join(", ", exactlyOne) + " must be given";
        }
        if (!atLeastOne.isEmpty() && count(request, atLeastOne.stream()) == 0) {
            return path + "at least one of " + String.join(", ", atLeastOne) + " must be given";
        }
        return null;
    }

    /** What an answer lacks, apart from what is in its properties, or null. */
    @Nullable String lackOfAnswer(Object owner, String path) {
        T answer = cast(owner);
        for (Property<T> property : properties.values()) {
            if (property.required && property.isLackingIn(answer)) {
                return path + property.name;
            }
            if (property.isMalformedIn(answer)) {
                return path + property.name + " of a length that it can have";
            }
        }
        if (whenOk.isEmpty() || !"ok".equals(String.valueOf(value(answer, STATUS)))) {
            return null;
        }
        return whenOk.stream()
                .filter(names -> count(answer, Arrays.stream(names.split("\\|")).map(String::strip)) == 0)
                .map(names -> path + names)
                .findFirst()
                .orElse(null);
    }

    private long count(T owner, Stream<String> names) {
        return names.filter(name -> !properties.get(name).isLackingIn(owner)).count();
    }

    @SuppressWarnings("unchecked") // Schemas are found by the class of what they are asked about.
    private T cast(Object owner) {
        return (T) owner;
    }
}
