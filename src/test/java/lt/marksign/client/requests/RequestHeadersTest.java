package lt.marksign.client.requests;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.Clients.failure;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import feign.Client;
import java.io.IOException;
import java.util.List;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.Gateway;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.LogCapture;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the headers that an application adds to every request. */
class RequestHeadersTest {
    private static final String SECRET = "k3y-of-the-api-gateway";

    static List<GeneratedCall> calls() {
        return GeneratedCall.all().toList();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void every_request_has_the_custom_and_the_library_headers(GeneratedCall call) throws IOException {
        try (RawGateway gateway = RawGateway.responding(call.kind().successResponse());
                MarkSignClient client = builder(gateway)
                        .userAgentSuffix("my-app/2.3 (a b)")
                        .header("X-Api-Key", SECRET)
                        .header("x-tenant", "one")
                        .build()) {
            call.invoke(client);

            RawGateway.Request request = gateway.requests().get(0);
            assertThat(request.header("User-Agent"))
                    .isEqualTo("marksign-client/" + Gateway.SPEC_VERSION + " my-app/2.3 (a b)");
            assertThat(request.header("X-Api-Key")).isEqualTo(SECRET);
            assertThat(request.header("X-Tenant")).isEqualTo("one");
            assertThat(request.header("Content-Type").replaceAll("; boundary=[^;]+$", ""))
                    .isEqualTo(call.requestSchema()
                            .map(body -> call.isForm() ? "multipart/form-data" : "application/json")
                            .orElse(""));
        }
    }

    @Test
    void user_agent_is_the_library_name_and_version_by_default() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK))) {
            assertThat(failure(builder(gateway))).isNull();
            assertThat(gateway.requests().get(0).header("User-Agent"))
                    .isEqualTo("marksign-client/" + Gateway.SPEC_VERSION);
        }
    }

    @Test
    void derived_client_keeps_the_headers_of_its_client() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK))) {
            MarkSignClientBuilder builder =
                    builder(gateway).userAgentSuffix("one").header("X-A", "1");
            try (MarkSignClient client = builder.build();
                    MarkSignClient other =
                            builder.userAgentSuffix("two").header("x-a", "2").build()) {
                for (MarkSignClient derived : List.of(
                        client.withLocale(MarkSignLocale.EN),
                        client.withAccessToken("other"),
                        client.withMaxRetries(0))) {
                    derived.smartIdSessions().remove("session-1");
                }
                other.smartIdSessions().remove("session-1");
            }
            assertThat(gateway.requests())
                    .extracting(request -> request.header("X-A"))
                    .containsExactly("1", "1", "1", "2");
            assertThat(gateway.requests().get(3).head())
                    .containsOnlyOnce("-a: 2")
                    .doesNotContain("-A: 1");
            assertThat(gateway.requests())
                    .extracting(request -> request.header("User-Agent").split(" ")[1])
                    .containsExactly("one", "one", "one", "two");
        }
    }

    @Test
    void custom_client_sends_headers_that_an_interceptor_may_replace() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK))) {
            assertThat(failure(builder(gateway)
                            .header("X-A", "1")
                            .header("X-B", "1")
                            .httpClient(new Client.Default(null, null))
                            .customizeFeign(feign -> feign.requestInterceptor(request -> request.header("x-b", "2")))))
                    .isNull();
            assertThat(gateway.requests().get(0).header("X-A")).isEqualTo("1");
            assertThat(gateway.requests().get(0).header("X-B")).isEqualTo("2");
        }
    }

    @Test
    void header_value_is_redacted_in_logs_and_exceptions() throws IOException {
        try (LogCapture log = new LogCapture();
                RawGateway gateway = new RawGateway((request, connection) -> send(
                        connection,
                        response(
                                "403 Forbidden",
                                "{\"status\":\"error\",\"message\":\"No key " + request.header("X-Api-Key")
                                        + " for one\"}",
                                "X-Echo: " + request.header("X-Api-Key"))))) {
            assertThat(failure(builder(gateway).header("X-Api-Key", SECRET).header("X-Tenant", "one")))
                    .isInstanceOfSatisfying(MarkSignApiException.class, e -> {
                        assertThat(e.gatewayMessage()).isEqualTo("No key *** for one");
                        assertThat(e.getMessage()).doesNotContain(SECRET);
                        assertThat(e.headers().get("X-Echo")).containsExactly("***");
                    });
            assertThat(String.join("\n", log.messages()))
                    .contains("removeSmartIdSession")
                    .doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "X Y", "X:", "X\r\nY", "Ž", "\"X\""})
    void invalid_header_name_is_rejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().header(name, "v"))
                .withMessageStartingWith("name must be a header name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Content-Type", "CONNECTION", "Accept", "User-Agent", "Range"})
    void reserved_header_name_is_rejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().header(name, "v"))
                .withMessageStartingWith("name must not be a header that the library")
                .withMessageEndingWith("but is " + name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", " v", "v ", "k3y\r\nX: y", "k3y\0", "k3yž", "${K3Y}", "\tk3y"})
    void invalid_header_value_is_rejected_and_redacted(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().header("X-A", value))
                .withMessageStartingWith("value must have only visible ASCII characters")
                .satisfies(e -> assertThat(e.getMessage()).endsWith("X-A").doesNotContainIgnoringCase("k3y"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a\r\nb", "ž", " a", "a\0"})
    void invalid_user_agent_suffix_is_rejected(String suffix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().userAgentSuffix(suffix))
                .withMessageStartingWith("userAgentSuffix must have only visible ASCII characters");
    }
}
