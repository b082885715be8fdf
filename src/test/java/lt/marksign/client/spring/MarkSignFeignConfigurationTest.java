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
    void its_beans_make_a_feign_client_of_the_generated_interface() {
        runner.run(context -> {
            SmartIdSessionsApi feignClient = feignClient(context);
            feignClient.removeSmartIdSession(SESSION, new AccessTokenRequest());

            assertThatExceptionOfType(MarkSignApiException.class)
                    .isThrownBy(() -> feignClient.removeSmartIdSessionEn(SESSION, new AccessTokenRequest()));
        });
    }

    @Test
    void its_requests_have_the_headers_that_the_properties_say() {
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
    void its_calls_are_observed_once_and_by_this_library() {
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
    void without_micrometer_it_does_without() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer", "feign.micrometer"))
                .run(context -> {
                    assertThat(context).hasSingleBean(Capability.class);
                    feignClient(context).removeSmartIdSession(SESSION, new AccessTokenRequest());
                });
    }

    @Test
    void calls_use_the_librarys_transport_that_closes_with_the_context() {
        OkHttpTransport[] transport = new OkHttpTransport[1];
        runner.run(context -> {
            transport[0] = (OkHttpTransport) context.getBean(MarkSignAutoConfiguration.SharedTransport.class)
                    .client();
            feignClient(context).removeSmartIdSession(SESSION, new AccessTokenRequest());
        });
        assertThat(transport[0].isClosed()).isTrue();
    }

    @Test
    void an_application_may_insist_on_its_own_client() {
        Client own = new Client.Default(null, null);
        runner.withBean("own", Client.class, () -> own)
                .run(context -> assertThat(context.getBean(Client.class)).isSameAs(own));
    }

    @Test
    void a_customizer_of_the_builder_has_a_say_in_the_transport() {
        Client own = new Client.Default(null, null);
        runner.withBean(MarkSignClientBuilderCustomizer.class, () -> builder -> builder.httpClient(own))
                .run(context -> assertThat(context.getBean(MarkSignAutoConfiguration.SharedTransport.class)
                                .client())
                        .isSameAs(own));
    }
}
