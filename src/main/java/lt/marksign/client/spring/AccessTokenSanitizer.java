package lt.marksign.client.spring;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides each client's access token, proxy password and headers in the actuator's answers, however the property was written, under
 * whichever other name the value stands, and whoever may see values there.
 */
final class AccessTokenSanitizer implements SanitizingFunction {
    private static final Pattern KEYS = Pattern.compile("marksign(clients.*)?(accesstoken|proxypassword|headers.*)");

    /** A shorter one may be part of any text. */
    private static final int SHORTEST_PART = 8;

    private final List<String> secrets;

    AccessTokenSanitizer(MarkSignProperties properties) {
        this.secrets = Stream.concat(
                        secrets(properties.accessToken(), properties.proxy(), properties.headers()),
                        properties.clients().values().stream()
                                .flatMap(client -> secrets(client.accessToken(), client.proxy(), client.headers())))
                .filter(secret -> !secret.isBlank())
                .toList();
    }

    private static Stream<String> secrets(
            @Nullable String accessToken, MarkSignProperties.@Nullable Proxy proxy, Map<String, String> headers) {
        return Stream.concat(
                headers.values().stream().filter(value -> value.length() >= SHORTEST_PART),
                Stream.of(
                                Optional.ofNullable(accessToken),
                                Optional.ofNullable(proxy).map(MarkSignProperties.Proxy::password))
                        .flatMap(Optional::stream));
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        String key = data.getKey().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        return KEYS.matcher(key).matches() || holdsSecret(String.valueOf(data.getValue()))
                ? data.withSanitizedValue()
                : data;
    }

    private boolean holdsSecret(String value) {
        return secrets.stream()
                .anyMatch(secret -> value.equals(secret) || secret.length() >= SHORTEST_PART && value.contains(secret));
    }
}
