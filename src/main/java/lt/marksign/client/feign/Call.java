package lt.marksign.client.feign;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call, as logs and messages name it. */
final class Call {
    private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");

    private final Operation operation;
    private final PathTemplate path;
    private final String url;
    private final long start = System.nanoTime();

    Call(Operation operation, PathTemplate path, String url) {
        this.operation = operation;
        this.path = path;
        this.url = url;
    }

    Map<String, String> pathVariables() {
        return path.valuesIn(url);
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
