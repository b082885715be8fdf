package lt.marksign.sample;

import java.io.Serializable;
import java.security.Principal;

/**
 * The logged-in person.
 *
 * @param fullName the name from the gateway's response
 * @param form the person as the login form named them
 */
record Person(String fullName, PersonForm form) implements Principal, Serializable {
    /** Returns a constant, so that logs do not reveal who is logged in. */
    @Override
    public String getName() {
        return "person";
    }
}
