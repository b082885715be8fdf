package lt.marksign.client.spring;

import org.jspecify.annotations.Nullable;

/** A property cannot be used as it is; {@link MarkSignFailureAnalyzer} tells people about it. */
final class MarkSignPropertyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String property;
    private final String reason;

    MarkSignPropertyException(String property, String reason, @Nullable Throwable cause) {
        super(property + " " + reason, cause);
        this.property = property;
        this.reason = reason;
    }

    String property() {
        return property;
    }

    String reason() {
        return reason;
    }
}
