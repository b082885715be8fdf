package lt.marksign.client.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lt.marksign.client.gateway.MockGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the quick start in a separate process, because an exit code and an environment belong to a process. */
class QuickStartTest {
    @RegisterExtension
    static final MockGateway GATEWAY = new MockGateway();

    private record Run(int exitCode, String output) {}

    @Test
    void missing_gateway_settings_are_named() throws Exception {
        assertThat(run(Map.of(), MockGateway.SESSION))
                .isEqualTo(new Run(2, "Which gateway? Set MARKSIGN_BASE_URL and MARKSIGN_ACCESS_TOKEN"));
        assertThat(rejectionMessage(Map.of("MARKSIGN_ACCESS_TOKEN", "t"), MockGateway.SESSION))
                .isEqualTo("Which gateway? Set MARKSIGN_BASE_URL");
        assertThat(rejectionMessage(Map.of("MARKSIGN_BASE_URL", GATEWAY.baseUrl(), "MARKSIGN_ACCESS_TOKEN", " ")))
                .isEqualTo("Which gateway? Set MARKSIGN_ACCESS_TOKEN");
    }

    @Test
    void missing_session_and_person_or_invalid_country_is_rejected() {
        assertThat(rejectionMessage(environment()))
                .isEqualTo("Which session is to be removed? Give its id: -Dexec.args=SESSION_ID."
                        + " Or who is to log in? Set MARKSIGN_PERSONAL_CODE and MARKSIGN_COUNTRY");
        assertThat(rejectionMessage(environment("MARKSIGN_PERSONAL_CODE", "30303039914", "MARKSIGN_COUNTRY", "DE")))
                .isEqualTo("MARKSIGN_COUNTRY must be one of LT, LV, EE");
    }

    @Test
    void login_at_the_configured_gateway_is_confirmed_or_refused() throws Exception {
        Run confirmed = run(environment("MARKSIGN_PERSONAL_CODE", MockGateway.PERSONAL_CODE, "MARKSIGN_COUNTRY", "LT"));
        Run refused = run(environment(
                "MARKSIGN_PERSONAL_CODE", MockGateway.PERSONAL_CODE_THAT_REFUSES, "MARKSIGN_COUNTRY", "LT"));

        assertThat(confirmed.output()).contains("control code 4387").endsWith("TESTNUMBER OK");
        assertThat(confirmed.exitCode()).isZero();
        assertThat(refused.output()).contains("MarkSignUserException");
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @Test
    void quick_start_without_settings_runs_in_both_languages() throws Exception {
        Run run = run(Map.of());

        assertThat(run.exitCode()).isZero();
        assertThat(run.output().split("identified +TESTNUMBER OK")).hasSize(3);
        assertThat(run.output().split("removed ")).hasSize(3);
        assertThat(run.output()).contains("\"User refused\"", "\"Naudotojas atsisak");
    }

    @Test
    void session_is_removed_only_once_at_the_configured_gateway() throws Exception {
        Run first = run(environment(), MockGateway.SESSION);
        Run second = run(environment(), MockGateway.SESSION);

        assertThat(first.output()).contains("removed");
        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isEqualTo(1);
    }

    private static Map<String, String> environment(String... more) {
        Map<String, String> variables = new HashMap<>(
                Map.of("MARKSIGN_BASE_URL", GATEWAY.baseUrl(), "MARKSIGN_ACCESS_TOKEN", MockGateway.ACCESS_TOKEN));
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    private static String rejectionMessage(Map<String, String> environment, String... arguments) {
        return catchThrowableOfType(IllegalArgumentException.class, () -> QuickStart.run(arguments, environment::get))
                .getMessage();
    }

    private static Run run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dquickstart.interval=50",
                "-cp",
                System.getProperty("java.class.path"),
                QuickStart.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MARKSIGN_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String text = output.lines().collect(Collectors.joining("\n"));
            return new Run(process.waitFor(), text.strip());
        }
    }
}
