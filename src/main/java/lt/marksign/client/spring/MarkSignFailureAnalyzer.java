package lt.marksign.client.spring;

import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the author of an application which property to set. */
final class MarkSignFailureAnalyzer extends AbstractFailureAnalyzer<MarkSignPropertyException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MarkSignPropertyException cause) {
        String variable = cause.property().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        return new FailureAnalysis(
                "The property " + cause.property() + " " + cause.reason() + ".",
                "Set " + cause.property() + " in the application's configuration, or " + variable
                        + " in its environment; or set marksign.enabled to false to do without the Mark Sign client.",
                cause);
    }
}
