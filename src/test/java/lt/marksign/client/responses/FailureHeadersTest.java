package lt.marksign.client.responses;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.Clients.failure;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import feign.Headers;
import feign.Param;
import feign.RequestLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignResponseException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests access to the headers of a response after a failure. */
class FailureHeadersTest {
    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"error\"}", "<html>"})
    void refusal_and_unexpected_response_have_headers_and_retry_after(String body) throws IOException {
        try (RawGateway gateway = RawGateway.responding(
                response("429 Slow", body, "CF-RAY: 8f-VNO", "Retry-After: 90", "X-A: 1", "X-A: 2"))) {
            assertThat(failure(builder(gateway).maxRetries(0)))
                    .isInstanceOfSatisfying(MarkSignResponseException.class, e -> {
                        assertThat(e.httpStatus()).isEqualTo(429);
                        assertThat(e.headers().get("cf-ray")).containsExactly("8f-VNO");
                        assertThat(e.headers().get("X-a")).containsExactly("1", "2");
                        assertThat(e.headers()).doesNotContainKey("X-B");
                        assertThat(e.retryAfter()).contains(Duration.ofSeconds(90));
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "Fri, 23 Nov 1990 13:00:00 GMT"})
    void invalid_or_past_retry_after_is_empty(String retryAfter) throws IOException {
        try (RawGateway gateway =
                RawGateway.responding(response("500 Broken", "<html>", "Retry-After: " + retryAfter))) {
            assertThat(failure(builder(gateway)))
                    .isInstanceOfSatisfying(
                            MarkSignResponseException.class,
                            e -> assertThat(e.retryAfter()).isEmpty());
        }
    }

    /** An interface as the generator would write it for another operation. */
    interface Lists extends ApiClient.Api {
        @RequestLine("DELETE /api/smartid/session/{id}")
        @Headers("Content-Type: application/json")
        List<String> list(@Param("id") String id, Map<String, String> body);
    }

    @Test
    void undecodable_ok_has_redacted_headers_in_its_exception() throws IOException {
        try (RawGateway gateway =
                        RawGateway.responding(response("200 OK", OK, "CF-RAY: 8f-VNO", "X-Echo: session-1 and token"));
                MarkSignClient client = builder(gateway).build()) {
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> client.api(Lists.class).list("session-1", Map.of()))
                    .satisfies(e -> assertThat(e.headers().get("cf-ray")).containsExactly("8f-VNO"))
                    .satisfies(e -> assertThat(e.headers().get("x-echo")).containsExactly("*** and ***"));
        }
    }

    @Test
    void retry_after_date_is_relative_to_the_date_of_the_response() throws IOException {
        String inSixtyYears = "Fri, 24 Nov 2090 12:00:00 GMT";
        try (RawGateway gateway = RawGateway.respondingInTurn(
                response("503 Busy", "<html>", "Date: " + inSixtyYears, "Retry-After: " + inSixtyYears),
                response("200 OK", OK))) {
            assertThat(failure(builder(gateway))).isNull();
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    @Test
    void constructed_exception_has_optional_serializable_headers() throws Exception {
        List<String> values = new ArrayList<>(List.of("v"));
        List<MarkSignResponseException> exceptions = List.of(
                MarkSignApiException.of("call", "m", OptionalInt.empty(), 503, false),
                new MarkSignUnexpectedResponseException("call", "reason", 503, "excerpt", true));
        exceptions.forEach(e -> e.withResponse(Map.of("Name", values), Optional.of(Duration.ofSeconds(7))));
        values.add("w");
        for (MarkSignResponseException made : exceptions) {
            for (MarkSignResponseException e : List.of(made, serializedCopy(made))) {
                assertThat(e.httpStatus()).isEqualTo(503);
                assertThat(e.headers().get("name")).containsExactly("v");
                assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
                assertThatExceptionOfType(UnsupportedOperationException.class)
                        .isThrownBy(() -> e.headers().clear());
            }
        }
        assertThat(MarkSignApiException.of("call", "m", OptionalInt.empty(), 400, false)
                        .headers())
                .isEmpty();
        assertThat(new MarkSignUnexpectedResponseException("call", "reason", 502, "", true).retryAfter())
                .isEmpty();
    }

    private static MarkSignResponseException serializedCopy(MarkSignResponseException e) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (MarkSignResponseException) in.readObject();
        }
    }
}
