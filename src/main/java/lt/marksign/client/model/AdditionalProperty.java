package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;

/**
 * A value of a response that the spec does not describe: its name is not in the spec, or its type differs from the spec. It may
 * be personal data, so {@link #toString} hides it.
 *
 * @param value the JSON value: a {@link String}, a {@link Number}, a {@link Boolean}, a {@link java.util.List} or a
 *     {@link java.util.Map}; a list or map may contain null
 */
@NullMarked
public record AdditionalProperty(@JsonValue Object value) implements Serializable {
    /**
     * Creates an additional property, for instance in a test.
     *
     * @param value as {@link #value()}
     * @throws NullPointerException if the value is null
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AdditionalProperty {
        Objects.requireNonNull(value, "value must not be null");
    }

    /**
     * Hides the value.
     *
     * @return {@code *}
     */
    @Override
    public String toString() {
        return "*";
    }
}
