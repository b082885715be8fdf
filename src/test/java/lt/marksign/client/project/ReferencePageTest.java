package lt.marksign.client.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import lt.marksign.client.gateway.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencePageTest {
    private final String page = Files.readString(Path.of("target", "reference", "index.html"));

    ReferencePageTest() throws IOException {}

    @Test
    void it_shows_the_spec_as_it_stands() throws IOException {
        String spec = Files.readString(Spec.FILE);

        assertThat(page.contains(spec)).isTrue();
    }

    // No assertion holds the page itself: it would print a megabyte and a half.
    @ParameterizedTest
    @ValueSource(strings = {"<link\\s", "<script[^>]*\\ssrc", "@import", "url\\([\"']?[^d\"'][^)]*\\).*</style>"})
    void it_loads_nothing(String pattern) {
        boolean found = Pattern.compile(pattern, Pattern.DOTALL).matcher(page).find();

        assertThat(found).isFalse();
    }
}
