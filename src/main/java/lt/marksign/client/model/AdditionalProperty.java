package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What an answer holds under a name that the spec does not have. Nobody knows whether it is somebody's, so it is not
 * printed.
 */
@NullMarked
public final class AdditionalProperty {
    private final Object value;

    private AdditionalProperty(Object value) {
        this.value = value;
    }

    /**
     * Makes one, for instance for a test.
     *
     * @param value as {@link #value()}
     * @return the property
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AdditionalProperty of(Object value) {
        return new AdditionalProperty(Objects.requireNonNull(value, "value must not be null"));
    }

    /**
     * The value as JSON has it.
     *
     * @return a {@link String}, a {@link Number}, a {@link Boolean}, a {@link java.util.List} or a {@link java.util.Map}; in
     *     a list or map also null
     */
    @JsonValue
    public Object value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AdditionalProperty that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
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
