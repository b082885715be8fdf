package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.gateway.ForwardProxy;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests an application with several accounts, and the properties that the actuator shows. */
@SpringBootTest(
        classes = {SampleApplication.class, SeveralClientsTest.Accounts.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "marksign.max-retries=0",
            "marksign.access-token=s3cret-t0ken",
            "marksign.headers.X-Api-Key=s3cret-key",
            "marksign.allow-plain-http=true",
            "marksign.proxy.host=127.0.0.1",
            "marksign.proxy.user=user",
            "marksign.proxy.password=s3cret-of-pr0xy",
            "management.endpoints.web.exposure.include=env,configprops",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always"
        })
class SeveralClientsTest {
    static class Accounts {
        @Bean
        @Primary
        MarkSignClient sales(MarkSignClientBuilder builder) {
            return builder.accessToken("s3cret-of-sales").build();
        }

        @Bean
        MarkSignClient hr(MarkSignClientBuilder builder) {
            return builder.accessToken("s3cret-of-hr").build();
        }
    }

    private static final RawGateway GATEWAY = start();
    private static final ForwardProxy PROXY = startProxy();

    @Autowired
    @Qualifier("sales") private MarkSignClient sales;

    @Autowired
    @Qualifier("hr") private MarkSignClient hr;

    @Value("${local.server.port}")
    private int port;

    private static RawGateway start() {
        try {
            return RawGateway.responding(RawGateway.response("200 OK", RawGateway.OK));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ForwardProxy startProxy() {
        try {
            return ForwardProxy.of("user", "s3cret-of-pr0xy");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("marksign.base-url", GATEWAY::baseUrl);
        properties.add("marksign.proxy.port", PROXY::port);
    }

    @AfterAll
    static void stop() throws IOException {
        PROXY.close();
        GATEWAY.close();
    }

    @Test
    void each_client_sends_its_own_access_token() {
        sales.smartIdSessions().remove("session-1");
        hr.smartIdSessions().remove("session-1");
        assertThat(GATEWAY.requests())
                .extracting(RawGateway.Request::text)
                .containsExactly("{\"access_token\":\"s3cret-of-sales\"}", "{\"access_token\":\"s3cret-of-hr\"}");
    }

    @Test
    void actuator_shows_no_secret() throws Exception {
        for (String endpoint :
                new String[] {"/actuator/env", "/actuator/configprops", "/actuator/env/marksign.proxy.password"}) {
            HttpResponse<String> response = get(endpoint);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("******").doesNotContain("s3cret");
        }
        assertThat(get("/actuator/configprops").body()).contains("\"proxy\":{");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
