import java.net.URI;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.Status;
import lt.marksign.jmh.Contender;

/** This library, through the generated interface. */
public final class LibraryRaw implements Contender {
    private final SmartIdSessionsApi api;

    public LibraryRaw(URI gateway) {
        api = MarkSignClient.builder()
                .baseUrl(gateway)
                .accessToken(TOKEN)
                .build()
                .api(SmartIdSessionsApi.class);
    }

    @Override
    public void remove() {
        if (api.removeSmartIdSessionEn(SESSION, new AccessTokenRequest()).getStatus() != Status.OK) {
            throw new IllegalStateException("not removed");
        }
    }
}
