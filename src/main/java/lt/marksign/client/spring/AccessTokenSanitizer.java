package lt.marksign.client.spring;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the access token, the proxy's password and the headers of every request in the actuator's answers, however the property was written, under
 * whichever other name the value stands, and whoever may see values there.
 */
final class AccessTokenSanitizer implements SanitizingFunction {
    private static final Set<String> KEYS = Set.of("marksignaccesstoken", "marksignproxypassword");

    private static final String HEADERS = "marksignheaders";

    /** A shorter one may be part of any text. */
    private static final int SHORTEST_PART = 8;

    private final List<String> secrets;

    AccessTokenSanitizer(Collection<String> headers, @Nullable String... secrets) {
        this.secrets = Stream.concat(
                        headers.stream().filter(value -> value.length() >= SHORTEST_PART), Arrays.stream(secrets))
                .filter(Objects::nonNull)
                .filter(secret -> !secret.isBlank())
                .toList();
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        String key = data.getKey().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        return KEYS.contains(key) || key.startsWith(HEADERS) || holdsSecret(String.valueOf(data.getValue()))
                ? data.withSanitizedValue()
                : data;
    }

    private boolean holdsSecret(String value) {
        return secrets.stream()
                .anyMatch(secret -> value.equals(secret) || secret.length() >= SHORTEST_PART && value.contains(secret));
    }
}
