package lt.marksign.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What an operator is shown of the gateway, by the types of either major version of Spring Boot. */
class HealthTest {
    private static final String OK = RawGateway.response("200 OK", RawGateway.OK);
    private static final String DOCUMENT =
            "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 11\r\n\r\n%PDF-1.4 xx";

    private volatile String answer = OK;
    private RawGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new RawGateway((request, connection) -> {
            if (answer.isEmpty()) {
                connection.close();
            } else {
                RawGateway.send(connection, answer);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private record Shown(String status, Map<String, Object> details) {}

    /** The types of health, which Boot 4 has in another package. */
    enum Boot {
        THREE("org.springframework.boot.health") {
            @Override
            Shown health(ApplicationContext context, String... part) {
                Object contributor = context.getBean("markSignHealthContributor");
                for (String name : part) {
                    contributor = ((org.springframework.boot.actuate.health.CompositeHealthContributor) contributor)
                            .getContributor(name);
                }
                var health = ((org.springframework.boot.actuate.health.HealthIndicator) contributor).health();
                return new Shown(health.getStatus().getCode(), health.getDetails());
            }
        },
        FOUR("org.springframework.boot.actuate.autoconfigure.health") {
            @Override
            Shown health(ApplicationContext context, String... part) {
                Object contributor = context.getBean("markSignHealthContributor");
                for (String name : part) {
                    contributor = ((org.springframework.boot.health.contributor.CompositeHealthContributor) contributor)
                            .getContributor(name);
                }
                var health = ((org.springframework.boot.health.contributor.HealthIndicator) contributor).health();
                return new Shown(health.getStatus().getCode(), health.getDetails());
            }
        };

        private final String packageOfTheOther;

        Boot(String packageOfTheOther) {
            this.packageOfTheOther = packageOfTheOther;
        }

        abstract Shown health(ApplicationContext context, String... part);

        ApplicationContextRunner runner() {
            return Contexts.boot()
                    .withClassLoader(new FilteredClassLoader(packageOfTheOther))
                    .withPropertyValues("marksign.max-retries=0");
        }
    }

    private ApplicationContextRunner runner(Boot boot) {
        return boot.runner().withPropertyValues("marksign.base-url=" + gateway.baseUrl());
    }

    private ApplicationContextRunner ofOneClient(Boot boot) {
        return runner(boot).withPropertyValues("marksign.access-token=s3cret-t0ken");
    }

    private static void call(MarkSignClient client) {
        catchThrowable(() -> client.smartIdSessions().remove("session-1"));
    }

    private static void call(ApplicationContext context) {
        call(context.getBean(MarkSignClient.class));
    }

    @ParameterizedTest
    @EnumSource
    void before_the_first_call_nothing_is_known_and_the_gateway_is_not_asked(Boot boot) {
        ofOneClient(boot).run(context -> {
            assertThat(boot.health(context)).isEqualTo(new Shown("UNKNOWN", Map.of()));
            assertThat(gateway.connectionsAccepted()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "200 OK, -1, UP, ''",
        "400 Bad Request, 40001, UP, ''",
        "400 Bad Request, 40020, UP, ''",
        "404 Not Found, 40402, UP, ''",
        "400 Bad Request, 12345, UP, ''",
        "400 Bad Request, 40003, DOWN, MarkSignAccessException",
        "403 Forbidden, 0, DOWN, MarkSignAccessException",
        "200 OK, 50001, DOWN, MarkSignUnavailableException",
        "429 Too Many Requests, 0, DOWN, MarkSignUnavailableException",
        "503 Busy, 0, DOWN, MarkSignUnavailableException",
        "200 OK, , DOWN, MarkSignUnexpectedResponseException",
        ", , DOWN, MarkSignConnectionException",
    })
    void the_last_call_says_how_the_gateway_is(String status, Integer code, String expected, String exception) {
        if (code != null) {
            String body = code == -1 ? RawGateway.OK : "{\"status\":\"error\",\"message\":\"session-1\"}";
            answer = RawGateway.response(status, code > 0 ? body.replace("}", ",\"error_code\":" + code + "}") : body);
        } else {
            answer = status == null ? "" : RawGateway.response(status, "<html>session-1 s3cret-t0ken</html>");
        }
        for (Boot boot : Boot.values()) {
            ofOneClient(boot).run(context -> {
                call(context);
                Shown shown = boot.health(context);
                assertThat(shown.status()).isEqualTo(expected);
                if (expected.equals("UP")) {
                    assertThat(shown.details()).containsOnlyKeys("lastServed");
                } else if (code != null && code > 0) {
                    assertThat(shown.details())
                            .containsOnlyKeys("lastFailure", "exception", "errorCode")
                            .containsEntry("exception", exception)
                            .containsEntry("errorCode", code);
                } else {
                    assertThat(shown.details())
                            .containsOnlyKeys("lastFailure", "exception")
                            .containsEntry("exception", exception);
                }
                assertThat(shown.details().toString()).doesNotContain("session-1", "s3cret-t0ken");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_gateway_that_serves_again_is_up_and_its_last_failure_still_told(Boot boot) {
        ofOneClient(boot).run(context -> {
            answer = RawGateway.response("503 Busy", "{\"status\":\"error\"}");
            call(context);
            assertThat(boot.health(context).status()).isEqualTo("DOWN");
            answer = OK;
            call(context);
            assertThat(boot.health(context).status()).isEqualTo("UP");
            assertThat(boot.health(context).details()).containsOnlyKeys("lastServed", "lastFailure", "exception");
            answer = "";
            call(context);
            assertThat(boot.health(context).status()).isEqualTo("DOWN");
            assertThat(boot.health(context).details())
                    .containsKey("lastServed")
                    .containsEntry("exception", "MarkSignConnectionException");
        });
    }

    @Test
    void a_failure_is_forgotten_after_a_minute_without_calls_but_a_success_is_not() {
        Instant[] now = {Instant.parse("2030-01-01T00:00:00Z")};
        LastOutcome outcome = new LastOutcome(() -> now[0]);

        outcome.failed(new MarkSignConnectionException("test", "lost", null, true));
        now[0] = now[0].plusSeconds(59);
        assertThat(outcome.health().level()).isEqualTo(LastOutcome.Level.DOWN);
        now[0] = now[0].plusSeconds(1);
        assertThat(outcome.health().level()).isEqualTo(LastOutcome.Level.UNKNOWN);
        assertThat(outcome.health().details())
                .containsEntry("lastFailure", "2030-01-01T00:00:00Z")
                .containsEntry("exception", "MarkSignConnectionException");

        outcome.served();
        now[0] = now[0].plus(Duration.ofDays(30));
        assertThat(outcome.health().level()).isEqualTo(LastOutcome.Level.UP);
        assertThat(outcome.health().details()).containsEntry("lastServed", "2030-01-01T00:01:00Z");
    }

    @ParameterizedTest
    @EnumSource
    void what_fails_on_this_side_says_nothing_of_the_gateway(Boot boot) {
        ofOneClient(boot).run(context -> {
            MarkSignClient client = context.getBean(MarkSignClient.class);
            assertThat(catchThrowable(() -> client.smartIdSessions().remove("../x")))
                    .isInstanceOf(IllegalArgumentException.class);
            Thread.currentThread().interrupt();
            assertThat(catchThrowable(() -> client.smartIdSessions().remove("session-1")))
                    .isInstanceOf(MarkSignConnectionException.class);
            assertThat(Thread.interrupted()).isTrue();
            answer = DOCUMENT;
            assertThat(catchThrowable(() -> client.documents().download("d-1", new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            throw new IOException("disk full");
                        }
                    })))
                    .isInstanceOf(java.io.UncheckedIOException.class);
            assertThat(boot.health(context)).isEqualTo(new Shown("UNKNOWN", Map.of()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_is_derived_counts_as_the_one_it_comes_from(Boot boot) {
        ofOneClient(boot).run(context -> {
            call(context.getBean(MarkSignClient.class).withAccessToken("another"));
            assertThat(boot.health(context).status()).isEqualTo("UP");
        });
    }

    @ParameterizedTest
    @EnumSource
    void each_of_several_clients_has_a_part_of_its_own(Boot boot) {
        runner(boot)
                .withPropertyValues(
                        "marksign.clients.sales.access-token=t",
                        "marksign.clients.hr.access-token=t",
                        "marksign.clients.hr.base-url=http://127.0.0.1:1")
                .run(context -> {
                    call(context.getBean("salesMarkSignClient", MarkSignClient.class));
                    call(context.getBean("hrMarkSignClient", MarkSignClient.class));
                    assertThat(boot.health(context, "sales").status()).isEqualTo("UP");
                    assertThat(boot.health(context, "hr").status()).isEqualTo("DOWN");
                    assertThat(catchThrowable(() -> boot.health(context, "default")))
                            .as("there is no client without a name")
                            .isInstanceOf(NullPointerException.class);
                });
        ofOneClient(boot).withPropertyValues("marksign.clients.hr.locale=EN").run(context -> {
            call(context);
            assertThat(boot.health(context, "default").status()).isEqualTo("UP");
            assertThat(boot.health(context, "hr").status()).isEqualTo("UNKNOWN");
        });
    }

    @ParameterizedTest
    @EnumSource
    void it_is_switched_off_like_any_other(Boot boot) {
        for (String off : new String[] {"management.health.marksign.enabled", "management.health.defaults.enabled"}) {
            ofOneClient(boot).withPropertyValues(off + "=false").run(context -> {
                assertThat(context).hasNotFailed().doesNotHaveBean("markSignHealthContributor");
                call(context);
                assertThat(gateway.requests()).isNotEmpty();
            });
        }
        ofOneClient(boot)
                .withPropertyValues(
                        "management.health.defaults.enabled=false", "management.health.marksign.enabled=true")
                .run(context -> assertThat(context).hasBean("markSignHealthContributor"));
        ofOneClient(boot)
                .withPropertyValues("marksign.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("markSignHealthContributor"));
    }

    @ParameterizedTest
    @EnumSource
    void the_calls_of_a_feign_client_count_as_those_of_the_client_without_a_name(Boot boot) {
        ofOneClient(boot)
                .run(context -> new ApplicationContextRunner()
                        .withParent(context)
                        .withUserConfiguration(MarkSignFeignConfiguration.class)
                        .withPropertyValues("marksign.access-token=t")
                        .run(child -> {
                            Contexts.feignClient(child, SmartIdSessionsApi.class, gateway.baseUrl())
                                    .removeSmartIdSession("session-1", new AccessTokenRequest());
                            assertThat(boot.health(context).status()).isEqualTo("UP");
                        }));
    }
}
