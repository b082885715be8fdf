package lt.marksign.client.gateway;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignResponseException;

/** Clients of a {@link RawGateway}, for tests. */
public final class Clients {
    private Clients() {}

    /** Returns a client with minimal pauses between retries. */
    public static MarkSignClientBuilder builder(RawGateway gateway) {
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl(gateway.baseUrl())
                .retryBackoff(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    /** Returns the exception that a removal throws, or null. */
    public static MarkSignException failure(MarkSignClientBuilder builder) {
        try (MarkSignClient client = builder.build()) {
            return catchThrowableOfType(
                    MarkSignException.class, () -> client.smartIdSessions().remove("session-1"));
        }
    }

    /** Returns everything that an exception shows, except its excerpt, which is not redacted. */
    public static String everythingIn(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        if (thrown instanceof MarkSignApiException refusal) {
            text.append(refusal.gatewayMessage());
        }
        if (thrown instanceof MarkSignResponseException failure) {
            text.append(failure.headers().toString());
        }
        return text.toString();
    }
}
