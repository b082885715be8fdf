package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An application with more accounts than one, and what its operator is shown. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "marksign.access-token=s3cret-t0ken",
            "marksign.max-retries=0",
            "marksign.clients.sales.access-token=s3cret-of-sales",
            "marksign.clients.hr.access-token=s3cret-of-hr",
            "marksign.clients.hr.base-url=http://127.0.0.1:1",
            "marksign.clients.hr.proxy.password=s3cret-of-pr0xy",
            "marksign.clients.hr.proxy.user=user",
            "marksign.clients.hr.proxy.host=127.0.0.1",
            "marksign.clients.hr.proxy.port=1",
            "marksign.clients.hr.allow-plain-http=true",
            "management.endpoints.web.exposure.include=env,configprops",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always"
        })
class SeveralClientsTest {
    private static final RawGateway GATEWAY = start();

    @Autowired
    private MarkSignClient client;

    @Autowired
    @Qualifier("sales") private MarkSignClient sales;

    @Value("${local.server.port}")
    private int port;

    private static RawGateway start() {
        try {
            return RawGateway.answering(RawGateway.response("200 OK", RawGateway.OK));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("marksign.base-url", GATEWAY::baseUrl);
    }

    @AfterAll
    static void stop() throws IOException {
        GATEWAY.close();
    }

    @Test
    void each_client_has_its_account() {
        client.smartIdSessions().remove("session-1");
        sales.smartIdSessions().remove("session-1");
        assertThat(GATEWAY.requests())
                .extracting(RawGateway.Request::text)
                .containsExactly("{\"access_token\":\"s3cret-t0ken\"}", "{\"access_token\":\"s3cret-of-sales\"}");
    }

    @Test
    void the_actuator_shows_no_clients_token() throws Exception {
        for (String endpoint : new String[] {
            "/actuator/env", "/actuator/configprops", "/actuator/env/marksign.clients.sales.access-token"
        }) {
            HttpResponse<String> response = get(endpoint);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("******").doesNotContain("s3cret");
        }
        assertThat(get("/actuator/configprops").body()).contains("\"hr\":{");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
