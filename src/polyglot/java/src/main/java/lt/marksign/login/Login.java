package lt.marksign.login;

import java.util.Optional;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SmartIdAuthenticationRequest;

/** {@code java -m lt.marksign.remove/lt.marksign.login.Login PERSONAL_CODE COUNTRY} */
final class Login {
    public static void main(String[] args) throws InterruptedException {
        try (MarkSignClient client = MarkSignClient.fromEnv().withLocale(MarkSignLocale.EN)) {
            Session<Identification> session = client.smartIdSessions()
                    .authenticate(
                            new SmartIdAuthenticationRequest().code(args[0]).country(Country.valueOf(args[1])));
            // The person compares this code with the one on the phone.
            System.out.println("control code " + session.controlCode().orElse("-"));

            // An application that prints nothing in between can call session.await() instead.
            Optional<Identification> person = session.poll();
            while (person.isEmpty()) {
                System.out.println("waiting");
                Thread.sleep(1000);
                person = session.poll();
            }
            System.out.println(person.get().getName() + " " + person.get().getSurname());
        } catch (MarkSignApiException e) {
            String code =
                    e.errorCode().isPresent() ? String.valueOf(e.errorCode().getAsInt()) : "-";
            System.out.println("refused " + e.httpStatus() + " " + code + " " + e.gatewayMessage());
        }
    }
}
