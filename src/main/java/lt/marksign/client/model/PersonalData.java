package lt.marksign.client.model;

import java.util.LinkedHashMap;

/** What the gateway tells of people in a form of its own: by name a text, a number, a boolean, a list or another map. */
public final class PersonalData extends LinkedHashMap<String, Object> {
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
