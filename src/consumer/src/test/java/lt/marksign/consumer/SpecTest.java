package lt.marksign.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.Gateway;
import org.junit.jupiter.api.Test;

class SpecTest {
    @Test
    void spec_in_the_jar_equals_the_spec_artifact() throws IOException {
        try (InputStream inTheJar = MarkSignClient.class.getResourceAsStream("/META-INF/openapi/marksign.yaml")) {
            assertThat(inTheJar).hasSameContentAs(Files.newInputStream(Path.of(System.getProperty("marksign.spec"))));
        }
    }

    @Test
    void spec_version_matches_the_library_version() {
        assertThat(System.getProperty("marksign.version"))
                .isIn(Gateway.SPEC_VERSION, Gateway.SPEC_VERSION + "-SNAPSHOT");
    }
}
