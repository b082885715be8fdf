package lt.marksign.client.examples;

import java.time.Duration;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SmartIdAuthenticationRequest;

/** Logs a person in with Smart-ID. The argument is the personal code. */
public class LogIn {
    public static void main(String[] args) {
        try (MarkSignClient client = MarkSignClient.fromEnv()) {
            logIn(client, args[0]);
        }
    }

    static void logIn(MarkSignClient client, String personalCode) {
        try {
            Session<Identification> login = client.smartIdSessions()
                    .authenticate(new SmartIdAuthenticationRequest()
                            .code(personalCode)
                            .country(Country.LT));
            System.out.println("Compare with your phone: " + login.controlCode().orElse("no code"));
            Identification person = login.await(Duration.ofMinutes(2));
            System.out.println("Welcome, " + person.getName());
        } catch (MarkSignValidationException e) {
            System.out.println("Please correct this field: " + e.field() + " " + e.rule());
        } catch (MarkSignUserException e) {
            System.out.println("You can solve this: " + e.gatewayMessage());
        } catch (MarkSignException e) {
            System.out.println(e.getMessage());
            if (e.outcomeUnknown()) {
                System.out.println("If your phone shows a prompt, refuse it.");
            }
        }
    }
}
