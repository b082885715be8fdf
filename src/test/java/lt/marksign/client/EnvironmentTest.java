package lt.marksign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Map;
import lt.marksign.client.gateway.LogCapture;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void the_environment_configures_a_client() {
        try (MarkSignClient client = MarkSignClientBuilder.fromEnv(Map.of(
                        "MARKSIGN_ACCESS_TOKEN", "token",
                        "MARKSIGN_BASE_URL", "https://example.org/gateway",
                        "MARKSIGN_LOCALE", "en")::get)
                .build()) {
            assertThat(client).hasToString("MarkSignClient[https://example.org/gateway, EN]");
        }
        try (MarkSignClient client = MarkSignClientBuilder.fromEnv(Map.of("MARKSIGN_ACCESS_TOKEN", "token")::get)
                .build()) {
            assertThat(client).hasToString("MarkSignClient[https://api.marksign.eu, LT]");
        }
    }

    @Test
    void builder_from_env_needs_a_token_and_accepts_more_settings() {
        assertThatIllegalStateException()
                .isThrownBy(MarkSignClient::builderFromEnv)
                .withMessageStartingWith("MARKSIGN_ACCESS_TOKEN is not set");
        try (MarkSignClient client = MarkSignClientBuilder.fromEnv(Map.of("MARKSIGN_ACCESS_TOKEN", "token")::get)
                .locale(MarkSignLocale.EN)
                .build()) {
            assertThat(client).hasToString("MarkSignClient[https://api.marksign.eu, EN]");
        }
    }

    @Test
    void client_and_derived_client_log_the_base_url_once() {
        try (LogCapture log = new LogCapture();
                MarkSignClient client = MarkSignClient.builder()
                        .accessToken("t")
                        .baseUrl("https://example.org/gateway")
                        .build()) {
            assertThat(client.withMaxRetries(0)).isNotNull();
            assertThat(log.ofLibrary())
                    .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                    .containsExactly(tuple(Level.DEBUG, "calls https://example.org/gateway"));
        }
    }

    @Test
    void missing_or_invalid_environment_variable_is_named() {
        assertThatIllegalStateException()
                .isThrownBy(MarkSignClient::fromEnv)
                .withMessage("MARKSIGN_ACCESS_TOKEN is not set: it must hold the API access token");
        assertThatIllegalStateException()
                .isThrownBy(() -> MarkSignClientBuilder.fromEnv(Map.of("MARKSIGN_ACCESS_TOKEN", " ")::get)
                        .build())
                .withMessage("MARKSIGN_ACCESS_TOKEN cannot be used: accessToken must not be blank");
        assertThatIllegalStateException()
                .isThrownBy(() -> MarkSignClientBuilder.fromEnv(
                                Map.of("MARKSIGN_ACCESS_TOKEN", "token", "MARKSIGN_LOCALE", "de")::get)
                        .build())
                .withMessage("MARKSIGN_LOCALE cannot be used: locale must be one of LT, EN, but is de");
        assertThatIllegalStateException()
                .isThrownBy(() -> MarkSignClientBuilder.fromEnv(
                                Map.of("MARKSIGN_ACCESS_TOKEN", "token", "MARKSIGN_BASE_URL", "example.org")::get)
                        .build())
                .withMessageStartingWith("MARKSIGN_BASE_URL cannot be used: baseUrl must");
    }
}
