package lt.marksign.client.spring;

import static lt.marksign.client.gateway.MockGateway.ACCESS_TOKEN;
import static lt.marksign.client.gateway.MockGateway.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import feign.Feign;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.call.MarkSignCapability;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.ForwardProxy;
import lt.marksign.client.gateway.MockGateway;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.TlsMaterial;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.mock.env.MockPropertySource;

class MarkSignAutoConfigurationTest {
    @RegisterExtension
    static final MockGateway GATEWAY = new MockGateway();

    private final ApplicationContextRunner unconfigured = Contexts.boot();

    private ApplicationContextRunner configured() {
        return unconfigured.withPropertyValues(
                "marksign.access-token=" + ACCESS_TOKEN, "marksign.base-url=" + GATEWAY.baseUrl());
    }

    @Test
    void token_property_defines_working_client_and_interface_beans() {
        configured().run(context -> {
            context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
            assertThatExceptionOfType(MarkSignApiException.class)
                    .isThrownBy(() -> context.getBean(SmartIdSessionsApi.class)
                            .removeSmartIdSessionEn(SESSION, new AccessTokenRequest()))
                    .satisfies(e -> assertThat(e.gatewayMessage()).isEqualTo("Request number is invalid"));
        });
    }

    @Test
    void token_property_alone_defines_a_client_with_default_settings() {
        unconfigured.withPropertyValues("marksign.access-token=t").run(context -> {
            try (MarkSignClient plain =
                    MarkSignClient.builder().accessToken("t").build()) {
                assertThat(context.getBean(MarkSignClient.class)).hasToString(plain.toString());
            }
            MarkSignProperties properties = context.getBean(MarkSignProperties.class);
            assertThat(properties.callTimeout())
                    .isEqualTo(lt.marksign.client.call.CallSettings.Timeouts.DEFAULT.call());
            assertThat(properties.connectTimeout())
                    .isEqualTo(lt.marksign.client.call.CallSettings.Timeouts.DEFAULT.connect());
            assertThat(properties.readTimeout())
                    .isEqualTo(lt.marksign.client.call.CallSettings.Timeouts.DEFAULT.read());
            assertThat(properties.maxRetries())
                    .isEqualTo(lt.marksign.client.call.CallSettings.RetryPolicy.DEFAULT.maxRetries());
            assertThat(properties.pollInterval()).isEqualTo(Duration.ofSeconds(2));
            assertThat(properties.maxDocumentSize().toBytes()).isEqualTo(100L * 1024 * 1024);
            assertThat(properties.toString()).doesNotContain("t]").contains("api.marksign.eu");
        });
    }

    @Test
    void locale_timeout_and_retry_properties_reach_the_client() throws Exception {
        try (RawGateway silent = new RawGateway((request, connection) -> {})) {
            unconfigured
                    .withPropertyValues(
                            "marksign.accessToken=t",
                            "marksign.base-url=" + silent.baseUrl(),
                            "marksign.LOCALE=en",
                            "marksign.connect-timeout=5s",
                            "marksign.read-timeout=500ms",
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
        withEnvironment(Map.of("MARKSIGN_BASE_URL", "https://example.org", "MARKSIGN_LOCALE", "EN"))
                .run(context -> assertThat(context.getBean(MarkSignClient.class))
                        .hasToString("MarkSignClient[https://example.org, EN]"));
    }

    private ApplicationContextRunner withEnvironment(Map<String, Object> variables) {
        Map<String, Object> all =
                new HashMap<>(Map.of("MARKSIGN_ACCESS_TOKEN", ACCESS_TOKEN, "MARKSIGN_BASE_URL", GATEWAY.baseUrl()));
        all.putAll(variables);
        return unconfigured.withInitializer(environment(all));
    }

    private static ApplicationContextInitializer<ConfigurableApplicationContext> environment(
            Map<String, Object> variables) {
        return context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
    }

    @Test
    void failure_analysis_names_the_missing_token_property() {
        unconfigured.run(context -> {
            FailureAnalysis analysis = analysis(context);
            assertThat(analysis.getDescription()).isEqualTo("The property marksign.access-token is not set.");
            assertThat(analysis.getAction())
                    .contains("Set marksign.access-token")
                    .contains("MARKSIGN_ACCESS_TOKEN");
        });
    }

    @Test
    void max_document_size_property_limits_a_download() throws Exception {
        String document = "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 11\r\n\r\n%PDF-1.4 xx";
        try (RawGateway gateway = RawGateway.responding(document)) {
            unconfigured
                    .withPropertyValues(
                            "marksign.access-token=t",
                            "marksign.base-url=" + gateway.baseUrl(),
                            "marksign.max-document-size=10B")
                    .run(context -> assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                            .isThrownBy(() -> context.getBean(MarkSignClient.class)
                                    .documents()
                                    .download("d-1", new ByteArrayOutputStream()))
                            .withMessageContaining("maxDocumentSize is 10"));
        }
    }

    @Test
    void request_has_the_headers_of_the_properties() throws Exception {
        try (RawGateway gateway = RawGateway.responding(RawGateway.response("200 OK", RawGateway.OK))) {
            unconfigured
                    .withPropertyValues(
                            "marksign.access-token=t",
                            "marksign.base-url=" + gateway.baseUrl(),
                            "marksign.user-agent-suffix=my-app/2.3",
                            "marksign.headers.X-Api-Key=key-1",
                            "marksign.headers.x-tenant=one")
                    .run(context -> {
                        context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);

                        RawGateway.Request request = gateway.requests().get(0);
                        assertThat(request.header("User-Agent")).endsWith(" my-app/2.3");
                        assertThat(request.header("X-Api-Key")).isEqualTo("key-1");
                        assertThat(request.header("X-Tenant")).isEqualTo("one");
                        assertThat(context.getBean(MarkSignProperties.class).toString())
                                .doesNotContain("key-1");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "marksign.access-token, ' ', accessToken must not be",
        "marksign.access-token, ${MARKSIGN_NOWHERE_SET}, accessToken must not be an unresolved placeholder",
        "marksign.base-url, ftp://x, baseUrl must begin with https://",
        "marksign.base-url, http://example.org, baseUrl must begin with https:// unless",
        "marksign.call-timeout, 0s, callTimeout must be from 1 ms",
        "marksign.connect-timeout, -1s, connectTimeout must be from 1 ms",
        "marksign.read-timeout, 0s, readTimeout must be from 1 ms",
        "marksign.max-retries, -1, maxRetries must not be negative",
        "marksign.poll-interval, 0s, pollInterval must be",
        "marksign.poll-interval, 499ms, pollInterval must be at least 500 ms",
        "marksign.max-document-size, 0B, maxDocumentSize must be at least 1 byte",
        "marksign.user-agent-suffix, ž, userAgentSuffix must have only visible ASCII",
        "marksign.headers.Host, x, name must not be a header that the library",
        "marksign.headers.X-Key, ${MARKSIGN_NOWHERE_SET}, value must have only visible ASCII",
        "marksign.ssl.bundle, nowhere, SSL bundle name 'nowhere' cannot be found",
    })
    void invalid_property_is_named_at_start_up(String property, String value, String message) {
        unconfigured
                .withBean(SslBundles.class, DefaultSslBundleRegistry::new)
                .withPropertyValues("marksign.access-token=t", property + "=" + value)
                .run(context -> assertThat(messages(context)).contains(property + ": " + message));
    }

    @ParameterizedTest
    @CsvSource({
        "marksign.proxy.port=8080, marksign.proxy.host: must not be blank",
        "marksign.proxy.host= marksign.proxy.port=8080, marksign.proxy.host: must not be blank",
        "marksign.proxy.host=, marksign.proxy.host: must not be blank",
        "marksign.proxy.host=proxy, marksign.proxy.port: must be from 1 to 65535",
        "marksign.proxy.host=proxy marksign.proxy.port=0, marksign.proxy.port: must be from 1 to 65535",
        "marksign.proxy.host=proxy marksign.proxy.port=tcp://10.0.0.1:80, marksign.proxy.port: must be from 1 to 65535",
        "marksign.proxy.host=proxy marksign.proxy.port=1 marksign.proxy.user=u, marksign.proxy.password: proxyCredentials must have",
        "marksign.proxy.host=proxy marksign.proxy.port=1 marksign.proxy.password=p, marksign.proxy.user: proxyCredentials must have",
        "marksign.proxy.host=proxy marksign.proxy.port=1 marksign.base-url=http://127.0.0.1, "
                + "the proxy would read the access token",
    })
    void invalid_proxy_is_named_at_start_up(String properties, String message) {
        unconfigured
                .withPropertyValues("marksign.access-token=t")
                .withPropertyValues(properties.split(" "))
                .run(context -> assertThat(messages(context)).contains(message));
    }

    private static String messages(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        return Stream.iterate(context.getStartupFailure(), Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .toList()
                .toString();
    }

    /** Kubernetes sets this variable in each container if there is a service {@code marksign-proxy}. */
    @Test
    void proxy_port_of_a_kubernetes_service_is_ignored() {
        withEnvironment(Map.of(
                        "MARKSIGN_PROXY_PORT",
                        "tcp://10.0.0.1:80",
                        "MARKSIGN_PROXY_PORT_80_TCP",
                        "tcp://10.0.0.1:80",
                        "MARKSIGN_PROXY_SERVICE_HOST",
                        "10.0.0.1"))
                .run(context ->
                        context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION));
    }

    @Test
    void environment_variable_sets_a_header_with_hyphens() {
        withEnvironment(Map.of("MARKSIGN_HEADERS_X_API_KEY", "key-1")).run(context -> {
            context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
            assertThat(GATEWAY.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.getHeader("X-Api-Key")).isEqualTo("key-1"));
        });
    }

    @ParameterizedTest
    @CsvSource({"call-timeout", "connect-timeout", "read-timeout", "poll-interval"})
    void number_without_a_unit_means_seconds(String property) {
        configured().withPropertyValues("marksign." + property + "=7").run(context -> {
            MarkSignProperties properties = context.getBean(MarkSignProperties.class);
            Map<String, Duration> durations = Map.of(
                    "call-timeout", properties.callTimeout(),
                    "connect-timeout", properties.connectTimeout(),
                    "read-timeout", properties.readTimeout(),
                    "poll-interval", properties.pollInterval());
            assertThat(durations).containsEntry(property, Duration.ofSeconds(7));
        });
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        return new MarkSignAutoConfiguration.MissingTokenFailureAnalyzer().analyze(context.getStartupFailure());
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

    @ParameterizedTest
    @ValueSource(strings = {"false", "no", "off", "0", "FALSE"})
    void disabled_library_leaves_no_beans(String value) {
        unconfigured
                .withInitializer(environment(Map.of("MARKSIGN_ENABLED", value)))
                .run(context -> assertThat(Arrays.stream(context.getBeanDefinitionNames())
                                .map(context.getBeanFactory()::getType)
                                .map(String::valueOf))
                        .noneMatch(type -> type.contains("marksign")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "yes", "on", "1"})
    void enabled_library_defines_the_client_bean(String value) {
        withEnvironment(Map.of("MARKSIGN_ENABLED", value))
                .run(context -> assertThat(context).hasSingleBean(MarkSignClient.class));
    }

    @Test
    void client_and_interface_beans_back_off_for_application_beans() {
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
    void every_generated_interface_is_a_bean() {
        configured()
                .run(context -> assertThat(InterfaceBeans.INTERFACES)
                        .contains(SmartIdSessionsApi.class)
                        .allSatisfy(type -> assertThat(context.getBean(type))
                                .isSameAs(context.getBean(MarkSignClient.class)
                                        .api(type.asSubclass(ApiClient.Api.class)))));
    }

    @Test
    void interface_beans_need_a_single_or_primary_client() {
        configured()
                .withBean("one", MarkSignClient.class, MarkSignAutoConfigurationTest::client)
                .withBean("other", MarkSignClient.class, MarkSignAutoConfigurationTest::client)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(SmartIdSessionsApi.class)
                        .doesNotHaveBean("markSignClient"));
        configured()
                .withBean("one", MarkSignClient.class, MarkSignAutoConfigurationTest::client)
                .withBean(
                        "first",
                        MarkSignClient.class,
                        MarkSignAutoConfigurationTest::client,
                        first -> first.setPrimary(true))
                .run(context -> assertThat(context.getBean(SmartIdSessionsApi.class))
                        .isSameAs(context.getBean("first", MarkSignClient.class).api(SmartIdSessionsApi.class)));
    }

    @Test
    void two_bean_methods_make_clients_of_two_accounts() throws Exception {
        try (RawGateway gateway = RawGateway.responding(RawGateway.response("200 OK", RawGateway.OK))) {
            unconfigured
                    .withUserConfiguration(Accounts.class)
                    .withPropertyValues(
                            "marksign.base-url=" + gateway.baseUrl(),
                            "accounts.sales.token=token-of-sales",
                            "accounts.hr.token=token-of-hr")
                    .run(context -> {
                        context.getBean("sales", MarkSignClient.class)
                                .smartIdSessions()
                                .remove(SESSION);
                        context.getBean("hr", MarkSignClient.class)
                                .smartIdSessions()
                                .remove(SESSION);
                    });
            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::text)
                    .containsExactly("{\"access_token\":\"token-of-sales\"}", "{\"access_token\":\"token-of-hr\"}");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Accounts {
        @Bean
        MarkSignClient sales(MarkSignClientBuilder builder, @Value("${accounts.sales.token}") String token) {
            return builder.accessToken(token).build();
        }

        @Bean
        MarkSignClient hr(MarkSignClientBuilder builder, @Value("${accounts.hr.token}") String token) {
            return builder.accessToken(token).build();
        }
    }

    private static MarkSignClient client() {
        return MarkSignClient.builder().accessToken("t").build();
    }

    @Test
    @CompileWithForkedClassLoader
    void ahead_of_time_context_reads_its_properties_at_start_up() throws Exception {
        TestGenerationContext generation = new TestGenerationContext();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(MarkSignAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
        }
        try (RawGateway gateway = RawGateway.responding(RawGateway.response("200 OK", RawGateway.OK))) {
            TestCompiler.forSystem().with(generation).compile(compiled -> {
                try (GenericApplicationContext context = new GenericApplicationContext()) {
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MockPropertySource("test")
                                    .withProperty("marksign.access-token", "token-1")
                                    .withProperty("marksign.base-url", gateway.baseUrl()));
                    compiled.getInstance(ApplicationContextInitializer.class).initialize(context);
                    context.refresh();
                    context.getBean(SmartIdSessionsApi.class)
                            .removeSmartIdSession("session-1", new AccessTokenRequest());
                }
            });
            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::text)
                    .containsExactly("{\"access_token\":\"token-1\"}");
        }
    }

    @Test
    void refreshed_token_is_used_by_the_next_call() throws Exception {
        MockPropertySource vault = new MockPropertySource("vault").withProperty("vault.token", "old");
        try (RawGateway gateway = RawGateway.responding(RawGateway.response("200 OK", RawGateway.OK))) {
            unconfigured
                    .withPropertyValues("marksign.base-url=" + gateway.baseUrl())
                    .withInitializer((ConfigurableApplicationContext context) ->
                            context.getEnvironment().getPropertySources().addFirst(vault))
                    .withUserConfiguration(TokenOfEnvironment.class)
                    .run(context -> {
                        MarkSignClient client = context.getBean(MarkSignClient.class);
                        client.smartIdSessions().remove("session-1");
                        vault.setProperty("vault.token", "new");
                        client.smartIdSessions().remove("session-1");
                    });
            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::text)
                    .containsExactly("{\"access_token\":\"old\"}", "{\"access_token\":\"new\"}");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TokenOfEnvironment {
        @Bean
        MarkSignAccessTokenSupplier token(Environment environment) {
            return () -> environment.getRequiredProperty("vault.token");
        }
    }

    @Test
    void prototype_builder_applies_customizers_in_their_order() {
        unconfigured.withUserConfiguration(Customizers.class).run(context -> {
            assertThat(context.getBean(MarkSignClient.class))
                    .hasToString("MarkSignClient[https://second.example.org, EN]");
            assertThat(context.getBean(MarkSignClientBuilder.class))
                    .isNotSameAs(context.getBean(MarkSignClientBuilder.class));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        @Bean
        @Order(2)
        MarkSignClientBuilderCustomizer second() {
            return builder -> builder.baseUrl("https://second.example.org");
        }

        @Bean
        @Order(1)
        MarkSignClientBuilderCustomizer first() {
            return builder -> builder.baseUrl("https://first.example.org")
                    .accessToken("of the customizer".replace(' ', '-'))
                    .locale(MarkSignLocale.EN);
        }
    }

    @Test
    void credentials_of_the_properties_are_sent_after_a_proxy_challenge() throws Exception {
        try (RawGateway gateway = RawGateway.responding(RawGateway.response("200 OK", RawGateway.OK));
                ForwardProxy proxy = ForwardProxy.of("user", "password")) {
            unconfigured
                    .withPropertyValues(
                            "marksign.access-token=t",
                            "marksign.base-url=" + gateway.baseUrl(),
                            "marksign.allow-plain-http=true",
                            "marksign.max-retries=0",
                            "marksign.proxy.host=127.0.0.1",
                            "marksign.proxy.port=" + proxy.port(),
                            "marksign.proxy.user=user",
                            "marksign.proxy.password=password")
                    .run(context -> {
                        context.getBean(MarkSignClient.class).smartIdSessions().remove("session-1");
                        assertThat(context.getBean(MarkSignProperties.class)
                                        .proxy()
                                        .toString())
                                .doesNotContain("password");
                    });
            assertThat(proxy.heads()).hasSize(2);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void token_supplier_bean_replaces_the_token_property() {
        List<String> calls = new ArrayList<>();
        unconfigured
                .withPropertyValues("marksign.base-url=" + GATEWAY.baseUrl())
                .withBean(MarkSignAccessTokenSupplier.class, () -> () -> {
                    calls.add("token");
                    return ACCESS_TOKEN;
                })
                .run(context -> {
                    assertThat(calls).isEmpty();
                    context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
                    assertThat(calls).hasSize(1);
                });
    }

    @Test
    void customizer_changes_the_feign_builder_and_calls_stay_observed() {
        TestObservationRegistry observations = TestObservationRegistry.create();
        configured()
                .withBean(ObservationRegistry.class, () -> observations)
                .withBean(
                        MarkSignClientBuilderCustomizer.class,
                        () -> builder -> builder.customizeFeign(
                                feign -> feign.requestInterceptor(request -> request.header("X-Trace", "1"))))
                .run(context -> {
                    context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
                    assertThat(GATEWAY.requests())
                            .singleElement()
                            .satisfies(request ->
                                    assertThat(request.getHeader("X-Trace")).isEqualTo("1"));
                    TestObservationRegistryAssert.assertThat(observations).hasNumberOfObservationsEqualTo(1);
                });
    }

    @Test
    void client_trusts_the_configured_ssl_bundle() throws Exception {
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
    @CsvSource({"garbage, unexpected, 200", "close, no response, none", "no token, not sent, none"})
    void failure_is_observed_with_its_outcome_tag(String fault, String outcome, String httpStatus) throws Exception {
        TestObservationRegistry observations = TestObservationRegistry.create();
        try (RawGateway gateway = new RawGateway((request, connection) -> {
            if (fault.equals("garbage")) {
                RawGateway.send(connection, RawGateway.response("200 OK", "<html>"));
            } else {
                connection.close();
            }
        })) {
            unconfigured
                    .withBean(ObservationRegistry.class, () -> observations)
                    .withBean(MarkSignAccessTokenSupplier.class, () -> () -> fault.equals("no token") ? " " : "token")
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
    void trace_context_is_propagated_in_a_request_header() {
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

    @Test
    void call_that_is_rejected_before_sending_is_observed() {
        TestObservationRegistry observations = TestObservationRegistry.create();
        configured().withBean(ObservationRegistry.class, () -> observations).run(context -> {
            MarkSignClient client = context.getBean(MarkSignClient.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.smartIdSessions().remove("../x"));
            client.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.smartIdSessions().remove(SESSION));

            TestObservationRegistryAssert.assertThat(observations)
                    .hasNumberOfObservationsEqualTo(2)
                    .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                            .allSatisfy(each -> assertThat(each.getLowCardinalityKeyValue("outcome")
                                            .getValue())
                                    .isEqualTo("not sent")));
        });
    }

    @Test
    void retries_are_counted() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        try (RawGateway gateway = RawGateway.respondingInTurn(
                RawGateway.response("503 Busy", "{\"status\":\"error\"}"),
                RawGateway.response("200 OK", RawGateway.OK))) {
            unconfigured
                    .withBean(ObservationRegistry.class, () -> observations)
                    .withPropertyValues("marksign.access-token=t", "marksign.base-url=" + gateway.baseUrl())
                    .run(context -> context.getBean(MarkSignClient.class)
                            .smartIdSessions()
                            .remove("session-1"));
        }
        assertThat(meters.get("marksign.client.retry")
                        .tags("operation", "removeSmartIdSession", "language", "lt")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"40402, 40402", "50004, 50004", "12345, other", "-1, other"})
    void error_code_tag_is_the_published_code_or_other(int code, String tag) throws Exception {
        TestObservationRegistry observations = TestObservationRegistry.create();
        try (RawGateway gateway = RawGateway.responding(
                RawGateway.response("401 Unauthorized", "{\"status\":\"error\",\"error_code\":" + code + "}"))) {
            unconfigured
                    .withBean(ObservationRegistry.class, () -> observations)
                    .withPropertyValues("marksign.access-token=t", "marksign.base-url=" + gateway.baseUrl())
                    .run(context -> assertThatExceptionOfType(MarkSignApiException.class)
                            .isThrownBy(() -> context.getBean(MarkSignClient.class)
                                    .smartIdSessions()
                                    .remove("session-1")));
        }
        TestObservationRegistryAssert.assertThat(observations)
                .hasObservationWithNameEqualTo("marksign.client")
                .that()
                .hasLowCardinalityKeyValue("error.code", tag);
    }

    @ParameterizedTest
    @CsvSource({
        "marksign.access-token, true",
        "marksign.accessToken, true",
        "MARKSIGN_ACCESS_TOKEN, true",
        "MARKSIGN_ACCESSTOKEN, true",
        "marksign.proxy.password, true",
        "MARKSIGN_PROXY_PASSWORD, true",
        "marksign.headers.x-api-key, true",
        "MARKSIGN_HEADERS_KEY, true",
        "marksign.base-url, false",
        "other.access-token, false",
    })
    void actuator_sanitizes_only_the_secret_properties(String key, boolean hidden) {
        configured().run(context -> {
            SanitizableData data =
                    context.getBean(SanitizingFunction.class).apply(new SanitizableData(null, key, "value"));
            assertThat(data.getValue()).isEqualTo(hidden ? SanitizableData.SANITIZED_VALUE : "value");
        });
    }

    @Test
    void library_works_without_micrometer_and_actuator() {
        configured()
                .withClassLoader(new FilteredClassLoader(
                        "io.micrometer", "org.springframework.boot.actuate", "feign.micrometer"))
                .run(context -> {
                    context.getBean(MarkSignClient.class).smartIdSessions().remove(SESSION);
                    assertThat(context).doesNotHaveBean("markSignSanitizer");
                });
    }

    @Test
    void ahead_of_time_hints_cover_models_and_proxies() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        new MarkSignRuntimeHints().registerHints(hints, getClass().getClassLoader());

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

    @Test
    void ahead_of_time_hints_cover_capabilities_and_the_feign_builder() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        new MarkSignRuntimeHints().registerHints(hints, getClass().getClassLoader());

        for (Class<?> capability : List.of(MarkSignCapability.class)) {
            assertThat(Arrays.stream(capability.getMethods())
                            .filter(method -> method.getName().equals("enrich")))
                    .isNotEmpty()
                    .allSatisfy(method -> assertThat(RuntimeHintsPredicates.reflection()
                                    .onMethod(method)
                                    .invoke())
                            .accepts(hints));
        }
        for (Class<?> builder = Feign.Builder.class; builder != Object.class; builder = builder.getSuperclass()) {
            assertThat(builder.getDeclaredFields())
                    .isNotEmpty()
                    .allSatisfy(field -> assertThat(
                                    RuntimeHintsPredicates.reflection().onField(field))
                            .accepts(hints));
        }
    }
}
