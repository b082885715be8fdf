package lt.marksign.consumer;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.contract.stubrunner.junit.StubRunnerExtension;
import org.springframework.cloud.contract.stubrunner.spring.StubRunnerProperties;

/** Tests that WireMock and Spring Cloud Contract's stub runner serve the same stubs. */
class StubsTest {
    private static final String TOKEN = "52900c96-3f60-5307-3719-5948f0191da6";
    private static final String SESSION = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";

    @RegisterExtension
    final WireMockExtension wireMock = WireMockExtension.newInstance()
            .options(options().dynamicPort().usingFilesUnderClasspath("marksign-stubs"))
            .build();

    @RegisterExtension
    final StubRunnerExtension stubRunner = new StubRunnerExtension()
            .stubsMode(StubRunnerProperties.StubsMode.CLASSPATH)
            .downloadStub("lt.marksign", "marksign-client", "+", "stubs");

    @Test
    void wiremock_serves_the_stubs() {
        removeOnce(wireMock.baseUrl());
    }

    @Test
    void stub_runner_serves_the_stubs() {
        removeOnce(stubRunner.findStubUrl("lt.marksign", "marksign-client").toString());
    }

    private static void removeOnce(String baseUrl) {
        try (MarkSignClient client = client(baseUrl, TOKEN)) {
            client.smartIdSessions().remove(SESSION);

            assertThatExceptionOfType(MarkSignApiException.class)
                    .isThrownBy(() -> client.smartIdSessions().remove(SESSION))
                    .satisfies(e -> assertThat(e.gatewayMessage()).isEqualTo("Request number is invalid"));
        }
        try (MarkSignClient unauthorized = client(baseUrl, "wrong")) {
            assertThatExceptionOfType(MarkSignAccessException.class)
                    .isThrownBy(() -> unauthorized.smartIdSessions().remove(SESSION));
        }
    }

    private static MarkSignClient client(String baseUrl, String token) {
        return MarkSignClient.builder()
                .baseUrl(baseUrl)
                .accessToken(token)
                .locale(MarkSignLocale.EN)
                .build();
    }
}
