package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import feign.FeignException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.gateway.FaultMatrix;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests a whole application, on the Spring Boot and Spring Cloud versions that the build selects. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = {SampleApplication.class, SampleApplicationTest.FeignClients.class},
        properties = {
            "marksign.access-token=s3cret-t0ken",
            "marksign.max-retries=0",
            "management.endpoints.web.exposure.include=health,env,configprops,metrics",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always",
            "spring.cloud.openfeign.client.config.marksign.defaultRequestHeaders.X-Application=sample"
        })
class SampleApplicationTest {
    private static volatile RawGateway.Behaviour behaviour;
    private static final RawGateway GATEWAY = start();

    @EnableFeignClients(clients = {MarkSign.class, OtherClient.class})
    static class FeignClients {}

    @Autowired
    private MarkSignClient bean;

    @Autowired
    private MarkSign feignClient;

    @Autowired
    private OtherClient other;

    @Autowired
    private MeterRegistry meters;

    @Value("${local.server.port}")
    private int port;

    private static RawGateway start() {
        try {
            return new RawGateway((request, connection) -> behaviour.respond(request, connection));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("marksign.base-url", GATEWAY::baseUrl);
    }

    @BeforeEach
    void resetGateway() {
        respondWith(RawGateway.response("200 OK", RawGateway.OK));
        GATEWAY.requests().clear();
    }

    @AfterAll
    static void stop() throws IOException {
        GATEWAY.close();
    }

    private static void respondWith(String response) {
        behaviour = (request, connection) -> RawGateway.send(connection, response);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lt.marksign.client.gateway.FaultMatrix#rows")
    void client_bean_reports_the_outcome_of_each_response(FaultMatrix.Row row) {
        behaviour = row.behaviour();
        row.check(catchThrowable(() -> bean.smartIdSessions().remove("session-1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lt.marksign.client.gateway.FaultMatrix#rows")
    void feign_client_reports_the_outcome_of_each_response(FaultMatrix.Row row) {
        behaviour = row.behaviour();
        row.check(catchThrowable(() -> feignClient.removeSmartIdSession("session-1", new AccessTokenRequest())));
    }

    @Test
    void feign_client_adds_the_token_and_keeps_the_headers_of_spring_cloud() {
        feignClient.removeSmartIdSessionEn("session-1", new AccessTokenRequest());

        assertThat(GATEWAY.requests()).singleElement().satisfies(request -> {
            assertThat(request.head()).startsWith("DELETE /en/api/smartid/session/session-1 HTTP/1.1");
            assertThat(request.text()).isEqualTo("{\"access_token\":\"s3cret-t0ken\"}");
            assertThat(request.header("X-Application")).isEqualTo("sample");
        });
    }

    @Test
    void feign_client_rejects_an_invalid_argument_without_a_request() {
        assertThatThrownBy(() -> feignClient.removeSmartIdSession("../x", new AccessTokenRequest()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sessionId must");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void other_feign_clients_are_unaffected() {
        other.remove("1", "{}");
        assertThat(GATEWAY.requests()).singleElement().satisfies(request -> {
            assertThat(request.text()).isEqualTo("{}");
            assertThat(request.header("X-Application")).isEmpty();
        });
        respondWith(RawGateway.response("400 Bad Request", "{\"status\":\"error\"}"));
        assertThatThrownBy(() -> other.remove("1", "{}")).isInstanceOf(FeignException.BadRequest.class);
    }

    @ParameterizedTest
    @CsvSource({
        "200 OK, 40402, 404",
        "200 OK, 40020, 409",
        "200 OK, 40001, 400",
        "200 OK, 40003, 500",
        "200 OK, 50001, 503",
        "200 OK, 12345, 422",
    })
    void refusal_is_mapped_to_problem_json(String status, int code, int expected) throws Exception {
        respondWith(RawGateway.response(
                status, "{\"status\":\"error\",\"message\":\"said so\",\"error_code\":" + code + "}"));
        HttpResponse<String> response = delete("/sessions/session-1");

        assertThat(response.statusCode()).isEqualTo(expected);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body())
                .contains("\"detail\":\"said so\"")
                .contains("\"errorCode\":" + code)
                .contains("\"outcomeUnknown\":false");
    }

    @Test
    void endpoint_removes_a_session_in_the_language_of_the_caller() throws Exception {
        assertThat(delete("/sessions/session-1").statusCode()).isEqualTo(204);
        assertThat(GATEWAY.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/en/api/smartid/session/session-1"));
    }

    @Test
    void other_failures_are_mapped_to_an_http_status() throws Exception {
        respondWith(RawGateway.response("200 OK", "<html>"));
        assertThat(delete("/sessions/session-1").statusCode()).isEqualTo(502);
        behaviour = (request, connection) -> connection.close();
        HttpResponse<String> lost = delete("/sessions/session-1");
        assertThat(lost.statusCode()).isEqualTo(504);
        assertThat(lost.body()).contains("\"outcomeUnknown\":true");
        assertThat(delete("/sessions/session%20").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-1", "..%20session-1"})
    void problem_instance_is_a_uuid_without_the_session_id(String id) throws Exception {
        respondWith(RawGateway.response("404 Not Found", "{\"status\":\"error\",\"error_code\":40402}"));
        assertThat(delete("/sessions/" + id).body())
                .containsPattern("\"instance\":\"urn:uuid:[0-9a-f-]{36}\"")
                .doesNotContain("/sessions/");
    }

    @Test
    void actuator_redacts_the_token_even_if_it_shows_values() throws Exception {
        for (String endpoint :
                new String[] {"/actuator/env", "/actuator/configprops", "/actuator/env/marksign.access-token"}) {
            HttpResponse<String> response = get(endpoint);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("******").doesNotContain("s3cret-t0ken");
        }
        assertThat(get("/actuator/env").body()).contains(GATEWAY.baseUrl());
    }

    @Test
    void call_is_metered_once_by_the_bean_and_by_the_feign_client() throws Exception {
        double before = calls();
        bean.smartIdSessions().remove("session-1");
        assertThat(calls()).isEqualTo(before + 1);
        feignClient.removeSmartIdSession("session-1", new AccessTokenRequest());
        assertThat(calls()).isEqualTo(before + 2);
        assertThat(meters.find("http.client.requests").timers()).isEmpty();

        HttpResponse<String> response = get("/actuator/metrics/marksign.client");
        assertThat(response.body())
                .contains("operation", "language", "outcome", "error.code", "http.status")
                .doesNotContain("session-1");
    }

    private double calls() {
        return meters.find("marksign.client").tag("outcome", "ok").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Accept-Language", "en")
                .DELETE());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
