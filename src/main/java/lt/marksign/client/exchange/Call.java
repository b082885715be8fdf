package lt.marksign.client.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lt.marksign.client.secrets.Secrets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call, as logs and messages name it. */
final class Call {
    private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");

    private final Called called;
    private final String url;
    private final @Nullable Invocation invocation = Invocation.current();
    private final long start = System.nanoTime();
    private List<String> headers = List.of();

    Call(Called called, String url) {
        this.called = called;
        this.url = url;
    }

    Called called() {
        return called;
    }

    /** What was given to it, or null where it was handed over to another thread. */
    @Nullable Invocation invocation() {
        return invocation;
    }

    /** As the caller gave them; as they are in the URL where the call was handed over to another thread. */
    Map<String, String> pathVariables() {
        return invocation == null ? called.path().valuesIn(url) : invocation.pathVariables();
    }

    /** What must not be seen of the call. */
    Secrets secrets(String accessToken) {
        if (invocation != null) {
            return invocation.secrets();
        }
        List<String> secrets = new ArrayList<>(pathVariables().values());
        secrets.add(accessToken);
        secrets.addAll(headers);
        return new Secrets(secrets);
    }

    /** Notes headers that are secret, as {@link #noteToken} does the token. */
    void noteHeaders(List<String> values) {
        headers = values;
        if (invocation != null) {
            invocation.addHeaders(values);
        }
    }

    /** Tells those who stand around the call, and may get to see an answer that repeats it. */
    void noteToken(String accessToken) {
        if (invocation != null) {
            invocation.addToken(accessToken);
        }
    }

    void logEnd(int attempt, Attempt result) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} language={} attempt={} status={} duration={}ms outcome={}",
                    this,
                    called.name().language(),
                    attempt,
                    result.httpStatus(),
                    elapsedMillis(),
                    result.outcome());
        }
    }

    void logRetry(int attempt, Attempt result, Duration pause) {
        LOG.warn(
                "{} language={} attempt={} status={} duration={}ms outcome={} retry in {}ms",
                this,
                called.name().language(),
                attempt,
                result.httpStatus(),
                elapsedMillis(),
                result.outcome(),
                pause.toMillis());
    }

    private long elapsedMillis() {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    @Override
    public String toString() {
        return pathVariables().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + Secrets.mask(variable.getValue()))
                .collect(Collectors.joining(", ", called.name().name() + "(", ")"));
    }
}
