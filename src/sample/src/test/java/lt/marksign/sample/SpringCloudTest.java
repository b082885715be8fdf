package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.spring.MarkSignFeignConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests that Spring Cloud applies its features for Feign clients to this one. */
@SpringBootTest(
        classes = {SampleApplication.class, SpringCloudTest.FeignClients.class},
        properties = {"marksign.access-token=token", "spring.cloud.openfeign.circuitbreaker.enabled=true"})
class SpringCloudTest {
    private static volatile String response = RawGateway.response("200 OK", RawGateway.OK);
    private static final RawGateway GATEWAY = start();

    /** Spring Cloud resolves it by its name, because it has no URL. */
    @FeignClient(name = "balanced", configuration = MarkSignFeignConfiguration.class)
    interface Balanced extends SmartIdSessionsApi {}

    @EnableFeignClients(clients = Balanced.class)
    static class FeignClients {}

    @Autowired
    private Balanced feignClient;

    @Autowired
    private CircuitBreakerRegistry circuitBreakers;

    private static RawGateway start() {
        try {
            return new RawGateway((request, connection) -> RawGateway.send(connection, response));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void instances(DynamicPropertyRegistry properties) {
        properties.add("spring.cloud.discovery.client.simple.instances.balanced[0].uri", GATEWAY::baseUrl);
    }

    @AfterAll
    static void stop() throws IOException {
        GATEWAY.close();
    }

    @Test
    void load_balancer_finds_the_gateway_and_the_breaker_counts_calls() {
        feignClient.removeSmartIdSession("session-1", new AccessTokenRequest());
        response = RawGateway.response("404 Not Found", "{\"status\":\"error\"}");
        assertThatThrownBy(() -> feignClient.removeSmartIdSession("session-1", new AccessTokenRequest()))
                .hasRootCauseInstanceOf(MarkSignNotFoundException.class);

        assertThat(GATEWAY.requests())
                .extracting(RawGateway.Request::text)
                .containsExactly("{\"access_token\":\"token\"}", "{\"access_token\":\"token\"}");
        assertThat(circuitBreakers.getAllCircuitBreakers())
                .singleElement()
                .extracting(CircuitBreaker::getMetrics)
                .satisfies(metrics -> {
                    assertThat(metrics.getNumberOfSuccessfulCalls()).isEqualTo(1);
                    assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(1);
                });
    }
}
