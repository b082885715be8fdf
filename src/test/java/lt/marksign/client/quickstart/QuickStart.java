package lt.marksign.client.quickstart;

import com.github.tomakehurst.wiremock.http.LoggedResponse;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.gateway.GatewayInABox;

/**
 * Removes sessions for a person to watch: without settings and argument at the gateway in a box, in both
 * languages; with {@code MARKSIGN_BASE_URL} and {@code MARKSIGN_ACCESS_TOKEN} set and a session id as argument, at that gateway.
 */
public final class QuickStart {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final String REMOVED = "removed";
    private static final List<String> VARIABLES = List.of("MARKSIGN_BASE_URL", "MARKSIGN_ACCESS_TOKEN");

    private QuickStart() {}

    /** Runs it; exits with 1 when a removal that should work fails, with 2 when the settings are wrong. */
    public static void main(String[] args) {
        int exitCode = run(args, System::getenv);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    static int run(String[] args, UnaryOperator<String> environment) {
        List<String> missing = VARIABLES.stream()
                .filter(name -> environment.apply(name) == null
                        || environment.apply(name).isBlank())
                .toList();
        boolean demonstrate = args.length == 0 && missing.equals(VARIABLES);
        try {
            boolean worked = demonstrate ? removeAtTheGatewayInABox() : removeAtTheGatewayOf(missing, args);
            return worked ? 0 : 1;
        } catch (IllegalStateException | IllegalArgumentException e) {
            OUT.println(e.getMessage());
            return 2;
        }
    }

    private static boolean removeAtTheGatewayOf(List<String> missing, String[] args) {
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Which gateway? Set " + String.join(" and ", missing));
        }
        if (args.length != 1) {
            throw new IllegalArgumentException("Which session? Give its id: -Dexec.args=SESSION_ID");
        }
        try (MarkSignClient client = MarkSignClient.fromEnv()) {
            OUT.println(client);
            String outcome = remove(client, args[0]);
            row("outcome", outcome);
            return outcome.equals(REMOVED);
        }
    }

    private static boolean removeAtTheGatewayInABox() {
        try (GatewayInABox gateway = new GatewayInABox().start();
                MarkSignClient client = MarkSignClient.builder()
                        .accessToken(GatewayInABox.ACCESS_TOKEN)
                        .baseUrl(gateway.baseUrl())
                        .build()) {
            boolean english = removeTwice(gateway, client.withLocale(MarkSignLocale.EN), GatewayInABox.SESSION);
            boolean lithuanian =
                    removeTwice(gateway, client.withLocale(MarkSignLocale.LT), GatewayInABox.OTHER_SESSION);
            return english && lithuanian;
        }
    }

    private static boolean removeTwice(GatewayInABox gateway, MarkSignClient client, String sessionId) {
        OUT.println(client);
        String first = remove(client, sessionId);
        show(gateway, sessionId, first);
        String second = remove(client, sessionId);
        show(gateway, sessionId, second);
        return first.equals(REMOVED) && !second.equals(REMOVED);
    }

    private static String remove(MarkSignClient client, String sessionId) {
        try {
            client.smartIdSessions().remove(sessionId);
            return REMOVED;
        } catch (MarkSignApiException e) {
            return e.getClass().getSimpleName() + ", \"" + e.gatewayMessage() + "\"";
        } catch (MarkSignException e) {
            return e.getClass().getSimpleName() + ", " + e.getMessage();
        }
    }

    private static void show(GatewayInABox gateway, String sessionId, String outcome) {
        ServeEvent exchange = gateway.server().getAllServeEvents().get(0);
        LoggedRequest request = exchange.getRequest();
        LoggedResponse response = exchange.getResponse();
        row("sent", request.getMethod() + " " + mask(request.getUrl(), sessionId));
        row("", mask(request.getBodyAsString(), GatewayInABox.ACCESS_TOKEN));
        row("answered", "HTTP " + response.getStatus() + " " + response.getBodyAsString());
        row("outcome", outcome);
        OUT.println();
    }

    private static String mask(String text, String secret) {
        return text.replace(secret, secret.substring(0, 4) + "…");
    }

    private static void row(String label, String text) {
        OUT.printf("  %-10s%s%n", label, text);
    }
}
