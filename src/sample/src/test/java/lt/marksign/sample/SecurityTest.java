package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lt.marksign.client.gateway.RawGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests the security rules with the settings that the application ships with. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = SampleApplication.class,
        properties = "marksign.access-token=s3cret-t0ken")
class SecurityTest {
    private static final RawGateway GATEWAY = start();
    private static final Map<String, String> FORM =
            Map.of("means", "smart-id", "code", "30303039914", "country", "LT", "form", "a");

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Value("${local.server.port}")
    private int port;

    private static RawGateway start() {
        try {
            return RawGateway.responding(
                    RawGateway.response("200 OK", "{\"status\":\"ok\",\"token\":\"the-id\",\"control_code\":\"1\"}"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("marksign.base-url", GATEWAY::baseUrl);
    }

    @BeforeEach
    void clearRequests() {
        GATEWAY.requests().clear();
    }

    @AfterAll
    static void stop() throws IOException {
        GATEWAY.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(path, "text/html");
    }

    private HttpResponse<String> get(String path, String type) throws Exception {
        return client.send(request(path).setHeader("Accept", type).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns the fields of the first page's form, with this visitor's CSRF token. */
    private Map<String, String> form() throws Exception {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(get("/").body());
        assertThat(token.find()).isTrue();
        Map<String, String> form = new HashMap<>(FORM);
        form.put("_csrf", token.group(1));
        return form;
    }

    private HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return client.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html");
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    @Test
    void form_without_a_csrf_token_begins_no_session() throws Exception {
        get("/");
        HttpResponse<String> response = post("/login", FORM);

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(location(response)).isEqualTo("/?old");
        assertThat(get("/?old").body()).contains("Please try again.");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void prompt_is_not_found_in_another_http_session() throws Exception {
        HttpResponse<String> begun = post("/login", form());
        String page = location(begun);

        assertThat(begun.statusCode()).isEqualTo(303);
        assertThat(get(page).body()).contains("id=\"control-code\"").doesNotContain("the-id");
        HttpResponse<String> other = HttpClient.newHttpClient()
                .send(request(URI.create(page).getPath()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(GATEWAY.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /prompts/a", "POST /prompts/a/check"})
    void prompt_request_with_a_stale_cookie_creates_no_http_session(String call) throws Exception {
        HttpRequest request = request(call.split(" ")[1])
                .method(call.split(" ")[0], BodyPublishers.noBody())
                .header("Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF")
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void anonymous_signing_is_redirected_to_the_first_page() throws Exception {
        HttpResponse<String> response = post("/sign", form());

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(location(response)).isEqualTo("/");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void anonymous_document_list_is_redirected_to_the_first_page() throws Exception {
        HttpResponse<String> response = get("/documents");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(location(response)).isEqualTo("/");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void page_sets_security_headers_and_loads_only_from_its_origin() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .doesNotContainPattern("(src|href)=\"(https?:)?//")
                .doesNotContain("<style", "style=");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.headers().firstValue("Set-Cookie").orElse("")).contains("HttpOnly", "SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "beans", "configprops", "metrics", "heapdump", "loggers", "mappings"})
    void actuator_exposes_only_health_without_details(String endpoint) throws Exception {
        assertThat(get("/actuator/" + endpoint, "application/json").statusCode())
                .isEqualTo(404);
        assertThat(get("/actuator/health", "application/json").body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("details", "components");
    }

    @Test
    void missing_page_is_reported_in_the_language_of_the_browser() throws Exception {
        HttpResponse<String> response = client.send(
                request("/nowhere").header("Accept-Language", "lt").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("Tokio puslapio nėra.");
    }
}
