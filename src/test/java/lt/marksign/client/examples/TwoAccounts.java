package lt.marksign.client.examples;

import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.model.DocumentsQuery;

/** Counts the documents of two workspaces on shared connections. The argument is the access token of the second. */
public class TwoAccounts {
    public static void main(String[] args) {
        try (MarkSignClient first = MarkSignClient.fromEnv()) {
            // Derived from the first client: it has the same settings and connections, and is closed with it.
            MarkSignClient second = first.withAccessToken(args[0]);
            System.out.println(count(first));
            System.out.println(count(second));
        }
    }

    static String count(MarkSignClient client) {
        try {
            return client.workspace().documents(new DocumentsQuery()).count() + " documents";
        } catch (MarkSignAccessException e) {
            return "The gateway did not accept the token";
        }
    }
}
