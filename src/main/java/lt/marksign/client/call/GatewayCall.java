package lt.marksign.client.call;

import feign.InvocationHandlerFactory.MethodHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.CallListener;
import lt.marksign.client.model.UploadFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One call of a generated method, from its arguments to its result. Feign has no parameter for it, so it is the thread's. */
public final class GatewayCall {
    private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");
    private static final ThreadLocal<@Nullable GatewayCall> CURRENT = new ThreadLocal<>();

    /** The unreserved characters of RFC 3986. */
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]*");

    /** Where the document goes, or null for memory. */
    final @Nullable Download download;
    /** Whether the caller comes back in any case, so that there are no retries. */
    final boolean sentOnce;
    /** Headers that the listener wants to be sent. */
    final Map<String, String> headers = new HashMap<>();
    /** What the request's body was written as. */
    @Nullable Payload payload;
    /** The access token, once it is known. */
    @Nullable String token;
    /** What the response was read as, for Feign's decoder. */
    @Nullable Object result;

    int httpStatus;
    private final long start = System.nanoTime();
    private @Nullable CallSettings settings;
    private @Nullable GatewayMethod method;
    private Object[] arguments = {};
    private CallListener.@Nullable Progress progress;

    private GatewayCall(@Nullable Download download, boolean sentOnce) {
        this.download = download;
        this.sentOnce = sentOnce;
    }

    /** Makes a call, one generated method in this thread, whose document goes to a place of the caller's. */
    static void download(Download download, Runnable call) {
        prepare(new GatewayCall(download, false), () -> {
            call.run();
            return null;
        });
    }

    /**
     * Makes a call without retries.
     *
     * @param call calls one generated method, in this thread
     * @param <T> what it returns
     * @return what it returned
     */
    public static <T> T once(Supplier<T> call) {
        return prepare(new GatewayCall(null, true), call);
    }

    private static <T> T prepare(GatewayCall prepared, Supplier<T> call) {
        GatewayCall outer = CURRENT.get();
        CURRENT.set(prepared);
        try {
            return call.get();
        } finally {
            restore(outer);
        }
    }

    /** Begins the call that was prepared in this thread, or another one. */
    static GatewayCall begin(GatewayMethod method, Object[] arguments, CallSettings settings) {
        GatewayCall prepared = CURRENT.get();
        GatewayCall call = prepared == null || prepared.method != null ? new GatewayCall(null, false) : prepared;
        call.settings = settings;
        call.method = method;
        call.arguments = arguments;
        return call;
    }

    /** Lets Feign go on with the call. One call may be made within another, as by a supplier of tokens. */
    Object proceed(MethodHandler handler) throws Throwable {
        GatewayCall outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return handler.invoke(arguments);
        } finally {
            restore(outer == this ? null : outer);
        }
    }

    private static void restore(@Nullable GatewayCall outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /** Returns the call of this thread. */
    static GatewayCall current() {
        GatewayCall current = CURRENT.get();
        if (current == null || current.method == null) {
            throw new IllegalStateException("a call must stay on its thread, and its Feign builder needs"
                    + " MarkSignClientBuilder.capability()");
        }
        return current;
    }

    /**
     * Checks what is to be sent.
     *
     * @throws IllegalArgumentException if an argument breaks a rule of the spec
     */
    void check() {
        method.pathVariables().forEach((index, name) -> checkPathVariable(name, arguments[index]));
        method.operation().checkParameters(parameters());
        if (method.body() != null && body() == null) {
            throw new MarkSignValidationException("request", "must not be null");
        }
        settings.spec().checkRequest(body(), AccessToken.FIELD);
    }

    /**
     * Checks a value in a path. Feign sends {@code /} and {@code ..} as they are, which would call another path.
     *
     * @param name the variable's name, for the exception's message
     * @param value what is to stand in the path
     * @throws IllegalArgumentException if the value is not exactly one segment of the path
     */
    public static void checkPathVariable(String name, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (text.isEmpty()) {
            throw new MarkSignValidationException(name, value == null ? "must not be null" : "must not be empty");
        }
        if (!UNRESERVED.matcher(text).matches() || text.equals(".") || text.equals("..")) {
            throw new MarkSignValidationException(
                    name, "must consist only of letters, digits, '-', '.', '_' and '~', and must not be '.' or '..'");
        }
    }

    /** Returns the values of all parameters but the body by name, a null one included. */
    private Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> result = new HashMap<>();
        method.parameters().forEach((index, name) -> result.put(name, arguments[index]));
        return result;
    }

    /** Returns the request's body as its model, or null. */
    @Nullable Object body() {
        return method.body() == null ? null : arguments[method.body()];
    }

    GatewayMethod method() {
        return method;
    }

    /** Returns how much of a document cannot be taken back, or an empty text. */
    String written() {
        return download == null ? "" : download.state();
    }

    /** Names the call, and what the caller must know first when the outcome is unknown. */
    String describe(boolean outcomeUnknown) {
        String warning = outcomeUnknown ? method.whenUnknown() : "";
        return warning.isEmpty() ? toString() : this + ": " + warning;
    }

    void tellBegun() {
        tell(() -> progress = settings.listener() == null
                ? null
                : settings.listener().begun(method.name(), method.language(), headers::put));
    }

    void tellRetry() {
        if (progress != null) {
            tell(progress::retrying);
        }
    }

    void tellEnded(@Nullable Throwable failure) {
        if (progress != null) {
            tell(() -> progress.ended(failure == null ? httpStatus : 0, failure));
        }
    }

    /** The result of a call does not depend on who is told of it. */
    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.warn("a CallListener threw, and the call goes on", e);
        }
    }

    /** Returns what must not be seen of the call. */
    Secrets secrets() {
        List<String> secrets = new ArrayList<>(settings.secretHeaders());
        parameters().values().stream()
                .map(value -> value instanceof UploadFile file ? file.name() : value)
                .filter(String.class::isInstance)
                .forEach(value -> secrets.add((String) value));
        secrets.addAll(settings.spec().secretsOf(body()));
        if (token != null) {
            secrets.add(token);
        }
        return new Secrets(secrets);
    }

    /** Returns the exception for a response that is not the gateway's. Without a token, the request did not get further. */
    MarkSignException respondedBefore(int status) {
        String what = token == null ? "the gateway was not reached" : "the response was lost";
        return new MarkSignConnectionException(
                toString(), what + ": something before the client responded with HTTP " + status, null, token != null);
    }

    void log(int attempt, Attempt.Outcome outcome, String next) {
        Level level = next.isEmpty() ? Level.DEBUG : Level.WARN;
        if (LOG.isEnabledForLevel(level)) {
            LOG.atLevel(level)
                    .log(
                            "{} language={} attempt={} status={} duration={}ms outcome={}{}",
                            this,
                            method.language(),
                            attempt,
                            outcome.httpStatus(),
                            Duration.ofNanos(System.nanoTime() - start).toMillis(),
                            outcome.name(),
                            next);
        }
    }

    /** Names the operation and the beginning of each id. */
    @Override
    public String toString() {
        return method.pathVariables().entrySet().stream()
                .map(variable -> variable.getValue() + "=" + Secrets.mask(String.valueOf(arguments[variable.getKey()])))
                .collect(Collectors.joining(", ", method.name() + "(", ")"));
    }
}
