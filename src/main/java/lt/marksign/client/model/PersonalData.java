package lt.marksign.client.model;

import java.util.LinkedHashMap;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** What the gateway tells of people in a form of its own: by name a text, a number, a boolean, a list or another map. */
@NullMarked
public final class PersonalData extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    /** Makes an empty one. */
    public PersonalData() {}

    /**
     * Nothing of the data.
     *
     * @return a star
     */
    @Override
    public String toString() {
        return "*";
    }
}
