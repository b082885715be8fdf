package lt.marksign.sample;

import java.io.Serializable;
import java.security.Principal;

/**
 * Who is logged in.
 *
 * @param fullName as the gateway told it
 * @param asked as they filled in the form
 */
record Person(String fullName, Asked asked) implements Principal, Serializable {
    /** For logs, so that it tells nobody who it is. */
    @Override
    public String getName() {
        return "person";
    }
}
