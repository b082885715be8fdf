package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.AsyncFeign;
import feign.Feign;
import feign.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Test;

class MarkSignCapabilityTest {
    @Test
    void asynchronous_interface_is_rejected() {
        assertThatThrownBy(() -> AsyncFeign.builder()
                        .addCapability(MarkSignClient.builder().accessToken("t").capability())
                        .target(SmartIdSessionsApi.class, "http://127.0.0.1"))
                .hasRootCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void token_is_not_sent_over_plain_http_by_a_custom_feign_builder() throws IOException {
        MarkSignClientBuilder settings = MarkSignClient.builder().accessToken("52900c96-3f60-5307");
        try (OkHttpTransport transport = (OkHttpTransport) settings.transport()) {
            SmartIdSessionsApi api = Feign.builder()
                    .client(transport)
                    .addCapability(settings.capability())
                    .target(SmartIdSessionsApi.class, "http://gateway.example");

            assertThatIllegalStateException()
                    .isThrownBy(() -> api.removeSmartIdSession("session-1", new AccessTokenRequest()))
                    .withMessageContaining("http://gateway.example carries the access token: use https");
        }
    }

    @Test
    void token_is_not_sent_over_plain_http_to_a_host_behind_user_info() {
        List<String> urls = new ArrayList<>();
        try (MarkSignClient client = MarkSignClient.builder()
                .accessToken("52900c96-3f60-5307")
                .httpClient((request, options) -> {
                    urls.add(request.url());
                    throw new IOException("not called");
                })
                .customizeFeign(feign -> feign.requestInterceptor(
                        request -> request.target("http://localhost:hunter2pass@gateway.example")))
                .build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.smartIdSessions().remove("session-1"))
                    .withMessageContaining("http://gateway.example carries the access token")
                    .withMessageNotContaining("hunter2pass");
            assertThat(urls).isEmpty();
        }
    }

    @Test
    void token_is_not_sent_over_plain_http_to_a_host_of_an_interceptor() {
        try (MarkSignClient client = MarkSignClient.builder()
                .accessToken("52900c96-3f60-5307")
                .customizeFeign(feign -> feign.requestInterceptor(request -> request.target("http://gateway.example")))
                .build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.smartIdSessions().remove("session-1"))
                    .withMessageContaining("carries the access token");
        }
    }

    @Test
    void token_is_not_sent_over_plain_http_through_a_proxy() throws IOException {
        try (RawGateway proxy = RawGateway.responding(RawGateway.response("200 OK", RawGateway.OK))) {
            MarkSignClientBuilder settings = MarkSignClient.builder()
                    .accessToken("52900c96-3f60-5307")
                    .maxRetries(0)
                    .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.port())));
            try (OkHttpTransport transport = (OkHttpTransport) settings.transport()) {
                SmartIdSessionsApi api = Feign.builder()
                        .client(transport)
                        .addCapability(settings.capability())
                        .target(SmartIdSessionsApi.class, "http://127.0.0.1:1");

                assertThatExceptionOfType(MarkSignConnectionException.class)
                        .isThrownBy(() -> api.removeSmartIdSession("session-1", new AccessTokenRequest()))
                        .withMessageContaining("must be sent over https, or to this machine")
                        .satisfies(e -> assertThat(e.outcomeUnknown()).isFalse());
                assertThat(proxy.requests()).isEmpty();
            }
        }
    }

    @Test
    void load_balancer_503_means_that_the_gateway_was_not_reached() {
        GatewayClient.Wrapper balancer = (request, options) -> Response.builder()
                .request(request)
                .status(503)
                .body("no instance", StandardCharsets.UTF_8)
                .build();
        SmartIdSessionsApi api = Feign.builder()
                .client(balancer)
                .addCapability(MarkSignClient.builder().accessToken("t").capability())
                .target(SmartIdSessionsApi.class, "https://gateway.example");

        assertThatExceptionOfType(MarkSignConnectionException.class)
                .isThrownBy(() -> api.removeSmartIdSession("session-1", new AccessTokenRequest()))
                .withMessageContaining("the gateway was not reached")
                .satisfies(e -> assertThat(e.outcomeUnknown()).isFalse());
    }
}
