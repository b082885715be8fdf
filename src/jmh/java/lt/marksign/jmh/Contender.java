package lt.marksign.jmh;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A way to call the gateway in English. An implementation has a constructor with the gateway's base URL. */
public interface Contender {
    /** The access token of all calls. */
    String TOKEN = "52900c96-3f60-5307-3719-5948f0191da6";
    /** The session of all calls except those of {@link Sessions}. */
    String SESSION = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";
    /** The personal code of the person who logs in. */
    String CODE = "30303039914";
    /** The path that removes {@link #SESSION}, after the base URL. */
    String PATH = "/en/api/smartid/session/" + SESSION;

    /**
     * Removes {@link #SESSION}.
     *
     * @throws Exception if the response's {@code status} is not {@code ok}
     */
    void remove() throws Exception;

    /**
     * Begins a login by Smart-ID.
     *
     * @return the session's id
     * @throws Exception if the response's {@code status} is not {@code ok}
     */
    default String init() throws Exception {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks a login.
     *
     * @param session its id
     * @throws Exception if the response's {@code status} is not {@code waiting}
     */
    default void check(String session) throws Exception {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits in this thread for the end of a login, which never comes. A contender without a wait uses a loop, as an application
     * would.
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
     * Waits for the end of a login without blocking a thread.
     *
     * @param session its id
     * @param limit the longest wait
     * @return a future that is completed if a check fails, or at the limit
     */
    default CompletableFuture<?> awaitAsync(String session, Duration limit) {
        throw new UnsupportedOperationException();
    }

    /**
     * Creates a contender.
     *
     * @param name the name of its class
     * @param gateway the base URL
     */
    static Contender of(String name, URI gateway) throws ReflectiveOperationException {
        return (Contender) Class.forName(name).getConstructor(URI.class).newInstance(gateway);
    }
}
