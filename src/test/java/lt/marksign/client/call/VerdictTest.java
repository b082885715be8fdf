package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import lt.marksign.client.call.Verdict.Meaning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "none",
            value = {
                "{\"status\":\"error\",\"message\":\"said so\",\"error_code\":40003} | said so | 40003",
                "{\"error_code\":\"40003\",\"message\":{\"a\": [1, 2]},\"status\":\"error\"} | ~~ | 40003",
                "{\"status\":\"error\",\"message\":[\"a\"]} | ~~ | none",
                "{\"status\":\"error\",\"message\":12,\"error_code\":null} | 12 | none",
                "{\"status\":\"error\",\"message\":null,\"error_code\":-1} | ~~ | -1",
                "{\"status\":\"error\",\"error_code\":99999999999} | ~~ | none",
                "{\"status\":\"error\",\"error_code\":4.5} | ~~ | none",
                "{\"status\":\"error\",\"error\":{\"message\":\"the framework's\"},\"message\":\"own\"} | own | none",
                "{\"status\":\"ok\",\"message\":\"outer\",\"error_code\":40003,\"data\":{\"status\":\"error\"}}"
                        + " | outer | 40003",
                "{\"status\":\"ok\",\"error_code\":40003,\"data\":"
                        + "{\"status\":\"error\",\"message\":\"inner\",\"error_code\":40401}} | inner | 40401",
            })
    void a_refusal_keeps_a_scalar_message_and_its_code(String body, String text, Integer code) {
        Verdict verdict = Verdict.read(400, body.getBytes(StandardCharsets.UTF_8), Set.of("ok"));

        assertThat(verdict.meaning()).isEqualTo(Meaning.REFUSED);
        assertThat(verdict.text()).isEqualTo(text);
        assertThat(verdict.errorCode().isPresent() ? verdict.errorCode().getAsInt() : null)
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | the body is empty",
                "[] | the body is not a JSON object",
                "{} | the body has no status",
                "{\"status\":null} | the body has no status",
                "{\"status\":\"done\"} | the body's status is neither ok nor error",
                "{\"status\":\"ok\"} | the body says ok, the HTTP status does not",
                "{\"error\":{\"code\":500,\"message\":\"Internal\"}} | the body has no status",
                "{\"error\":{\"message\":{\"a\":1},\"code\":500}} | the body has no status",
                "{\"error\":\"Internal\"} | the body has no status",
                "{\"a\":1}{} | the body is more than one JSON object",
                "{\"a\":1 | the body is not well-formed JSON, with no key twice and at most 500 levels",
            })
    void unexpected_response_gives_the_reason(String body, String reason) {
        Verdict verdict = Verdict.read(500, body.getBytes(StandardCharsets.UTF_8), Set.of("ok"));

        assertThat(verdict.meaning()).isEqualTo(Meaning.UNEXPECTED);
        assertThat(verdict.text()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void interrupt_does_not_disturb_reading_from_memory(int extra) {
        byte[] body = ("{\"status\":\"ok\",\"extra\":\"" + "ž".repeat(extra) + "\"}").getBytes(StandardCharsets.UTF_8);
        Thread.currentThread().interrupt();
        try {
            assertThat(Verdict.read(200, body, Set.of("ok")).meaning()).isEqualTo(Meaning.OK);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void malformed_utf_8_is_unexpected(int extra) {
        byte[] body = ("{\"status\":\"ok\",\"extra\":\"" + "a".repeat(extra) + "\u00e9\"}")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Verdict.read(200, body, Set.of("ok")).text()).isEqualTo("the body is not UTF-8");
    }
}
