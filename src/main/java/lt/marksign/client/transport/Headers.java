package lt.marksign.client.transport;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Headers as HTTP has them: a name is found in upper and in lower case. */
public final class Headers {
    private Headers() {}

    /** None as yet. */
    public static Map<String, Collection<String>> ignoringCase() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }
}
