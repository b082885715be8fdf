package lt.marksign.client.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the author of an application which property to set. */
final class MissingTokenFailureAnalyzer
        extends AbstractFailureAnalyzer<MissingTokenFailureAnalyzer.MissingTokenException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingTokenException cause) {
        return new FailureAnalysis(
                "The property marksign.access-token is not set.",
                "Set marksign.access-token in the application's configuration, or MARKSIGN_ACCESS_TOKEN in its environment,"
                        + " or define a MarkSignAccessTokenSupplier bean. An application that does not use the Mark Sign"
                        + " client can set marksign.enabled to false.",
                cause);
    }

    /** Nothing gives an access token. */
    static final class MissingTokenException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        MissingTokenException(IllegalStateException cause) {
            super("marksign.access-token is not set", cause);
        }
    }
}
