package lt.marksign.client.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import lt.marksign.client.MarkSignClientBuilder;
import org.junit.jupiter.api.Test;

class JavadocTest {
    private static final Pattern SETTING =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public MarkSignClientBuilder (\\w+)\\(", Pattern.DOTALL);

    /** The Javadoc summary shows only the first sentence. */
    @Test
    void first_javadoc_sentence_of_each_setting_states_its_default() throws IOException {
        String builder = Files.readString(
                Path.of("src", "main", "java", "lt", "marksign", "client", "MarkSignClientBuilder.java"));
        List<String> settings = SETTING.matcher(builder)
                .results()
                .map(setting -> setting.group(2) + ": "
                        + setting.group(1).replaceAll("[\\s*]+", " ").replaceFirst("\\. .*", "."))
                .toList();

        assertThat(settings)
                .hasSameSizeAs(List.of(MarkSignClientBuilder.class.getMethods()).stream()
                        .filter(method -> method.getReturnType() == MarkSignClientBuilder.class)
                        .toList())
                .allSatisfy(setting -> assertThat(setting).containsPattern("default|required|in place of a fixed one"));
    }
}
