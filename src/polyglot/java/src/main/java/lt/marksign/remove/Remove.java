package lt.marksign.remove;

import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignApiException;

/** {@code java -m lt.marksign.remove/lt.marksign.remove.Remove en SESSION_ID} */
final class Remove {
    public static void main(String[] args) {
        MarkSignLocale language = MarkSignLocale.valueOf(args[0].toUpperCase());
        try (MarkSignClient client = MarkSignClient.fromEnv().withLocale(language)) {
            client.smartIdSessions().remove(args[1]);
            System.out.println("removed");
        } catch (MarkSignApiException e) {
            String code =
                    e.errorCode().isPresent() ? String.valueOf(e.errorCode().getAsInt()) : "-";
            System.out.println("refused " + e.httpStatus() + " " + code + " " + e.gatewayMessage());
        }
    }
}
