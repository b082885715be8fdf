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
import lt.marksign.client.model.CallListener;
import lt.marksign.client.model.UploadFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One call of a generated method, from its arguments to its result. A {@code ThreadLocal} carries it through Feign. */
public final class GatewayCall {
    private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");
    private static final ThreadLocal<@Nullable GatewayCall> CURRENT = new ThreadLocal<>();

    /** The unreserved characters of RFC 3986. */
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]*");

    /** Receives the document, or null if it stays in memory. */
    final @Nullable Download download;
    /** Whether retries are off, because the caller calls again anyway. */
    final boolean retriesOff;
    /** The headers that the listener adds. */
    final Map<String, String> headers = new HashMap<>();
    /** The encoded body of the request. */
    @Nullable Payload payload;
    /** The access token, or null while it is not known. */
    @Nullable String token;
    /** The decoded response, for Feign's decoder. */
    @Nullable Object result;

    int httpStatus;
    private final long start = System.nanoTime();
    private @Nullable CallSettings settings;
    private @Nullable GatewayMethod method;
    private Object[] arguments = {};
    private CallListener.@Nullable Progress progress;

    private GatewayCall(@Nullable Download download, boolean retriesOff) {
        this.download = download;
        this.retriesOff = retriesOff;
    }

    /** Makes a call whose document goes to a file or a stream. The supplier calls one generated method in this thread. */
    static void download(Download download, Supplier<?> call) {
        prepare(new GatewayCall(download, false), call);
        if (!download.isComplete()) {
            throw new IllegalStateException(
                    "the document is not at its target, because a Feign capability made another call in its place");
        }
    }

    /**
     * Makes a call without retries.
     *
     * @param call calls one generated method in this thread
     * @param <T> the type of its result
     * @return its result
     */
    public static <T> T withoutRetries(Supplier<T> call) {
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

    /** Begins the call that was prepared in this thread, or a new one. A prepared call serves one method only, and no nested one. */
    static GatewayCall begin(GatewayMethod method, Object[] arguments, CallSettings settings) {
        GatewayCall prepared = CURRENT.get();
        GatewayCall call = prepared == null || prepared.method != null ? new GatewayCall(null, false) : prepared;
        call.settings = settings;
        call.method = method;
        call.arguments = arguments;
        return call;
    }

    /** Continues in Feign. A call may be made within another one, for example by a token supplier. */
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
     * Checks the arguments.
     *
     * @throws IllegalArgumentException if an argument breaks a rule of the spec
     */
    void validate() {
        method.pathVariables().forEach((index, name) -> validatePathVariable(name, arguments[index]));
        method.operation().validateParameters(parameters());
        Arguments.require(method.body() == null || body() != null, "request", "must not be null");
        settings.spec().validateRequest(body(), AccessToken.FIELD);
    }

    /**
     * Checks a path variable. Feign does not escape {@code /} and {@code ..}, so such a value would call another path.
     *
     * @param name the name of the variable, for the message
     * @param value the value
     * @throws IllegalArgumentException if the value is not exactly one path segment of unreserved characters
     */
    public static void validatePathVariable(String name, @Nullable Object value) {
        String text = Arguments.notNull(name, value).toString();
        Arguments.require(!text.isEmpty(), name, "must not be empty");
        Arguments.require(
                UNRESERVED.matcher(text).matches() && !text.equals(".") && !text.equals(".."),
                name,
                "must consist only of letters, digits, '-', '.', '_' and '~', and must not be '.' or '..'");
    }

    /** Returns the values of all parameters except the body, by name. Values may be null. */
    private Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> result = new HashMap<>();
        method.parameters().forEach((index, name) -> result.put(name, arguments[index]));
        return result;
    }

    /** Returns the model of the request's body, or null. */
    @Nullable Object body() {
        return method.body() == null ? null : arguments[method.body()];
    }

    GatewayMethod method() {
        return method;
    }

    /** Whether the call can be retried: nothing of a document was written to the caller's stream. */
    boolean isRestartable() {
        return download == null || download.isRestartable();
    }

    /** Tells how much of a document was written to the caller's stream, or returns an empty text. */
    String written() {
        return download == null ? "" : download.state();
    }

    /** Names the call and, if the outcome is unknown, adds the warning of the spec. */
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

    /** A listener that throws does not change the result of the call. */
    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.warn("a CallListener threw, and the call goes on", e);
        }
    }

    /** Returns the secrets of the call. */
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

    /** Returns the exception for a response of another client. If there is no token yet, this library sent no request. */
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

    /** Returns the operation with the masked value of each path variable. */
    @Override
    public String toString() {
        return method.pathVariables().entrySet().stream()
                .map(variable -> variable.getValue() + "=" + Secrets.mask(String.valueOf(arguments[variable.getKey()])))
                .collect(Collectors.joining(", ", method.name() + "(", ")"));
    }
}
