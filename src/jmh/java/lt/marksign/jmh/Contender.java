package lt.marksign.jmh;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A way to call the gateway, in English. An implementation has a constructor that takes the gateway's base URL. */
public interface Contender {
    /** The access token of all calls. */
    String TOKEN = "52900c96-3f60-5307-3719-5948f0191da6";
    /** The session of all calls but those of {@link Sessions}. */
    String SESSION = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";
    /** Who logs in. */
    String CODE = "30303039914";
    /** What is asked for, after the base URL, to remove {@link #SESSION}. */
    String PATH = "/en/api/smartid/session/" + SESSION;

    /**
     * Removes {@link #SESSION} and returns if the response's {@code status} is {@code ok}.
     *
     * @throws Exception if it is not
     */
    void remove() throws Exception;

    /**
     * Begins a login by Smart-ID.
     *
     * @return the session's id, if the response's {@code status} is {@code ok}
     * @throws Exception if it is not
     */
    default String init() throws Exception {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks what became of a login, and returns if the response's {@code status} is {@code waiting}.
     *
     * @param session its id
     * @throws Exception if it is anything else
     */
    default void check(String session) throws Exception {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits in this thread for a login's end, which never comes; by the loop that one writes, where there is none.
     *
     * @param session its id
     * @throws Exception if a check fails
     */
    default void await(String session) throws Exception {
        while (true) {
            check(session);
            Thread.sleep(2000);
        }
    }

    /**
     * Waits for a login's end without a thread.
     *
     * @param session its id
     * @param limit how long
     * @return what is completed if a check fails, or the time is up
     */
    default CompletableFuture<?> awaitAsync(String session, Duration limit) {
        throw new UnsupportedOperationException();
    }

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
