package lt.marksign.client.spring;

import static lt.marksign.client.gateway.MockGateway.ACCESS_TOKEN;
import static lt.marksign.client.gateway.MockGateway.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import feign.Capability;
import feign.Client;
import feign.micrometer.MicrometerObservationCapability;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.call.OkHttpTransport;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.gateway.MockGateway;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class MarkSignFeignConfigurationTest {
    @RegisterExtension
    static final MockGateway GATEWAY = new MockGateway();

    private final ApplicationContextRunner runner =
            Contexts.cloud().withPropertyValues("marksign.access-token=" + ACCESS_TOKEN);

    private static SmartIdSessionsApi feignClient(ApplicationContext context) {
        return Contexts.feignClient(context, SmartIdSessionsApi.class, GATEWAY.baseUrl());
    }

    @Test
    void feign_client_of_a_generated_interface_calls_the_gateway() {
        runner.run(context -> {
            SmartIdSessionsApi feignClient = feignClient(context);
            feignClient.removeSmartIdSession(SESSION, new AccessTokenRequest());

            assertThatExceptionOfType(MarkSignApiException.class)
                    .isThrownBy(() -> feignClient.removeSmartIdSessionEn(SESSION, new AccessTokenRequest()));
        });
    }

    @Test
    void feign_client_sends_the_headers_of_the_properties() {
        runner.withPropertyValues("marksign.user-agent-suffix=my-app/2.3", "marksign.headers.X-Api-Key=key-1")
                .run(context -> {
                    feignClient(context).removeSmartIdSession(SESSION, new AccessTokenRequest());

                    assertThat(GATEWAY.requests()).singleElement().satisfies(request -> {
                        assertThat(request.getHeader("User-Agent")).endsWith(" my-app/2.3");
                        assertThat(request.getHeader("X-Api-Key")).isEqualTo("key-1");
                    });
                });
    }

    @Test
    void feign_client_call_is_observed_once_by_this_library() {
        TestObservationRegistry observations = TestObservationRegistry.create();
        runner.withBean(ObservationRegistry.class, () -> observations).run(context -> {
            SmartIdSessionsApi feignClient = feignClient(context);
            assertThatExceptionOfType(MarkSignAccessException.class)
                    .isThrownBy(() ->
                            feignClient.removeSmartIdSession(SESSION, new AccessTokenRequest().accessToken("wrong")));
            TestObservationRegistryAssert.assertThat(observations)
                    .hasNumberOfObservationsEqualTo(1)
                    .hasObservationWithNameEqualTo("marksign.client")
                    .that()
                    .hasBeenStopped()
                    .hasLowCardinalityKeyValue("outcome", "refused");
            assertThat(context).hasSingleBean(MicrometerObservationCapability.class);
        });
    }

    @Test
    void feign_client_works_without_micrometer() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer", "feign.micrometer"))
                .run(context -> {
                    assertThat(context).hasSingleBean(Capability.class);
                    feignClient(context).removeSmartIdSession(SESSION, new AccessTokenRequest());
                });
    }

    @Test
    void shared_transport_is_closed_with_the_context() {
        OkHttpTransport[] transport = new OkHttpTransport[1];
        runner.run(context -> {
            transport[0] = (OkHttpTransport) context.getBean(MarkSignAutoConfiguration.SharedTransport.class)
                    .client();
            feignClient(context).removeSmartIdSession(SESSION, new AccessTokenRequest());
        });
        assertThat(transport[0].isClosed()).isTrue();
    }

    @Test
    void custom_client_bean_replaces_the_library_client() {
        Client own = new Client.Default(null, null);
        runner.withBean("own", Client.class, () -> own)
                .run(context -> assertThat(context.getBean(Client.class)).isSameAs(own));
    }

    @Test
    void builder_customizer_can_replace_the_transport() {
        Client own = new Client.Default(null, null);
        runner.withBean(MarkSignClientBuilderCustomizer.class, () -> builder -> builder.httpClient(own))
                .run(context -> assertThat(context.getBean(MarkSignAutoConfiguration.SharedTransport.class)
                                .client())
                        .isSameAs(own));
    }
}
