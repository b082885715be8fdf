package lt.marksign.client.model;

import java.util.LinkedHashMap;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Data of people in a structure that the spec does not fix. A value is a text, a number, a boolean, a list or another map. */
@NullMarked
public final class PersonalData extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    /** Creates an empty map. */
    public PersonalData() {}

    /**
     * Hides the data.
     *
     * @return {@code *}
     */
    @Override
    public String toString() {
        return "*";
    }
}
