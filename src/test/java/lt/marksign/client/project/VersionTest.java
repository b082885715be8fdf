package lt.marksign.client.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the spec, the README and the poms have the same version. */
class VersionTest {
    private static final String VERSION = firstIn(Path.of("pom.xml"), "^  <version>(.*)</version>$");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<artifactId>marksign-client</artifactId>\\s*<version>(.*?)</version>");
    private static final Pattern GRADLE = Pattern.compile("lt\\.marksign:marksign-client:(.*?)\"");
    private static final Pattern PROPERTY = Pattern.compile("<marksign.version>(.*?)</marksign.version>");

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String firstIn(Path file, String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(read(file))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Path> filesWithAVersion() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src"))) {
            List<Path> poms = folders.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .filter(pom -> read(pom).contains("<artifactId>marksign-client</artifactId>"))
                    .toList();
            return Stream.concat(Stream.of(Path.of("README.md")), poms.stream());
        }
    }

    @Test
    void the_spec_has_the_version_of_the_project() {
        String spec = firstIn(Path.of("openapi", "marksign.yaml"), "^  version: *(.*)$");

        assertThat(VERSION)
                .as("The version of openapi/marksign.yaml is %s, that of pom.xml %s", spec, VERSION)
                .isIn(spec, spec + "-SNAPSHOT");
    }

    @ParameterizedTest
    @MethodSource("filesWithAVersion")
    void readme_and_poms_name_the_project_version(Path file) {
        String text = read(file);
        List<String> versions = Stream.of(DEPENDENCY, GRADLE, PROPERTY)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(found -> found.group(1))
                .filter(version -> !version.equals("${marksign.version}"))
                .toList();

        assertThat(versions).isNotEmpty().containsOnly(VERSION);
    }
}
