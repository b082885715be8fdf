package lt.marksign.client.spring;

import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Hides the access token in the actuator's answers, however it was written and whoever may see values there. */
final class AccessTokenSanitizer implements SanitizingFunction {
    private static final String KEY = "marksignaccesstoken";

    @Override
    public SanitizableData apply(SanitizableData data) {
        String key = data.getKey().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        return key.equals(KEY) ? data.withSanitizedValue() : data;
    }
}
