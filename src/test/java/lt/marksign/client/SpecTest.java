package lt.marksign.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lt.marksign.client.api.Gateway;
import lt.marksign.client.gateway.GatewayInABox;
import lt.marksign.client.gateway.Spec;
import org.junit.jupiter.api.Test;

class SpecTest {
    private final Spec spec = Spec.get();

    @Test
    void the_spec_is_openapi_3_1_because_3_0_gives_a_delete_no_body() {
        assertThat(spec.contract().getVersion()).isEqualTo(OpenAPIVersion.V3_1);
    }

    @Test
    void the_default_base_url_is_the_specs_first_server() {
        JsonObject server =
                spec.contract().getRawContract().getJsonArray("servers").getJsonObject(0);
        assertThat(Gateway.PRODUCTION_SERVER).isEqualTo(server.getString("url"));
    }

    @Test
    void a_request_that_the_spec_does_not_allow_is_noticed() {
        String path = "/en/api/smartid/session/" + GatewayInABox.SESSION;
        byte[] body = "{\"access_token\":\"t\"}".getBytes();

        assertThat(spec.faultsOfRequest("DELETE", path, "application/json", body))
                .isEmpty();
        assertThat(spec.faultsOfRequest("DELETE", path, "application/json", "{}".getBytes()))
                .contains("access_token");
        assertThat(spec.faultsOfRequest("DELETE", path, "text/plain", body)).isNotEmpty();
        assertThat(spec.faultsOfRequest("DELETE", path + "%20", "application/json", body))
                .contains("sessionId");
        assertThat(spec.faultsOfRequest("GET", path, "application/json", body)).contains("no such operation");
        assertThat(spec.faultsOfRequest("DELETE", "/de" + path, "application/json", body))
                .contains("no such operation");
    }

    @Test
    void an_answer_that_the_spec_does_not_allow_is_noticed() {
        for (int status : List.of(200, 400, 404, 500)) {
            assertThat(faultsOfAnswer(status, "{\"status\":\"error\",\"message\":\"m\",\"error_code\":1}"))
                    .isEmpty();
            assertThat(faultsOfAnswer(status, "{\"status\":\"done\"}")).isNotEmpty();
            assertThat(faultsOfAnswer(status, "{\"message\":\"m\"}")).isNotEmpty();
            assertThat(faultsOfAnswer(status, "{\"status\":\"error\",\"message\":1}"))
                    .isNotEmpty();
        }
    }

    private String faultsOfAnswer(int status, String body) {
        String path = "/api/smartid/session/" + GatewayInABox.SESSION;
        return spec.faultsOfAnswer("DELETE", path, status, "application/json", body.getBytes());
    }

    @Test
    void nothing_but_interfaces_and_models_and_what_they_need_is_generated() throws IOException {
        JsonObject contract = spec.contract().getRawContract();
        Stream<String> interfaces =
                contract.getJsonArray("tags").stream().map(tag -> ((JsonObject) tag).getString("name") + "Api");
        // The rest of the entries are what the parser notes about them.
        Stream<String> models = contract.getJsonObject("components").getJsonObject("schemas").stream()
                .filter(schema -> schema.getValue() instanceof JsonObject)
                .map(Map.Entry::getKey);
        Stream<String> helpers = Stream.of("ApiResponse", "EncodingUtils", "StringUtil", "Gateway");
        List<String> expected = Stream.of(interfaces, models, helpers)
                .flatMap(names -> names)
                .map(name -> name + ".java")
                .toList();

        try (Stream<Path> files = Files.walk(Path.of("target", "generated-sources", "openapi"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
