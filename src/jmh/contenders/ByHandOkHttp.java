import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import lt.marksign.jmh.Contender;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls by hand with OkHttp and Jackson, as a developer who knows both would write them. */
public final class ByHandOkHttp implements Contender {
    private static final MediaType TYPE = MediaType.get("application/json");

    private final ObjectMapper json = new ObjectMapper();
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(10_000, 5, TimeUnit.MINUTES))
            .build();
    private final String gateway;

    public ByHandOkHttp(URI gateway) {
        this.gateway = gateway.toString();
    }

    record Token(@JsonProperty("access_token") String accessToken) {}

    record Login(@JsonProperty("access_token") String accessToken, String code, String country) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Result(
            String status,
            String message,
            @JsonProperty("error_code") Integer errorCode,
            String token) {}

    @Override
    public void remove() throws IOException {
        call("DELETE", "/en/api/smartid/session/" + SESSION, new Token(TOKEN), "ok");
    }

    @Override
    public String init() throws IOException {
        return call("POST", "/en/smartid/login.json", new Login(TOKEN, CODE, "LT"), "ok")
                .token();
    }

    @Override
    public void check(String session) throws IOException {
        call("POST", "/en/smartid/status/" + session + ".json", new Token(TOKEN), "waiting");
    }

    private Result call(String method, String path, Object body, String expected) throws IOException {
        Request request = new Request.Builder()
                .url(gateway + path)
                .method(method, RequestBody.create(json.writeValueAsBytes(body), TYPE))
                .build();
        try (Response response = http.newCall(request).execute()) {
            Result result = json.readValue(response.body().bytes(), Result.class);
            if (response.code() != 200 || !result.status().equals(expected)) {
                throw new IOException(result.message());
            }
            return result;
        }
    }
}
