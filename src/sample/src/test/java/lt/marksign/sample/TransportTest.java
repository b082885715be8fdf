package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.hc5.ApacheHttp5Client;
import java.io.IOException;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.spring.MarkSignClientBuilderCustomizer;
import lt.marksign.client.spring.MarkSignFeignConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Tests the transport of a Feign client, while the class path has a transport that resends requests by itself. */
class TransportTest {
    private static final String NO_SUCH_SESSION =
            RawGateway.response("404 Not Found", "{\"status\":\"error\",\"error_code\":40402}");

    @FeignClient(name = "direct", url = "${gateway}", configuration = MarkSignFeignConfiguration.class)
    interface Direct extends SmartIdSessionsApi {}

    @FeignClient(name = "balanced", configuration = MarkSignFeignConfiguration.class)
    interface Balanced extends SmartIdSessionsApi {}

    @FeignClient(name = "nowhere", configuration = MarkSignFeignConfiguration.class)
    interface WithoutInstances extends SmartIdSessionsApi {}

    @EnableFeignClients(clients = {Direct.class, Balanced.class, WithoutInstances.class})
    static class FeignClients {}

    static class ResendingTransport {
        @Bean
        MarkSignClientBuilderCustomizer resendingTransport() {
            return builder -> builder.httpClient(new ApacheHttp5Client());
        }
    }

    private static ConfigurableApplicationContext application(RawGateway gateway, String... properties) {
        return application(gateway, FeignClients.class, properties);
    }

    private static ConfigurableApplicationContext application(
            RawGateway gateway, Class<?> configuration, String... properties) {
        return new SpringApplicationBuilder(SampleApplication.class, FeignClients.class, configuration)
                .web(WebApplicationType.NONE)
                .properties(
                        "marksign.access-token=token",
                        "marksign.max-retries=0",
                        "gateway=" + gateway.baseUrl(),
                        "spring.cloud.discovery.client.simple.instances.balanced[0].uri=" + gateway.baseUrl())
                .properties(properties)
                .run();
    }

    private static MarkSignException failure(SmartIdSessionsApi api) {
        return catchThrowableOfType(
                MarkSignException.class, () -> api.removeSmartIdSession("session-1", new AccessTokenRequest()));
    }

    /** Removes the session at the first request but sends no response. Later requests find no session. */
    private static RawGateway gatewayThatDropsTheFirstResponse() throws IOException {
        return new RawGateway((request, connection) -> {
            if (request.number() == 1) {
                connection.close();
            } else {
                RawGateway.send(connection, NO_SUCH_SESSION);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {Direct.class, Balanced.class})
    void request_is_sent_once_if_the_response_is_lost(Class<? extends SmartIdSessionsApi> type) throws Exception {
        for (String property : new String[] {"unrelated=true", "spring.cloud.openfeign.okhttp.enabled=true"}) {
            try (RawGateway gateway = gatewayThatDropsTheFirstResponse();
                    ConfigurableApplicationContext application = application(gateway, property)) {
                MarkSignException thrown = failure(application.getBean(type));

                assertThat(thrown).isInstanceOf(MarkSignConnectionException.class);
                assertThat(thrown.outcomeUnknown()).isTrue();
                assertThat(gateway.requests()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Direct.class, Balanced.class})
    void refusal_has_a_known_outcome(Class<? extends SmartIdSessionsApi> type) throws Exception {
        try (RawGateway gateway = RawGateway.responding(NO_SUCH_SESSION);
                ConfigurableApplicationContext application = application(gateway)) {
            MarkSignException thrown = failure(application.getBean(type));

            assertThat(thrown).isInstanceOf(MarkSignNotFoundException.class);
            assertThat(thrown.outcomeUnknown()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Direct.class, Balanced.class})
    void outcome_is_unknown_if_the_transport_resends_requests(Class<? extends SmartIdSessionsApi> type)
            throws Exception {
        try (RawGateway gateway = gatewayThatDropsTheFirstResponse();
                ConfigurableApplicationContext application = application(gateway, ResendingTransport.class)) {
            MarkSignException thrown = failure(application.getBean(type));

            assertThat(thrown).isInstanceOf(MarkSignNotFoundException.class);
            assertThat(thrown.outcomeUnknown()).isTrue();
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    @Test
    void outcome_is_known_if_the_load_balancer_has_no_instance() throws Exception {
        try (RawGateway gateway = RawGateway.responding(NO_SUCH_SESSION);
                ConfigurableApplicationContext application = application(gateway)) {
            MarkSignException thrown = failure(application.getBean(WithoutInstances.class));

            assertThat(thrown)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("the gateway was not reached");
            assertThat(thrown.outcomeUnknown()).isFalse();
        }
    }

    @Test
    void feign_clients_of_an_application_share_its_connections() throws Exception {
        try (RawGateway gateway = RawGateway.responding(NO_SUCH_SESSION)) {
            try (ConfigurableApplicationContext application = application(gateway)) {
                failure(application.getBean(Direct.class));
                failure(application.getBean(Balanced.class));
                assertThat(gateway.requests()).hasSize(2);
                assertThat(gateway.connectionsAccepted()).isEqualTo(1);
            }
            gateway.awaitNoConnections();
        }
    }

    @Test
    void read_timeout_is_taken_from_the_properties() throws Exception {
        try (RawGateway silent = new RawGateway((request, connection) -> {});
                ConfigurableApplicationContext application = application(silent, "marksign.read-timeout=100ms")) {
            assertThat(failure(application.getBean(Direct.class))).hasMessageContaining("the response was lost");
        }
    }
}
