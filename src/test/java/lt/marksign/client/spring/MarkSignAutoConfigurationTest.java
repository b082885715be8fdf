package lt.marksign.client.spring;

import static lt.marksign.client.gateway.GatewayInABox.ACCESS_TOKEN;
import static lt.marksign.client.gateway.GatewayInABox.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import feign.Feign;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.gateway.GatewayInABox;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.TlsMaterial;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class MarkSignAutoConfigurationTest {
    @RegisterExtension
    static final GatewayInABox GATEWAY = new GatewayInABox();

    private final ApplicationContextRunner unconfigured =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MarkSignAutoConfiguration.class));

    private ApplicationContextRunner configured() {
        return unconfigured.withPropertyValues(
                "marksign.access-token=" + ACCESS_TOKEN, "marksign.base-url=" + GATEWAY.baseUrl());
    }

    @Test
    void with_a_token_the_client_and_the_interface_are_beans_that_work() {
        configured().run(context -> {
            context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
            assertThatExceptionOfType(MarkSignApiException.class)
                    .isThrownBy(() -> context.getBean(SmartIdSessionsApi.class)
                            .removeSmartIdSessionEn(SESSION, new AccessTokenRequest()))
                    .satisfies(e -> assertThat(e.gatewayMessage()).isEqualTo("Request number is invalid"));
        });
    }

    @Test
    void the_token_alone_makes_a_client_with_the_librarys_own_defaults() {
        unconfigured.withPropertyValues("marksign.access-token=t").run(context -> {
            try (MarkSignClient plain =
                    MarkSignClient.builder().accessToken("t").build()) {
                assertThat(context.getBean(MarkSignClient.class)).hasToString(plain.toString());
            }
            MarkSignProperties properties = context.getBean(MarkSignProperties.class);
            assertThat(properties.callTimeout()).isEqualTo(lt.marksign.client.feign.Timeouts.DEFAULT.call());
            assertThat(properties.connectTimeout()).isEqualTo(lt.marksign.client.feign.Timeouts.DEFAULT.connect());
            assertThat(properties.readTimeout()).isEqualTo(lt.marksign.client.feign.Timeouts.DEFAULT.read());
            assertThat(properties.maxRetries()).isEqualTo(lt.marksign.client.feign.RetryPolicy.DEFAULT.maxRetries());
            assertThat(properties.toString()).doesNotContain("t]").contains("api.marksign.eu");
        });
    }

    @Test
    void every_property_reaches_the_client() throws Exception {
        try (RawGateway silent = new RawGateway((request, connection) -> {})) {
            unconfigured
                    .withPropertyValues(
                            "marksign.accessToken=t",
                            "marksign.base-url=" + silent.baseUrl(),
                            "marksign.LOCALE=en",
                            "marksign.connect-timeout=5s",
                            "marksign.read-timeout=50ms",
                            "marksign.call-timeout=20s",
                            "marksign.max-retries=1")
                    .run(context -> {
                        MarkSignClient client = context.getBean(MarkSignClient.class);
                        assertThat(client.toString()).endsWith(", EN]");
                        assertThatExceptionOfType(MarkSignConnectionException.class)
                                .isThrownBy(() -> client.smartIdSessions().remove("session-1"));
                        assertThat(silent.requests()).hasSize(2);
                    });
            unconfigured
                    .withPropertyValues(
                            "marksign.access-token=t",
                            "marksign.base-url=" + silent.baseUrl(),
                            "marksign.call-timeout=50ms")
                    .run(context -> assertThatExceptionOfType(MarkSignConnectionException.class)
                            .isThrownBy(() -> context.getBean(MarkSignClient.class)
                                    .smartIdSessions()
                                    .remove("session-1"))
                            .withMessageContaining("callTimeout of PT0.05S"));
        }
    }

    @Test
    void environment_variables_configure_the_client() {
        PropertySource<?> environment = new SystemEnvironmentPropertySource(
                "test-systemEnvironment",
                Map.of(
                        "MARKSIGN_ACCESS_TOKEN",
                        "t",
                        "MARKSIGN_BASE_URL",
                        "https://example.org",
                        "MARKSIGN_LOCALE",
                        "EN"));
        unconfigured
                .withInitializer((ConfigurableApplicationContext context) ->
                        context.getEnvironment().getPropertySources().addFirst(environment))
                .run(context -> assertThat(context.getBean(MarkSignClient.class))
                        .hasToString("MarkSignClient[https://example.org, EN]"));
    }

    @Test
    void without_a_token_the_author_is_told_which_property_to_set() {
        unconfigured.run(context -> {
            FailureAnalysis analysis = analysis(context);
            assertThat(analysis.getDescription()).isEqualTo("The property marksign.access-token is not set.");
            assertThat(analysis.getAction())
                    .contains("Set marksign.access-token")
                    .contains("MARKSIGN_ACCESS_TOKEN");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "marksign.access-token, ' ', must not be",
        "marksign.base-url, ftp://x, must begin with https://",
        "marksign.base-url, http://example.org, must begin with https:// unless",
        "marksign.call-timeout, 0s, must be from 1 ms",
        "marksign.connect-timeout, -1s, must be from 1 ms",
        "marksign.read-timeout, 0s, must be from 1 ms",
        "marksign.max-retries, -1, must not be negative",
        "marksign.ssl.bundle, nowhere, names no SSL bundle",
    })
    void a_property_that_cannot_be_used_is_named_at_start_up(String property, String value, String rule) {
        unconfigured
                .withBean(SslBundles.class, DefaultSslBundleRegistry::new)
                .withPropertyValues("marksign.access-token=t", property + "=" + value)
                .run(context -> assertThat(analysis(context).getDescription())
                        .startsWith("The property " + property + " " + rule));
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        return new MarkSignFailureAnalyzer().analyze(context.getStartupFailure());
    }

    @Test
    void plain_http_can_be_permitted() {
        unconfigured
                .withPropertyValues(
                        "marksign.access-token=t",
                        "marksign.base-url=http://example.org",
                        "marksign.allow-plain-http=true")
                .run(context -> assertThat(context).hasSingleBean(MarkSignClient.class));
    }

    @Test
    void disabled_there_are_no_beans_and_no_token_is_needed() {
        unconfigured
                .withPropertyValues("marksign.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(MarkSignClient.class)
                        .doesNotHaveBean(SmartIdSessionsApi.class));
    }

    @Test
    void each_bean_backs_off_for_the_applications_own() {
        MarkSignClient own = MarkSignClient.builder()
                .accessToken("own")
                .locale(MarkSignLocale.EN)
                .build();
        unconfigured.withBean("own", MarkSignClient.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(MarkSignClient.class).hasSingleBean(SmartIdSessionsApi.class);
            assertThat(context.getBean(SmartIdSessionsApi.class)).isSameAs(own.api(SmartIdSessionsApi.class));
        });
        SmartIdSessionsApi api = own.api(SmartIdSessionsApi.class);
        configured().withBean("ownApi", SmartIdSessionsApi.class, () -> api).run(context -> {
            assertThat(context).hasSingleBean(MarkSignClient.class).hasSingleBean(SmartIdSessionsApi.class);
            assertThat(context.getBean(SmartIdSessionsApi.class)).isSameAs(api);
        });
    }

    @Test
    void a_token_supplier_takes_the_place_of_the_property() {
        List<String> asked = new ArrayList<>();
        unconfigured
                .withPropertyValues("marksign.base-url=" + GATEWAY.baseUrl())
                .withBean(MarkSignAccessTokenSupplier.class, () -> () -> {
                    asked.add("token");
                    return ACCESS_TOKEN;
                })
                .run(context -> {
                    assertThat(asked).isEmpty();
                    context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
                    assertThat(asked).hasSize(1);
                });
    }

    @Test
    void customizers_change_the_feign_builder() {
        configured()
                .withBean(
                        "header",
                        MarkSignFeignCustomizer.class,
                        () -> (Feign.Builder feign) ->
                                feign.requestInterceptor(request -> request.header("X-Trace", "1")))
                .run(context -> {
                    context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
                    assertThat(GATEWAY.requests())
                            .singleElement()
                            .satisfies(request ->
                                    assertThat(request.getHeader("X-Trace")).isEqualTo("1"));
                });
    }

    @Test
    void an_ssl_bundle_is_what_the_client_trusts() throws Exception {
        TlsMaterial tls = TlsMaterial.trusted();
        SslBundle bundle = SslBundle.of(null, null, null, "TLS", new SslManagerBundle() {
            @Override
            public javax.net.ssl.KeyManagerFactory getKeyManagerFactory() {
                throw new UnsupportedOperationException();
            }

            @Override
            public javax.net.ssl.TrustManagerFactory getTrustManagerFactory() {
                throw new UnsupportedOperationException();
            }

            @Override
            public javax.net.ssl.SSLContext createSslContext(String protocol) {
                return tls.clientContext();
            }
        });
        try (RawGateway gateway = new RawGateway(
                tls.serverSocket(),
                (request, connection) -> RawGateway.send(connection, RawGateway.response("200 OK", RawGateway.OK)))) {
            unconfigured
                    .withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("gateway", bundle))
                    .withPropertyValues(
                            "marksign.access-token=t",
                            "marksign.base-url=https://localhost:" + gateway.port(),
                            "marksign.ssl.bundle=gateway")
                    .run(context -> context.getBean(MarkSignClient.class)
                            .smartIdSessions()
                            .remove("session-1"));
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void the_client_is_closed_with_the_context() {
        MarkSignClient[] client = new MarkSignClient[1];
        configured().run(context -> client[0] = context.getBean(MarkSignClient.class));

        assertThatIllegalStateException()
                .isThrownBy(() -> client[0].smartIdSessions().remove(SESSION));
    }

    @Test
    void a_call_is_observed_with_tags_of_low_cardinality() {
        TestObservationRegistry observations = TestObservationRegistry.create();
        configured().withBean(ObservationRegistry.class, () -> observations).run(context -> {
            MarkSignClient client = context.getBean(MarkSignClient.class);
            client.withLocale(MarkSignLocale.EN).smartIdSessions().remove(SESSION);
            TestObservationRegistryAssert.assertThat(observations)
                    .hasNumberOfObservationsEqualTo(1)
                    .hasObservationWithNameEqualTo("marksign.client")
                    .that()
                    .hasBeenStopped()
                    .hasOnlyKeys("operation", "language", "outcome", "http.status", "error.code")
                    .hasLowCardinalityKeyValue("operation", "removeSmartIdSession")
                    .hasLowCardinalityKeyValue("language", "en")
                    .hasLowCardinalityKeyValue("outcome", "ok")
                    .hasLowCardinalityKeyValue("http.status", "200")
                    .hasLowCardinalityKeyValue("error.code", "none");
            observations.clear();

            assertThatExceptionOfType(MarkSignAccessException.class)
                    .isThrownBy(() -> client.api(SmartIdSessionsApi.class)
                            .removeSmartIdSession(SESSION, new AccessTokenRequest().accessToken("wrong")));
            TestObservationRegistryAssert.assertThat(observations)
                    .hasObservationWithNameEqualTo("marksign.client")
                    .that()
                    .hasBeenStopped()
                    .hasError()
                    .hasLowCardinalityKeyValue("language", "lt")
                    .hasLowCardinalityKeyValue("outcome", "refused")
                    .hasLowCardinalityKeyValue("http.status", "400")
                    .hasLowCardinalityKeyValue("error.code", "40003");
        });
    }

    @ParameterizedTest
    @CsvSource({"garbage, unexpected, 200", "close, no answer, none", "no token, not sent, none"})
    void every_outcome_has_its_tag(String what, String outcome, String httpStatus) throws Exception {
        TestObservationRegistry observations = TestObservationRegistry.create();
        try (RawGateway gateway = new RawGateway((request, connection) -> {
            if (what.equals("garbage")) {
                RawGateway.send(connection, RawGateway.response("200 OK", "<html>"));
            } else {
                connection.close();
            }
        })) {
            unconfigured
                    .withBean(ObservationRegistry.class, () -> observations)
                    .withBean(MarkSignAccessTokenSupplier.class, () -> () -> what.equals("no token") ? " " : "token")
                    .withPropertyValues("marksign.base-url=" + gateway.baseUrl(), "marksign.max-retries=0")
                    .run(context -> {
                        MarkSignClient client = context.getBean(MarkSignClient.class);
                        assertThatExceptionOfType(RuntimeException.class)
                                .isThrownBy(() -> client.smartIdSessions().remove("session-1"));
                        TestObservationRegistryAssert.assertThat(observations)
                                .hasObservationWithNameEqualTo("marksign.client")
                                .that()
                                .hasBeenStopped()
                                .hasError()
                                .hasContextualNameEqualTo("marksign removeSmartIdSession")
                                .hasLowCardinalityKeyValue("outcome", outcome)
                                .hasLowCardinalityKeyValue("http.status", httpStatus)
                                .hasLowCardinalityKeyValue("error.code", "none");
                    });
        }
    }

    @Test
    void the_trace_goes_along_with_the_request() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<RequestReplySenderContext<Object, ?>>() {
            @Override
            public void onStart(RequestReplySenderContext<Object, ?> context) {
                context.getSetter().set(context.getCarrier(), "traceparent", "00-1-2-01");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof RequestReplySenderContext;
            }
        });
        configured().withBean(ObservationRegistry.class, () -> registry).run(context -> {
            context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
            assertThat(GATEWAY.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.getHeader("traceparent")).isEqualTo("00-1-2-01"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "marksign.access-token, true",
        "marksign.accessToken, true",
        "MARKSIGN_ACCESS_TOKEN, true",
        "MARKSIGN_ACCESSTOKEN, true",
        "marksign.base-url, false",
        "other.access-token, false",
    })
    void the_actuator_does_not_show_the_token(String key, boolean hidden) {
        configured().run(context -> {
            SanitizableData data =
                    context.getBean(SanitizingFunction.class).apply(new SanitizableData(null, key, "value"));
            assertThat(data.getValue()).isEqualTo(hidden ? SanitizableData.SANITIZED_VALUE : "value");
        });
    }

    @Test
    void neither_micrometer_nor_the_actuator_need_be_there() {
        configured()
                .withClassLoader(new FilteredClassLoader(
                        "io.micrometer", "org.springframework.boot.actuate", "feign.micrometer"))
                .run(context -> {
                    context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
                    assertThat(context).doesNotHaveBean("markSignAccessTokenSanitizer");
                });
    }

    @Test
    void ahead_of_time_processing_is_told_of_the_models_and_the_proxies() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        new GeneratedTypesHints().registerHints(hints, getClass().getClassLoader());

        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(SmartIdSessionsApi.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethod(AccessTokenRequest.class, "getAccessToken")
                        .invoke())
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethod(lt.marksign.client.model.StatusResponse.class, "setMessage")
                        .invoke())
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(lt.marksign.client.model.Status.class))
                .accepts(hints);
    }
}
