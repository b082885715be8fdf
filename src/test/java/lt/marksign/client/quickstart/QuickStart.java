package lt.marksign.client.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.gateway.MockGateway;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SmartIdAuthenticationRequest;

/**
 * Demonstrates logins with Smart-ID and removals of a session. Without settings, it uses the mock gateway, in both languages.
 * With {@code MARKSIGN_BASE_URL} and {@code MARKSIGN_ACCESS_TOKEN}, it uses that gateway. An argument is the id of a session to
 * remove. Without an argument, it asks the person of {@code MARKSIGN_PERSONAL_CODE} and {@code MARKSIGN_COUNTRY} to log in.
 */
public final class QuickStart {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final String URL = "MARKSIGN_BASE_URL";
    private static final String TOKEN = "MARKSIGN_ACCESS_TOKEN";
    private static final String CODE = "MARKSIGN_PERSONAL_CODE";
    private static final String COUNTRY = "MARKSIGN_COUNTRY";

    /** Longer than a prompt is valid. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private QuickStart() {}

    /** Runs the quick start. Exits with 1 if a step fails that should work, and with 2 if the settings are invalid. */
    public static void main(String[] args) {
        try {
            if (!run(args, System::getenv)) {
                System.exit(1);
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            OUT.println(e.getMessage());
            System.exit(2);
        }
    }

    static boolean run(String[] args, UnaryOperator<String> environment) {
        List<String> missing = missing(environment, URL, TOKEN);
        if (args.length == 0 && missing.size() == 2) {
            return atTheMockGateway();
        }
        require("Which gateway? Set ", missing);
        if (args.length == 1) {
            try (MarkSignClient client = MarkSignClient.fromEnv()) {
                OUT.println(client);
                return remove(() -> client.smartIdSessions().remove(args[0]));
            }
        }
        require(
                "Which session is to be removed? Give its id: -Dexec.args=SESSION_ID. Or who is to log in? Set ",
                missing(environment, CODE, COUNTRY));
        Country country = country(environment.apply(COUNTRY));
        try (MarkSignClient client = MarkSignClient.fromEnv()) {
            OUT.println(client);
            return logIn(client, environment.apply(CODE), country, interval(2_000));
        }
    }

    private static Country country(String value) {
        return Arrays.stream(Country.values())
                .filter(one -> one.getValue().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(COUNTRY + " must be one of "
                        + Arrays.stream(Country.values()).map(Country::getValue).collect(Collectors.joining(", "))));
    }

    /** Returns the pause between two dots. The default is long enough to be seen; a test sets a shorter one. */
    private static Duration interval(int milliseconds) {
        return Duration.ofMillis(Integer.getInteger("quickstart.interval", milliseconds));
    }

    private static List<String> missing(UnaryOperator<String> environment, String... variables) {
        return Arrays.stream(variables)
                .filter(name -> environment.apply(name) == null
                        || environment.apply(name).isBlank())
                .toList();
    }

    private static void require(String question, List<String> missing) {
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(question + String.join(" and ", missing));
        }
    }

    private static boolean atTheMockGateway() {
        boolean worked = true;
        try (MockGateway gateway = new MockGateway().start();
                MarkSignClient client = MarkSignClient.builder()
                        .accessToken(MockGateway.ACCESS_TOKEN)
                        .baseUrl(gateway.baseUrl())
                        .build()) {
            for (MarkSignLocale locale : MarkSignLocale.values()) {
                MarkSignClient speaking = client.withLocale(locale);
                OUT.println(speaking);
                worked &= logIn(speaking, MockGateway.PERSONAL_CODE, Country.LT, interval(400));
                worked &= giveUp(speaking);
                worked &= !logIn(speaking, MockGateway.PERSONAL_CODE_THAT_REFUSES, Country.LT, interval(400));
                OUT.println();
            }
        }
        return worked;
    }

    private static boolean logIn(MarkSignClient client, String personalCode, Country country, Duration interval) {
        try {
            Session<Identification> login = client.smartIdSessions()
                    .authenticate(new SmartIdAuthenticationRequest()
                            .code(personalCode)
                            .country(country));
            row("begun", login + ", control code " + login.controlCode().orElse("none"));
            OUT.printf("  %-11s", "waiting");
            Optional<Identification> person = wait(login, interval);
            OUT.println();
            if (person.isEmpty()) {
                row("given up", "nothing happened within " + LONGEST.toMinutes() + " minutes");
                remove(login::remove);
                return false;
            }
            row("identified", person.get().getName() + " " + person.get().getSurname());
            return true;
        } catch (MarkSignException e) {
            OUT.println();
            row("failed", describe(e));
            return false;
        }
    }

    /** Does the same as {@code await}, and also prints dots. */
    private static Optional<Identification> wait(Session<Identification> login, Duration interval) {
        long end = System.nanoTime() + LONGEST.toNanos();
        Optional<Identification> person = login.poll();
        while (person.isEmpty() && System.nanoTime() < end) {
            OUT.print('.');
            OUT.flush();
            try {
                Thread.sleep(interval.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return person;
            }
            person = login.poll();
        }
        return person;
    }

    private static boolean giveUp(MarkSignClient client) {
        Session<Identification> login = client.smartIdSessions()
                .authenticate(new SmartIdAuthenticationRequest()
                        .code(MockGateway.PERSONAL_CODE)
                        .country(Country.LT));
        row("begun", login.toString());
        return remove(login::remove);
    }

    private static boolean remove(Runnable removal) {
        try {
            removal.run();
            row("removed", "the prompt leads nowhere");
            return true;
        } catch (MarkSignException e) {
            row("failed", describe(e));
            return false;
        }
    }

    private static String describe(MarkSignException e) {
        String name = e.getClass().getSimpleName();
        return e instanceof MarkSignApiException refusal
                ? name + ", \"" + refusal.gatewayMessage() + "\""
                : name + ", " + e.getMessage();
    }

    private static void row(String label, String text) {
        OUT.printf("  %-11s%s%n", label, text);
    }
}
