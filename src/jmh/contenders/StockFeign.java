import java.net.URI;
import lt.marksign.jmh.Contender;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.SmartIdSessionsApi;
import org.openapitools.client.model.AccessTokenRequest;
import org.openapitools.client.model.Status;

/** openapi-generator's {@code feign} library with its defaults. */
public final class StockFeign implements Contender {
    private final SmartIdSessionsApi api;

    public StockFeign(URI gateway) {
        api = new ApiClient().setBasePath(gateway.toString()).buildClient(SmartIdSessionsApi.class);
    }

    @Override
    public void remove() {
        AccessTokenRequest body = new AccessTokenRequest().accessToken(TOKEN);
        if (api.removeSmartIdSessionEn(SESSION, body).getStatus() != Status.OK) {
            throw new IllegalStateException("not removed");
        }
    }
}
