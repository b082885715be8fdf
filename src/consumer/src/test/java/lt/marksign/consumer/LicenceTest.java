package lt.marksign.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarFile;
import lt.marksign.client.MarkSignClient;
import org.junit.jupiter.api.Test;

class LicenceTest {
    @Test
    void jar_contains_the_licence_and_the_notice() throws IOException {
        URL classFile = MarkSignClient.class.getResource("MarkSignClient.class");
        try (JarFile jar = ((JarURLConnection) classFile.openConnection()).getJarFile()) {
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License", "Version 2.0");
            assertThat(text(jar, "META-INF/NOTICE"))
                    .startsWith("Mark Sign client\n")
                    .contains("Copyright");
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getJarEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
