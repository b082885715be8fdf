package lt.marksign.client.feign;

import feign.InvocationHandlerFactory.MethodHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call was given, for as long as its thread is about it. Feign hands on a URL, from which they could no more than be
 * guessed once an interceptor changed it.
 */
final class Arguments {
    private static final ThreadLocal<@Nullable Arguments> CURRENT = new ThreadLocal<>();

    private final @Nullable String[] pathVariables;
    private final Object[] values;
    private @Nullable String token;

    /**
     * Notes them.
     *
     * @param pathVariables which path variable each argument is, or null
     * @param values the arguments
     */
    Arguments(@Nullable String[] pathVariables, Object[] values) {
        this.pathVariables = pathVariables;
        this.values = values;
    }

    /** Those of the call that this thread is about, or null in a thread that a call was handed over to. */
    static @Nullable Arguments current() {
        return CURRENT.get();
    }

    /** Makes the call; one may be made within another, as by a supplier of tokens. */
    Object pass(MethodHandler handler) throws Throwable {
        Arguments outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return handler.invoke(values);
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    void addToken(String token) {
        this.token = token;
    }

    Map<String, String> pathVariables() {
        Map<String, String> result = new LinkedHashMap<>();
        for (int i = 0; i < pathVariables.length; i++) {
            if (pathVariables[i] != null) {
                result.put(pathVariables[i], String.valueOf(values[i]));
            }
        }
        return result;
    }

    /** What must not be seen of them, and the token once it is known. */
    Secrets secrets() {
        List<String> secrets = new ArrayList<>(pathVariables().values());
        if (token != null) {
            secrets.add(token);
        }
        return new Secrets(secrets);
    }
}
