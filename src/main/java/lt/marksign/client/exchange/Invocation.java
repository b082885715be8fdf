package lt.marksign.client.exchange;

import feign.InvocationHandlerFactory.MethodHandler;
import feign.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lt.marksign.client.error.ResponseHead;
import lt.marksign.client.secrets.Secrets;
import lt.marksign.client.transport.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What a call was given, for as long as its thread is about it. Feign hands on a URL, from which they could no more than be
 * guessed once an interceptor changed it.
 */
public final class Invocation {
    private static final ThreadLocal<@Nullable Invocation> CURRENT = new ThreadLocal<>();

    private final Called called;
    private final Object[] values;
    private final @Nullable Download download = Download.take();
    private @Nullable Payload payload;
    private Response.@Nullable Body answer;
    private @Nullable Object model;
    private @Nullable String token;
    private List<String> headers = List.of();

    /**
     * Notes them.
     *
     * @param called what is called
     * @param values the arguments
     */
    public Invocation(Called called, Object[] values) {
        this.called = called;
        this.values = values;
    }

    /** Those of the call that this thread is about, or null in a thread that a call was handed over to. */
    public static @Nullable Invocation current() {
        return CURRENT.get();
    }

    /** Makes the call; one may be made within another, as by a supplier of tokens. */
    public Object pass(MethodHandler handler) throws Throwable {
        Invocation outer = CURRENT.get();
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

    /** What the encoder made of the body. */
    public void encoded(Payload payload) {
        this.payload = payload;
    }

    /** What the encoder made of the body, if that is still what is to be sent. */
    @Nullable Payload payloadOf(byte @Nullable [] body) {
        return payload != null && payload.isFor(body) ? payload : null;
    }

    /** Notes what an answer was read as. */
    void read(Response.Body answer, Object model) {
        this.answer = answer;
        this.model = model;
    }

    /** What an answer was read as, if it is still the one that was received. */
    public @Nullable Object modelOf(Response.Body body) {
        return body == answer ? model : null;
    }

    /** The token that the caller put into the body, or null. */
    @Nullable Object ownToken() {
        Object body = called.bodyOf(values);
        return body == null ? null : called.spec().value(body, AccessToken.FIELD);
    }

    /** Where the document goes that it asks for, or null for memory. */
    @Nullable Download download() {
        return download;
    }

    void addToken(String token) {
        this.token = token;
    }

    void addHeaders(List<String> values) {
        this.headers = values;
    }

    Map<String, String> pathVariables() {
        Map<String, String> result = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (called.pathVariables()[i] != null) {
                result.put(called.pathVariables()[i], String.valueOf(values[i]));
            }
        }
        return result;
    }

    /** What an answer says before its body, without what must not be seen of the call that this thread is about. */
    public static ResponseHead head(Response answer) {
        Invocation current = current();
        return Exchange.head(answer, current == null ? new Secrets(List.of()) : current.secrets());
    }

    /** What must not be seen of them, and of the token and the headers once they are known. */
    public Secrets secrets() {
        List<String> secrets = new ArrayList<>(pathVariables().values());
        secrets.addAll(called.spec().secretsOf(called.bodyOf(values)));
        if (token != null) {
            secrets.add(token);
        }
        secrets.addAll(headers);
        return new Secrets(secrets);
    }
}
