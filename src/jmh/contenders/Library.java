import java.net.URI;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.jmh.Contender;

/** This library, through its facade. */
public final class Library implements Contender {
    private final MarkSignClient client;

    public Library(URI gateway) {
        client = MarkSignClient.builder()
                .baseUrl(gateway)
                .accessToken(TOKEN)
                .locale(MarkSignLocale.EN)
                .build();
    }

    @Override
    public void remove() {
        client.smartIdSessions().remove(SESSION);
    }
}
