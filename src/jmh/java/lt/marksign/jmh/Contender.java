package lt.marksign.jmh;

import java.net.URI;

/** A way to remove a session. An implementation has a constructor that takes the gateway's base URL. */
public interface Contender {
    /** The access token of all calls. */
    String TOKEN = "52900c96-3f60-5307-3719-5948f0191da6";
    /** The session of all calls. */
    String SESSION = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";
    /** What is asked for, after the base URL. */
    String PATH = "/en/api/smartid/session/" + SESSION;

    /**
     * Removes {@link #SESSION}, in English, and returns if the answer's {@code status} is {@code ok}.
     *
     * @throws Exception if it is not
     */
    void remove() throws Exception;

    /**
     * Makes a contender.
     *
     * @param name the name of its class
     * @param gateway the base URL
     */
    static Contender of(String name, URI gateway) throws ReflectiveOperationException {
        return (Contender) Class.forName(name).getConstructor(URI.class).newInstance(gateway);
    }
}
