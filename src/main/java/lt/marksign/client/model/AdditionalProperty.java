package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;

/**
 * What a response holds under a name that the spec does not have. Nobody knows whether it is somebody's, so it is not
 * printed.
 *
 * @param value the value as JSON has it: a {@link String}, a {@link Number}, a {@link Boolean}, a {@link java.util.List} or a
 *     {@link java.util.Map}; in a list or map also null
 */
@NullMarked
public record AdditionalProperty(@JsonValue Object value) implements Serializable {
    /**
     * Makes one, for instance for a test.
     *
     * @param value as {@link #value()}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AdditionalProperty {
        Objects.requireNonNull(value, "value must not be null");
    }

    /**
     * Nothing of the value.
     *
     * @return a star
     */
    @Override
    public String toString() {
        return "*";
    }
}
