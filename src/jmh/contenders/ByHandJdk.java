import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import lt.marksign.jmh.Contender;

/** Calls by hand with the JDK's HTTP client and Jackson. */
public final class ByHandJdk implements Contender {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String gateway;

    public ByHandJdk(URI gateway) {
        this.gateway = gateway.toString();
    }

    record Token(@JsonProperty("access_token") String accessToken) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Result(
            String status,
            String message,
            @JsonProperty("error_code") Integer errorCode) {}

    @Override
    public void remove() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/en/api/smartid/session/" + SESSION))
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofByteArray(json.writeValueAsBytes(new Token(TOKEN))))
                .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        Result result = json.readValue(response.body(), Result.class);
        if (response.statusCode() != 200 || !result.status().equals("ok")) {
            throw new IOException(result.message());
        }
    }
}
