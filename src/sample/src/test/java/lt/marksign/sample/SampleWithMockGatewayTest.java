package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleWithMockGatewayTest {
    @Test
    void the_command_ends_if_the_port_is_taken(@TempDir Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            Process command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            SampleWithMockGateway.class.getName(),
                            "--server.port=" + taken.getLocalPort())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(command.waitFor(2, TimeUnit.MINUTES))
                        .as(Files.readString(output))
                        .isTrue();
                assertThat(command.exitValue()).isNotZero();
                assertThat(Files.readString(output)).contains("already in use");
            } finally {
                command.destroyForcibly();
            }
        }
    }
}
