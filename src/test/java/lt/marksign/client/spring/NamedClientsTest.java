package lt.marksign.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import feign.Feign;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.ForwardProxy;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

/** Clients of several accounts in one application. */
class NamedClientsTest {
    private final ApplicationContextRunner unconfigured = Contexts.boot();

    private RawGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = RawGateway.answering(RawGateway.response("200 OK", RawGateway.OK));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private ApplicationContextRunner with(String... properties) {
        return unconfigured
                .withPropertyValues("marksign.base-url=" + gateway.baseUrl())
                .withPropertyValues(properties);
    }

    @Configuration(proxyBeanMethods = false)
    static class Departments {
        record Clients(MarkSignClient sales, MarkSignClient hr) {}

        @Bean
        Clients clients(@Qualifier("sales") MarkSignClient sales, @Qualifier("hr") MarkSignClient hr) {
            return new Clients(sales, hr);
        }
    }

    private static void remove(MarkSignClient client) {
        client.smartIdSessions().remove("session-1");
    }

    private List<String> bodies() {
        return gateway.requests().stream().map(RawGateway.Request::text).toList();
    }

    @Test
    void each_is_injected_by_its_name_and_has_an_account_of_its_own() {
        with("marksign.clients.sales.access-token=of-sales", "marksign.clients.hr.access-token=of-hr")
                .withUserConfiguration(Departments.class)
                .run(context -> {
                    Departments.Clients clients = context.getBean(Departments.Clients.class);
                    remove(clients.sales());
                    remove(clients.hr());
                    assertThat(clients.sales()).isSameAs(context.getBean("salesMarkSignClient"));
                });
        assertThat(bodies()).containsExactly("{\"access_token\":\"of-sales\"}", "{\"access_token\":\"of-hr\"}");
    }

    @Test
    void what_one_does_not_say_is_as_for_all() {
        with(
                        "marksign.access-token=of-all",
                        "marksign.locale=EN",
                        "marksign.clients.sales.access-token=of-sales",
                        "marksign.clients.lithuanian.locale=LT")
                .run(context -> {
                    remove(context.getBean("salesMarkSignClient", MarkSignClient.class));
                    remove(context.getBean("lithuanianMarkSignClient", MarkSignClient.class));
                });
        assertThat(gateway.requests())
                .extracting(RawGateway.Request::path)
                .containsExactly("/en/api/smartid/session/session-1", "/api/smartid/session/session-1");
        assertThat(bodies()).containsExactly("{\"access_token\":\"of-sales\"}", "{\"access_token\":\"of-all\"}");
    }

    @Test
    void its_own_headers_come_to_those_of_all() {
        with(
                        "marksign.access-token=of-all",
                        "marksign.user-agent-suffix=all/1",
                        "marksign.headers.X-Tenant=all",
                        "marksign.headers.X-Zone=one",
                        "marksign.clients.sales.user-agent-suffix=sales/1",
                        "marksign.clients.sales.headers.X-Tenant=sales")
                .run(context -> remove(context.getBean("salesMarkSignClient", MarkSignClient.class)));

        RawGateway.Request request = gateway.requests().get(0);
        assertThat(request.header("User-Agent")).endsWith(" sales/1");
        assertThat(request.header("X-Tenant")).isEqualTo("sales");
        assertThat(request.header("X-Zone")).isEqualTo("one");
    }

    /** Each is wrong in a way of its own where it is everybody's, and right where it is the client's. */
    @ParameterizedTest
    @CsvSource({
        "access-token, ' ', t",
        "user-agent-suffix, ' ', my-app",
        "base-url, ftp://x, https://example.org",
        "call-timeout, 0s, 1s",
        "connect-timeout, 0s, 1s",
        "read-timeout, 0s, 1s",
        "max-retries, -1, 0",
        "max-document-size, 0B, 1B",
        "poll-interval, 0s, 1s",
        "ssl.bundle, nowhere, nowhere-else",
        "proxy.port, 1, 2",
    })
    void every_property_can_be_a_clients_own_and_a_complaint_names_it_where_it_stands(
            String key, String wrong, String right) {
        ApplicationContextRunner runner = unconfigured
                .withBean(SslBundles.class, DefaultSslBundleRegistry::new)
                .withPropertyValues("marksign.clients.hr.locale=EN");
        if (!key.equals("access-token")) {
            runner = runner.withPropertyValues("marksign.clients.hr.access-token=t");
        }
        String complaint = key.equals("proxy.port") ? "proxy.host" : key;
        runner.withPropertyValues("marksign." + key + "=" + wrong)
                .run(context -> assertThat(analysis(context).getDescription())
                        .startsWith("The property marksign." + complaint + " "));
        runner.withPropertyValues("marksign.clients.hr." + key + "=" + wrong).run(context -> {
            FailureAnalysis analysis = analysis(context);
            String property = "marksign.clients.hr." + complaint;
            assertThat(analysis.getDescription()).startsWith("The property " + property + " ");
            assertThat(analysis.getAction())
                    .contains("Set " + property)
                    .contains(property.replaceAll("[.-]", "_").toUpperCase(java.util.Locale.ROOT))
                    .contains("marksign.enabled");
        });
        if (!key.contains(".")) {
            runner.withPropertyValues("marksign." + key + "=" + wrong, "marksign.clients.hr." + key + "=" + right)
                    .withInitializer(context ->
                            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                    .run(context ->
                            assertThat(context.getBean("hrMarkSignClient")).isNotNull());
        }
    }

    @Test
    void every_property_of_all_but_those_of_the_application_is_one_of_a_clients_too() {
        List<String> ofTheApplication = List.of("enabled", "feign", "clients");
        assertThat(Arrays.stream(MarkSignProperties.Client.class.getRecordComponents())
                        .map(RecordComponent::getName))
                .containsExactlyElementsOf(Arrays.stream(MarkSignProperties.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(name -> !ofTheApplication.contains(name))
                        .toList());
    }

    @Test
    void plain_http_is_permitted_to_all_or_to_one() {
        ApplicationContextRunner runner = unconfigured.withPropertyValues(
                "marksign.clients.hr.access-token=t", "marksign.clients.hr.base-url=http://example.org");
        runner.run(context -> assertThat(analysis(context).getDescription())
                .startsWith("The property marksign.clients.hr.base-url ")
                .contains("the property marksign.clients.hr.allow-plain-http"));
        runner.withPropertyValues("marksign.clients.hr.allow-plain-http=true")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("marksign.allow-plain-http=true")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("marksign.allow-plain-http=true", "marksign.clients.hr.allow-plain-http=false")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void a_clients_own_proxy_is_not_told_the_password_of_anothers() throws Exception {
        try (ForwardProxy proxy = ForwardProxy.of("user", "password")) {
            with(
                            "marksign.proxy.host=nowhere.invalid",
                            "marksign.proxy.port=1",
                            "marksign.proxy.user=user",
                            "marksign.proxy.password=password",
                            "marksign.allow-plain-http=true",
                            "marksign.max-retries=0",
                            "marksign.clients.hr.access-token=t",
                            "marksign.clients.hr.proxy.host=127.0.0.1",
                            "marksign.clients.hr.proxy.port=" + proxy.port())
                    .run(context -> assertThatExceptionOfType(MarkSignException.class)
                            .isThrownBy(() -> remove(context.getBean("hrMarkSignClient", MarkSignClient.class))));
            assertThat(proxy.heads()).singleElement().asString().doesNotContain("Proxy-Authorization");
        }
    }

    @Test
    void environment_variables_make_one_and_are_another_way_to_write_a_name() {
        Map<String, Object> variables = Map.of(
                "MARKSIGN_CLIENTS_SALES_ACCESS_TOKEN", "of-sales",
                "MARKSIGN_CLIENTS_HUMANRESOURCES_ACCESSTOKEN", "of-hr",
                "MARKSIGN_CLIENTS_FRONTDESK_ACCESS_TOKEN", "of-front-desk");
        with("marksign.clients.human-resources.locale=EN", "marksign.clients.frontDesk.locale=EN")
                .withInitializer((ConfigurableApplicationContext context) -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
                .run(context -> {
                    assertThat(context.getBeansOfType(MarkSignClient.class))
                            .containsOnlyKeys(
                                    "salesMarkSignClient", "humanResourcesMarkSignClient", "frontDeskMarkSignClient");
                    remove(context.getBean("humanResourcesMarkSignClient", MarkSignClient.class));
                });
        assertThat(gateway.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).startsWith("/en/");
            assertThat(request.text()).contains("of-hr");
        });
    }

    @Test
    void a_complaint_about_a_hyphenated_name_says_the_variable_that_boot_reads() {
        unconfigured
                .withPropertyValues("marksign.clients.human-resources.locale=EN")
                .run(context -> assertThat(analysis(context).getAction())
                        .contains("marksign.clients.human-resources.access-token")
                        .contains("MARKSIGN_CLIENTS_HUMANRESOURCES_ACCESSTOKEN"));
    }

    @Test
    void without_a_token_of_all_there_is_no_client_without_a_name_nor_an_interface() {
        with("marksign.clients.sales.access-token=of-sales").run(context -> {
            assertThat(context).doesNotHaveBean("markSignClient").doesNotHaveBean(SmartIdSessionsApi.class);
            assertThatExceptionOfType(UnsatisfiedDependencyException.class)
                    .isThrownBy(() -> context.getAutowireCapableBeanFactory().createBean(Unqualified.class))
                    .withMessageContaining("No qualifying bean");
        });
    }

    record Unqualified(MarkSignClient client) {}

    @Test
    void with_a_token_of_all_the_client_without_a_name_and_the_interfaces_are_as_ever() {
        with("marksign.access-token=of-all", "marksign.clients.sales.access-token=of-sales")
                .run(context -> {
                    MarkSignClient client = context.getAutowireCapableBeanFactory()
                            .createBean(Unqualified.class)
                            .client();
                    assertThat(client).isSameAs(context.getBean("markSignClient"));
                    assertThat(context.getBean(SmartIdSessionsApi.class))
                            .isSameAs(client.api(SmartIdSessionsApi.class));
                });
        assertThat(bodies()).isEmpty();
    }

    @Test
    void a_supplier_is_of_the_client_that_qualifies_it_and_otherwise_of_those_without_a_token() {
        with(
                        "marksign.clients.hr.access-token=of-hr",
                        "marksign.clients.board.locale=EN",
                        "marksign.clients.sales.locale=EN")
                .withUserConfiguration(Suppliers.class)
                .run(context -> List.of("", "sales", "hr", "board").forEach(name -> {
                    String bean = name.isEmpty() ? "markSignClient" : name + "MarkSignClient";
                    remove(context.getBean(bean, MarkSignClient.class));
                }));
        assertThat(bodies())
                .containsExactly(
                        "{\"access_token\":\"supplied-to-all\"}",
                        "{\"access_token\":\"supplied-to-sales\"}",
                        "{\"access_token\":\"of-hr\"}",
                        "{\"access_token\":\"supplied-to-all\"}");
    }

    @Configuration(proxyBeanMethods = false)
    static class Suppliers {
        @Bean
        MarkSignAccessTokenSupplier everybodys() {
            return () -> "supplied-to-all";
        }

        @Bean
        @Qualifier("sales") MarkSignAccessTokenSupplier ofSales() {
            return () -> "supplied-to-sales";
        }
    }

    @Test
    void a_supplier_of_one_client_alone_makes_no_client_without_a_name() {
        with("marksign.clients.sales.locale=EN")
                .withUserConfiguration(SupplierOfSales.class)
                .run(context ->
                        assertThat(context).hasSingleBean(MarkSignClient.class).hasBean("salesMarkSignClient"));
    }

    @Configuration(proxyBeanMethods = false)
    static class SupplierOfSales {
        @Bean
        @Qualifier("sales") MarkSignAccessTokenSupplier ofSales() {
            return () -> "supplied-to-sales";
        }
    }

    @Test
    void a_customizer_changes_all_and_can_be_told_which() {
        with("marksign.access-token=t", "marksign.clients.sales.locale=EN")
                .withBean(MarkSignFeignCustomizer.class, () -> new MarkSignFeignCustomizer() {
                    @Override
                    public void customize(Feign.Builder builder) {
                        throw new AssertionError("is told which client");
                    }

                    @Override
                    public void customize(Feign.Builder builder, String client) {
                        builder.requestInterceptor(request -> request.header("X-Client", client));
                    }
                })
                .withBean(
                        "callTimeout",
                        MarkSignClientBuilderCustomizer.class,
                        () -> (MarkSignClientBuilder builder) -> builder.locale(MarkSignLocale.EN))
                .run(context -> {
                    remove(context.getBean(MarkSignClient.class));
                    remove(context.getBean("salesMarkSignClient", MarkSignClient.class));
                });
        assertThat(gateway.requests())
                .extracting(request -> request.header("X-Client"))
                .containsExactly("default", "sales");
        assertThat(gateway.requests())
                .allSatisfy(request -> assertThat(request.path()).startsWith("/en/"));
    }

    @Test
    void each_call_and_each_session_is_observed_with_its_clients_name() {
        TestObservationRegistry observations = TestObservationRegistry.create();
        with("marksign.access-token=t", "marksign.clients.sales.locale=EN")
                .withBean(ObservationRegistry.class, () -> observations)
                .run(context -> {
                    context.getBean(MarkSignClient.class)
                            .smartIdSessions()
                            .authentication("session-1")
                            .remove();
                    context.getBean("salesMarkSignClient", MarkSignClient.class)
                            .smartIdSessions()
                            .authentication("session-1")
                            .remove();
                });
        TestObservationRegistryAssert.assertThat(observations)
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .extracting(each -> each.getName() + " "
                                + each.getLowCardinalityKeyValue("client").getValue())
                        .containsExactlyInAnyOrder(
                                "marksign.client default",
                                "marksign.session default",
                                "marksign.client sales",
                                "marksign.session sales"));
    }

    @ParameterizedTest
    @CsvSource({
        "marksign.clients.hr.access-token, true",
        "marksign.clients.hr.accessToken, true",
        "marksign.clients.human-resources.access-token, true",
        "MARKSIGN_CLIENTS_HR_ACCESS_TOKEN, true",
        "marksign.clients.hr.proxy.password, true",
        "marksign.clients.hr.base-url, false",
        "other.clients.hr.access-token, false",
    })
    void the_actuator_shows_no_clients_token(String key, boolean hidden) {
        with("marksign.clients.hr.access-token=t")
                .run(context -> assertThat(context.getBean(SanitizingFunction.class)
                                .apply(new SanitizableData(null, key, "value"))
                                .getValue())
                        .isEqualTo(hidden ? SanitizableData.SANITIZED_VALUE : "value"));
    }

    @Test
    void the_actuator_shows_no_clients_token_under_another_name_either() {
        with(
                        "marksign.clients.hr.access-token=token-of-some-length",
                        "marksign.clients.hr.proxy.host=localhost",
                        "marksign.clients.hr.proxy.port=1",
                        "marksign.clients.hr.proxy.user=u",
                        "marksign.clients.hr.proxy.password=password-of-some-length",
                        "marksign.allow-plain-http=true")
                .run(context -> {
                    SanitizingFunction sanitizer = context.getBean(SanitizingFunction.class);
                    for (String secret : List.of("token-of-some-length", "password-of-some-length")) {
                        assertThat(sanitizer
                                        .apply(new SanitizableData(null, "VAULT", "Bearer " + secret))
                                        .getValue())
                                .isEqualTo(SanitizableData.SANITIZED_VALUE);
                        assertThat(context.getBean(MarkSignProperties.class).toString()
                                        + context.getBean(MarkSignProperties.class)
                                                .clients())
                                .doesNotContain(secret);
                    }
                });
    }

    @Test
    void each_is_closed_with_the_context() {
        MarkSignClient[] client = new MarkSignClient[1];
        with("marksign.clients.sales.access-token=t")
                .run(context -> client[0] = context.getBean("salesMarkSignClient", MarkSignClient.class));
        assertThatIllegalStateException().isThrownBy(() -> remove(client[0]));
    }

    @Test
    void a_bean_of_the_applications_own_takes_the_place_of_one() {
        try (MarkSignClient own = MarkSignClient.builder().accessToken("own").build()) {
            with("marksign.clients.sales.access-token=t")
                    .withBean("salesMarkSignClient", MarkSignClient.class, () -> own)
                    .run(context ->
                            assertThat(context.getBean("salesMarkSignClient")).isSameAs(own));
        }
    }

    @Test
    void the_name_of_the_client_without_one_is_taken() {
        unconfigured
                .withPropertyValues("marksign.clients.default.access-token=t")
                .run(context -> assertThat(analysis(context).getDescription())
                        .startsWith("The property marksign.clients.default cannot be used"));
    }

    @Test
    void a_value_that_is_none_is_named_by_boot() {
        unconfigured
                .withPropertyValues("marksign.clients.hr.call-timeout=soon")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("marksign.clients.hr.call-timeout")
                        .hasRootCauseInstanceOf(Exception.class));
    }

    @Test
    void disabled_there_are_none() {
        unconfigured
                .withPropertyValues("marksign.enabled=false", "marksign.clients.hr.access-token=t")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MarkSignClient.class));
    }

    @Test
    @CompileWithForkedClassLoader
    void ahead_of_time_processing_writes_down_the_names_and_the_settings_are_read_at_the_start() {
        TestGenerationContext generation = new TestGenerationContext();
        try (GenericApplicationContext context = new AnnotationConfigApplicationContext()) {
            properties(context, Map.of("marksign.clients.sales.locale", "EN"));
            ((AnnotationConfigApplicationContext) context)
                    .register(Sales.class, MarkSignAutoConfiguration.class, MarkSignInterfacesAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
        }
        TestCompiler.forSystem().with(generation).compile(compiled -> {
            MarkSignClient client;
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                properties(
                        context,
                        Map.of(
                                "marksign.base-url", gateway.baseUrl(),
                                "marksign.clients.sales.locale", "EN",
                                "marksign.clients.sales.access-token", "of-sales"));
                compiled.getInstance(ApplicationContextInitializer.class).initialize(context);
                context.refresh();
                client = (MarkSignClient) context.getBean("injected", Object[].class)[0];
                remove(client);
                assertThat(context.getBeanProvider(Unqualified.class)).isEmpty();
            }
            assertThat(bodies()).containsExactly("{\"access_token\":\"of-sales\"}");
            assertThatIllegalStateException().isThrownBy(() -> remove(client));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Sales {
        @Bean
        Object[] injected(@Qualifier("sales") MarkSignClient sales) {
            return new Object[] {sales};
        }
    }

    private static void properties(GenericApplicationContext context, Map<String, Object> properties) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        return new MarkSignFailureAnalyzer().analyze(context.getStartupFailure());
    }
}
