package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hiding secrets takes no longer for a text that was made to take long. */
class SecretsTimeTest {
    private final Secrets secrets =
            new Secrets(List.of("s3cret-t0ken/52900c96", "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f"));

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(strings = {"x", "1c5cd62c-", "1", "123456-1234", " "})
    void a_megabyte_is_cut(String piece) {
        assertThat(secrets.hideIn(piece.repeat(1024 * 1024 / piece.length()))).hasSizeLessThan(5000);
    }

    @Test
    void a_secret_at_the_place_of_the_cut_is_hidden() {
        for (int before = 4050; before < 4100; before++) {
            String text =
                    secrets.hideIn("x".repeat(before) + "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f" + "y".repeat(5000));

            assertThat(text).doesNotContain("1c5cd").hasSizeLessThan(5000);
        }
    }

    @Test
    @Timeout(20)
    void exceptions_in_a_circle_are_looked_at_once() {
        IOException first = new IOException("first");
        IOException second = new IOException("second", first);
        first.initCause(second);
        first.addSuppressed(second);

        assertThat(secrets.hideIn(first)).isSameAs(first);
    }
}
