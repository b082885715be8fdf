package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that redaction takes no longer for a text that is made to slow it down. */
class SecretsTimeTest {
    private final Secrets secrets =
            new Secrets(List.of("s3cret-t0ken/52900c96", "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f"));

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(strings = {"x", "1c5cd62c-", "1", "123456-1234", " "})
    void text_of_a_megabyte_is_truncated(String piece) {
        assertThat(secrets.hideIn(piece.repeat(1024 * 1024 / piece.length()))).hasSizeLessThan(5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signer", "ona", "signer7@example", "%", "q", "ąčę "})
    void redaction_of_3000_secrets_is_fast(String piece) {
        List<String> people = IntStream.range(0, 1000)
                .boxed()
                .flatMap(i -> Stream.of("Ona" + i, "Signeraitė" + i, "signer" + i + "@example.org"))
                .toList();
        // Processor time, because other processes may keep the machine busy.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        Secrets many = new Secrets(people);
        String header = piece.repeat(4000 / piece.length());
        for (int i = 0; i < 60; i++) {
            assertThat(many.hideIn(header + " ONA7 to Signeraitė999, signer12%40example.org"))
                    .isEqualTo(header + " *** to ***, ***");
        }
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "Ona Onaitė Ona, *** *** ***",
        "Onaxx onaitėxx, Onaxx onaitėxx",
        "Annabellatrix annabellatriX2 x, *** *** x",
        "annabella x, annabella x",
        "😀😁longer 😀😂longer, *** 😀😂longer",
    })
    void longest_of_secrets_with_a_common_prefix_is_redacted(String text, String hidden) {
        Secrets alike =
                new Secrets(List.of("Ona", "Onaitė", "Annabellatrix", "annabellatrix2", "😀😁longer", "😀other one"));

        assertThat(alike.hideIn(text)).isEqualTo(hidden);
    }

    @Test
    void secret_at_the_truncation_point_is_redacted() {
        for (int before = 4050; before < 4100; before++) {
            String text =
                    secrets.hideIn("x".repeat(before) + "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f" + "y".repeat(5000));

            assertThat(text).doesNotContain("1c5cd").hasSizeLessThan(5000);
        }
    }

    @Test
    @Timeout(20)
    void redaction_terminates_on_a_cyclic_cause_chain() {
        IOException first = new IOException("first");
        IOException second = new IOException("second", first);
        first.initCause(second);
        first.addSuppressed(second);

        assertThat(secrets.hideIn(first)).isSameAs(first);
    }
}
