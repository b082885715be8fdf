import java.net.URI;
import lt.marksign.jmh.Contender;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.SmartIdSessionsApi;
import org.openapitools.client.model.AccessTokenRequest;
import org.openapitools.client.model.Status;

/** openapi-generator's {@code okhttp-gson} library with its defaults. */
public final class StockOkHttpGson implements Contender {
    private final SmartIdSessionsApi api;

    public StockOkHttpGson(URI gateway) {
        ApiClient client = new ApiClient();
        client.setBasePath(gateway.toString());
        api = new SmartIdSessionsApi(client);
    }

    @Override
    public void remove() throws Exception {
        AccessTokenRequest body = new AccessTokenRequest().accessToken(TOKEN);
        if (api.removeSmartIdSessionEn(SESSION, body).getStatus() != Status.OK) {
            throw new IllegalStateException("not removed");
        }
    }
}
