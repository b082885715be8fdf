package lt.marksign.client.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the access token and the proxy's password in the actuator's answers, however the property was written, under
 * whichever other name the value stands, and whoever may see values there.
 */
final class AccessTokenSanitizer implements SanitizingFunction {
    private static final Set<String> KEYS = Set.of("marksignaccesstoken", "marksignproxypassword");

    /** A shorter one may be part of any text. */
    private static final int SHORTEST_PART = 8;

    private final List<String> secrets;

    AccessTokenSanitizer(@Nullable String... secrets) {
        this.secrets = Arrays.stream(secrets)
                .filter(Objects::nonNull)
                .filter(secret -> !secret.isBlank())
                .toList();
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        String key = data.getKey().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        return KEYS.contains(key) || holdsSecret(String.valueOf(data.getValue())) ? data.withSanitizedValue() : data;
    }

    private boolean holdsSecret(String value) {
        return secrets.stream()
                .anyMatch(secret -> value.equals(secret) || secret.length() >= SHORTEST_PART && value.contains(secret));
    }
}
