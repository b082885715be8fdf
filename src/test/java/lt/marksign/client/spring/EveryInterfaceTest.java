package lt.marksign.client.spring;

import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.stream.Stream;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Tests each operation as a bean of Spring Boot, and as a Feign client of Spring Cloud. */
class EveryInterfaceTest {
    static Stream<GeneratedCall> calls() {
        return GeneratedCall.all();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void spring_boot_bean_calls_the_operation_and_rejects_invalid_input(GeneratedCall call) throws IOException {
        check(call, Contexts.boot(), (context, baseUrl) -> context.getBean(call.api()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void feign_client_calls_the_operation_and_rejects_invalid_input(GeneratedCall call) throws IOException {
        check(call, Contexts.cloud(), (context, baseUrl) -> Contexts.feignClient(context, call.api(), baseUrl));
    }

    private interface ApiSource {
        ApiClient.Api get(ApplicationContext context, String baseUrl);
    }

    private static void check(GeneratedCall call, ApplicationContextRunner runner, ApiSource source)
            throws IOException {
        try (RawGateway gateway = new RawGateway(
                (request, connection) -> send(connection, call.kind().successResponse()))) {
            runner.withPropertyValues("marksign.access-token=s3cret-t0ken", "marksign.base-url=" + gateway.baseUrl())
                    .run(context -> {
                        ApiClient.Api bean = source.get(context, gateway.baseUrl());
                        if (call.requestSchema().isPresent() && !call.isForm()) {
                            assertThatIllegalArgumentException()
                                    .isThrownBy(() -> call.invoke(bean, null))
                                    .withMessage("request must not be null");
                        }
                        if (!call.requestBody(false).isEmpty()) {
                            assertThatIllegalArgumentException()
                                    .isThrownBy(() -> call.invoke(bean, new JsonObject()))
                                    .withMessageMatching(
                                            ".* must (not be null or blank|be given, exactly one of them)");
                        }
                        assertThat(gateway.connectionsAccepted()).isZero();

                        assertThat(call.invoke(bean, call.requestBody(true))).isNotNull();
                        assertThat(gateway.requests()).singleElement().satisfies(request -> {
                            assertThat(request.head() + request.text()).containsOnlyOnce("s3cret-t0ken");
                            assertThat(request.header("Authorization"))
                                    .isEqualTo(call.hasTokenInHeader() ? "Bearer s3cret-t0ken" : "");
                        });
                    });
        }
    }
}
