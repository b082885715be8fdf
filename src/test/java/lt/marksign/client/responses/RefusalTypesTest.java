package lt.marksign.client.responses;

import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.OptionalInt;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTypesTest {
    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "40001, MarkSignRequestException",
        "40003, MarkSignAccessException",
        "40004, MarkSignRequestException",
        "40005, MarkSignRequestException",
        "40020, MarkSignUserException",
        "40021, MarkSignUserException",
        "40022, MarkSignRequestException",
        "40401, MarkSignUserException",
        "40402, MarkSignNotFoundException",
        "40403, MarkSignUserException",
        "40801, MarkSignUserException",
        "50000, MarkSignUnavailableException",
        "50001, MarkSignUnavailableException",
        "50002, MarkSignUnavailableException",
        "50003, MarkSignAccessException",
        "50004, MarkSignAccessException",
        "0, MarkSignApiException",
        "49999, MarkSignApiException",
        "-1, MarkSignApiException",
    })
    void error_code_selects_the_exception_type_and_is_kept(int code, String type) throws IOException {
        MarkSignApiException refusal =
                refusal("400 Bad Request", "{\"status\":\"error\",\"message\":\"m\",\"error_code\":" + code + "}");

        assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
        assertThat(refusal.errorCode()).hasValue(code);
        assertThat(refusal.gatewayMessage()).isEqualTo("m");
        assertThat(refusal.httpStatus()).isEqualTo(400);
    }

    @ParameterizedTest(name = "HTTP {0} becomes {1}")
    @CsvSource({
        "200, MarkSignApiException",
        "302, MarkSignApiException",
        "400, MarkSignApiException",
        "401, MarkSignAccessException",
        "403, MarkSignAccessException",
        "404, MarkSignNotFoundException",
        "422, MarkSignApiException",
        "429, MarkSignUnavailableException",
        "500, MarkSignUnavailableException",
        "503, MarkSignUnavailableException",
        "599, MarkSignUnavailableException",
    })
    void http_status_selects_the_exception_type_without_an_error_code(int status, String type) throws IOException {
        MarkSignApiException refusal = refusal(status + " Whatever", "{\"status\":\"error\",\"message\":\"m\"}");

        assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
        assertThat(refusal.errorCode()).isEmpty();
        assertThat(refusal.httpStatus()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, 401, MarkSignAccessException", "49999, 404, MarkSignNotFoundException"})
    void http_status_selects_the_exception_type_of_an_unknown_error_code(int code, int status, String type)
            throws IOException {
        MarkSignApiException refusal = refusal(status + " No", "{\"status\":\"error\",\"error_code\":" + code + "}");

        assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
        assertThat(refusal.errorCode()).hasValue(code);
    }

    @ParameterizedTest
    @CsvSource({"40003, 500, MarkSignAccessException", "50000, 401, MarkSignUnavailableException"})
    void known_error_code_overrides_the_http_status(int code, int status, String type) {
        MarkSignApiException refusal = MarkSignApiException.of("call", "m", OptionalInt.of(code), status, false);

        assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
    }

    private static MarkSignApiException refusal(String status, String body) throws IOException {
        try (RawGateway gateway = RawGateway.responding(response(status, body));
                MarkSignClient client = MarkSignClient.builder()
                        .baseUrl(gateway.baseUrl())
                        .accessToken("token")
                        .maxRetries(0)
                        .build()) {
            return catchThrowableOfType(
                    MarkSignApiException.class, () -> client.smartIdSessions().remove("s-1"));
        }
    }
}
