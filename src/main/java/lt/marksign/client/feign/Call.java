package lt.marksign.client.feign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call, as logs and messages name it. */
final class Call {
    private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");

    private final Operation operation;
    private final PathTemplate path;
    private final String url;
    private final @Nullable Arguments arguments = Arguments.current();
    private final long start = System.nanoTime();

    Call(Operation operation, PathTemplate path, String url) {
        this.operation = operation;
        this.path = path;
        this.url = url;
    }

    /** As the caller gave them; as they are in the URL where the call was handed over to another thread. */
    Map<String, String> pathVariables() {
        return arguments == null ? path.valuesIn(url) : arguments.pathVariables();
    }

    /** What must not be seen of the call. */
    Secrets secrets(String accessToken) {
        List<String> secrets = new ArrayList<>(pathVariables().values());
        secrets.add(accessToken);
        return new Secrets(secrets);
    }

    /** Tells those who stand around the call, and may get to see an answer that repeats it. */
    void noteToken(String accessToken) {
        if (arguments != null) {
            arguments.addToken(accessToken);
        }
    }

    void logEnd(int attempt, Attempt result) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} language={} attempt={} status={} duration={}ms outcome={}",
                    this,
                    operation.language(),
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
                operation.language(),
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
                .collect(Collectors.joining(", ", operation.name() + "(", ")"));
    }
}
