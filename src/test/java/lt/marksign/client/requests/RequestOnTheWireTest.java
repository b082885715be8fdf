package lt.marksign.client.requests;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.EntryPoint;
import lt.marksign.client.gateway.MockGateway;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestOnTheWireTest {
    @ParameterizedTest
    @EnumSource
    void removal_sends_exactly_the_documented_headers_and_body(EntryPoint entrance) throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = client(gateway.baseUrl())) {
            entrance.remove(client, MarkSignLocale.EN, MockGateway.SESSION);

            RawGateway.Request request = gateway.requests().get(0);
            assertThat(request.head().lines().toList())
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "DELETE /en/api/smartid/session/1c5cd62c-bbf7-779e-3fb4-bad3433ad83f HTTP/1.1",
                            "Accept: application/json",
                            "Content-Type: application/json",
                            "Content-Length: 55",
                            "Host: 127.0.0.1:" + gateway.port(),
                            "Connection: Keep-Alive",
                            "Accept-Encoding: gzip",
                            "User-Agent: marksign-client/" + Spec.get().version(),
                            ""));
            assertThat(request.text()).isEqualTo("{\"access_token\":\"52900c96-3f60-5307-3719-5948f0191da6\"}");
            assertThat(Spec.get()
                            .faultsOfRequest(
                                    request.method(), request.path(), request.header("Content-Type"), request.body()))
                    .isEmpty();
        }
    }

    @Test
    void a_path_prefix_of_the_base_url_is_kept() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK))) {
            for (String prefix : List.of("/proxy/marksign", "/proxy/marksign/")) {
                try (MarkSignClient client = client(gateway.baseUrl() + prefix)) {
                    client.smartIdSessions().remove("s-1");
                }
            }

            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::path)
                    .containsOnly("/proxy/marksign/api/smartid/session/s-1");
        }
    }

    @Test
    void interceptor_may_change_the_target_of_a_request() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                RawGateway elsewhere = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = Clients.builder(gateway)
                        .customizeFeign(feign ->
                                feign.requestInterceptor(request -> request.target(elsewhere.baseUrl() + "/there")))
                        .build()) {
            client.smartIdSessions().remove("s-1");

            assertThat(gateway.requests()).isEmpty();
            assertThat(elsewhere.requests())
                    .extracting(RawGateway.Request::path)
                    .containsExactly("/there/api/smartid/session/s-1");
        }
    }

    @Test
    void unreserved_characters_are_not_encoded_in_the_path() throws IOException {
        String sessionId = "AZaz09-._~";
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = client(gateway.baseUrl())) {
            client.smartIdSessions().remove(sessionId);

            assertThat(gateway.requests().get(0).path()).isEqualTo("/api/smartid/session/" + sessionId);
        }
    }

    @Test
    void token_with_special_characters_is_sent_unchanged() throws IOException {
        String token = "žal\"ias\\{token}😀";
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = MarkSignClient.builder()
                        .baseUrl(gateway.baseUrl())
                        .accessToken(token)
                        .build()) {
            client.smartIdSessions().remove("s-1");

            RawGateway.Request request = gateway.requests().get(0);
            assertThat(new JsonObject(request.text())).isEqualTo(JsonObject.of("access_token", token));
            assertThat(request.header("Content-Length"))
                    .isEqualTo(String.valueOf(request.text().getBytes(StandardCharsets.UTF_8).length));
        }
    }

    private static MarkSignClient client(String baseUrl) {
        return MarkSignClient.builder()
                .accessToken(MockGateway.ACCESS_TOKEN)
                .baseUrl(baseUrl)
                .build();
    }
}
