package lt.marksign.client.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import lt.marksign.client.api.Gateway;
import lt.marksign.client.gateway.MockGateway;
import lt.marksign.client.gateway.Spec;
import org.junit.jupiter.api.Test;

class SpecTest {
    private static final String JSON = "application/json";
    private static final String CHECK = "/en/smartid/status/" + MockGateway.SESSION + ".json";
    private static final String DOWNLOAD = "/api/document/8f14e45f-ceea-467f-a8d4-1f2e3c4b5a69/download.json";
    private static final Path HAND_WRITTEN_MODELS = Path.of("src", "main", "java", "lt", "marksign", "client", "model");

    private final Spec spec = Spec.get();

    @Test
    void spec_uses_openapi_3_1_to_allow_a_body_in_delete() {
        assertThat(spec.contract().getVersion()).isEqualTo(OpenAPIVersion.V3_1);
    }

    @Test
    void the_default_base_url_is_the_specs_first_server() {
        JsonObject server = spec.document().getJsonArray("servers").getJsonObject(0);
        assertThat(Gateway.PRODUCTION_SERVER).isEqualTo(server.getString("url"));
    }

    @Test
    void operation_has_a_path_in_each_language_unless_marked_otherwise() {
        JsonObject paths = spec.document().getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                JsonObject operation = paths.getJsonObject(path).getJsonObject(method);
                JsonObject other = paths.getJsonObject(
                                path.startsWith("/en/") ? path.substring(3) : "/en" + path, new JsonObject())
                        .getJsonObject(method);
                if (operation.getBoolean("x-single-path", false)) {
                    assertThat(other).as(path).isNull();
                } else {
                    assertThat(other)
                            .as("%s %s in the other language", method, path)
                            .isNotNull();
                    assertThat(withoutLanguage(other)).as(path).isEqualTo(withoutLanguage(operation));
                }
            }
        }
    }

    /** Removes what differs by language. The facade calls the operation in the client's language. */
    private static JsonObject withoutLanguage(JsonObject operation) {
        JsonObject copy = operation.copy();
        copy.put("operationId", operation.getString("operationId").replaceFirst("En$", ""));
        copy.remove("x-facade");
        copy.remove("x-session");
        return copy;
    }

    /** Some generators make one type of each component, and cannot distinguish two components with the same name. */
    @Test
    void component_names_are_unique_ignoring_case() {
        JsonObject components = spec.document().getJsonObject("components");

        assertThat(components.fieldNames().stream()
                        .flatMap(section -> components.getJsonObject(section).fieldNames().stream())
                        .map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void request_that_violates_the_spec_is_detected() {
        String path = "/en/api/smartid/session/" + MockGateway.SESSION;
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
    void response_that_violates_the_spec_is_detected() {
        for (int status : List.of(200, 400, 404, 500)) {
            assertThat(faultsOfResponse(status, "{\"status\":\"error\",\"message\":\"m\",\"error_code\":1}"))
                    .isEmpty();
            assertThat(faultsOfResponse(status, "{\"status\":\"done\"}")).isNotEmpty();
            assertThat(faultsOfResponse(status, "{\"message\":\"m\"}")).isNotEmpty();
            assertThat(faultsOfResponse(status, "{\"status\":\"error\",\"message\":1}"))
                    .isNotEmpty();
        }
    }

    private String faultsOfResponse(int status, String body) {
        String path = "/api/smartid/session/" + MockGateway.SESSION;
        return spec.faultsOfResponse("DELETE", path, status, "application/json", body.getBytes());
    }

    @Test
    void invalid_or_undeclared_request_body_is_detected() {
        byte[] login = "{\"access_token\":\"t\",\"code\":\"30303039914\",\"country\":\"LT\"}".getBytes();

        assertThat(spec.faultsOfRequest("POST", "/smartid/login.json", JSON, login))
                .isEmpty();
        assertThat(spec.faultsOfRequest(
                        "POST",
                        "/en/smartid/login.json",
                        JSON,
                        "{\"access_token\":\"t\",\"code\":\"30303039914\"}".getBytes()))
                .contains("country");
        assertThat(spec.faultsOfRequest("GET", DOWNLOAD + "?access_token=t", JSON, "{}".getBytes()))
                .contains("no body");
    }

    @Test
    void query_must_have_exactly_the_declared_access_token() {
        assertThat(faultsOfGet(DOWNLOAD + "?access_token=t")).isEmpty();
        for (String target : List.of(
                DOWNLOAD,
                DOWNLOAD + "?access_token=",
                DOWNLOAD + "?access_token",
                DOWNLOAD + "?access_token=t&access_token=t",
                DOWNLOAD + "?access_token=t&other=1")) {
            assertThat(faultsOfGet(target)).as(target).contains("the query");
        }
        assertThat(spec.faultsOfRequest("POST", CHECK + "?access_token=t", JSON, "{\"access_token\":\"t\"}".getBytes()))
                .contains("the query");
    }

    private String faultsOfGet(String target) {
        return spec.faultsOfRequest("GET", target, null, new byte[0]);
    }

    @Test
    void bearer_token_is_required_exactly_where_it_is_declared() {
        byte[] noBody = new byte[0];
        String signers = "/v2/document/d-1/signer";

        assertThat(spec.faultsOfRequest("GET", signers, "Bearer t", null, noBody))
                .isEmpty();
        for (String authorization : new String[] {null, "t", "Bearer ", "Bearer", "Basic t", "Bearer t t"}) {
            assertThat(spec.faultsOfRequest("GET", signers, authorization, null, noBody))
                    .as(authorization)
                    .contains("bearer");
        }
        assertThat(spec.faultsOfRequest("GET", signers + "?access_token=t", "Bearer t", null, noBody))
                .contains("the query");
        assertThat(spec.faultsOfRequest("GET", DOWNLOAD + "?access_token=t", "Bearer t", null, noBody))
                .contains("Authorization");
        for (String path : List.of("/document/d-1/extend-to-lt", "/v2/document/generate-temporary-signing-link")) {
            assertThat(spec.faultsOfRequest(
                            "POST",
                            path,
                            "Bearer t",
                            JSON,
                            "{\"documents\":[\"d\"],\"access_token\":\"t\"}".getBytes()))
                    .isNotEmpty();
        }
    }

    @Test
    void optional_query_parameters_are_validated_if_present() {
        for (String query : List.of("", "?offset=0", "?query=a&offset=10&limit=1")) {
            assertThat(spec.faultsOfRequest("GET", "/v2/document" + query, "Bearer t", null, new byte[0]))
                    .isEmpty();
        }
        for (String query : List.of("?offset=-1", "?limit=0", "?limit=x", "?other=1", "?limit=1&limit=1", "?query=")) {
            assertThat(spec.faultsOfRequest("GET", "/v2/document" + query, "Bearer t", null, new byte[0]))
                    .as(query)
                    .isNotEmpty();
        }
    }

    @Test
    void form_must_have_exactly_the_declared_parts() {
        String file = "--b\r\nContent-Disposition: form-data; name=\"files[]\"; filename=\"a.pdf\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n%PDF\r\n";
        String payer = "--b\r\nContent-Disposition: form-data; name=\"billing_type\"\r\n\r\neach_signer\r\n";
        assertThat(faultsOfForm(file + payer)).isEmpty();
        for (String form : List.of(
                file,
                payer,
                file + file + payer,
                file + payer + payer,
                file + payer.replace("each_signer", "nobody"),
                file.replace("octet-stream", "pdf") + payer,
                file.replace("; filename=\"a.pdf\"", "") + payer,
                file.replace("files[]", "files") + payer,
                file + payer.replace("\r\n\r\n", "; filename=\"a\"\r\nContent-Type: text/plain\r\n\r\n"))) {
            assertThat(faultsOfForm(form)).as(form).isNotEmpty();
        }
        assertThat(spec.faultsOfRequest("POST", "/v2/document/upload", "Bearer t", JSON, "{}".getBytes()))
                .contains("multipart/form-data");
    }

    private String faultsOfForm(String parts) {
        return spec.faultsOfRequest(
                "POST",
                "/v2/document/upload",
                "Bearer t",
                "multipart/form-data; boundary=b",
                (parts + "--b--\r\n").getBytes());
    }

    @Test
    void path_parameters_are_validated_at_every_position() {
        byte[] body = "{\"access_token\":\"t\"}".getBytes();

        assertThat(spec.faultsOfRequest("POST", CHECK, JSON, body)).isEmpty();
        assertThat(spec.faultsOfRequest("POST", CHECK.replace("1c", "1%20c"), JSON, body))
                .contains("token");
        assertThat(spec.faultsOfRequest("POST", CHECK.replace(".json", "-json"), JSON, body))
                .contains("no such operation");
        assertThat(faultsOfGet(DOWNLOAD.replace("8f", "..%2f") + "?access_token=t"))
                .contains("documentId");
    }

    @Test
    void base_path_is_removed_from_a_known_operations_path() {
        for (String base : List.of("", "/gateway", "/a/b", "http://127.0.0.1:8089")) {
            assertThat(spec.withoutBasePath("POST", base + CHECK)).isEqualTo(CHECK);
        }
        assertThat(spec.withoutBasePath("GET", "/gateway" + CHECK)).isEqualTo("/gateway" + CHECK);
    }

    @Test
    void request_with_neither_of_two_exclusive_fields_is_detected() {
        assertThat(spec.faultsOfRequest(
                        "POST",
                        "/api/document/generate-temporary-signing-link.json",
                        JSON,
                        "{\"access_token\":\"t\",\"callback_url\":\"https://example.org\"}".getBytes()))
                .contains("not exactly one of");
    }

    @Test
    void document_is_accepted_only_with_a_declared_media_type() {
        byte[] document = "%PDF-1.4".getBytes();

        for (String type : List.of("application/pdf", "application/vnd.etsi.asic-e+zip", "application/octet-stream")) {
            assertThat(spec.faultsOfResponse("GET", DOWNLOAD, 200, type, document))
                    .isEmpty();
            assertThat(spec.faultsOfResponse("GET", DOWNLOAD, 200, type, new byte[0]))
                    .contains("empty");
            assertThat(spec.faultsOfResponse("GET", DOWNLOAD, 404, type, document))
                    .contains(type);
            assertThat(spec.faultsOfResponse("POST", CHECK, 200, type, document))
                    .contains(type);
        }
        assertThat(spec.faultsOfResponse("GET", DOWNLOAD, 200, "text/html", document))
                .contains("text/html");
        assertThat(spec.faultsOfResponse("GET", DOWNLOAD, 200, JSON, document)).isNotEmpty();
    }

    @Test
    void success_without_its_required_fields_is_detected() {
        assertThat(spec.faultsOfResponse("POST", CHECK, 200, JSON, "{\"status\":\"waiting\"}".getBytes()))
                .isEmpty();
        assertThat(spec.faultsOfResponse("POST", CHECK, 200, JSON, "{\"status\":\"ok\"}".getBytes()))
                .contains("without code");
        assertThat(spec.faultsOfResponse(
                        "POST", "/smartid/login.json", 200, JSON, "{\"status\":\"waiting\"}".getBytes()))
                .isNotEmpty();
    }

    @Test
    void only_interfaces_models_and_helpers_are_generated() throws IOException {
        Stream<String> interfaces =
                spec.document().getJsonArray("tags").stream().map(tag -> ((JsonObject) tag).getString("name") + "Api");
        // The generator makes no class of a named schema that is a text, a list or an empty object.
        Stream<String> models = spec.document().getJsonObject("components").getJsonObject("schemas").stream()
                .filter(schema -> isClass((JsonObject) schema.getValue()))
                .map(Map.Entry::getKey)
                .filter(name -> !Files.exists(HAND_WRITTEN_MODELS.resolve(name + ".java")));
        Stream<String> helpers = Stream.of(
                "ApiResponse", "EncodingUtils", "StringUtil", "Gateway", "Facades", "GeneratedSpec", "InterfaceBeans");
        List<String> expected = Stream.of(interfaces, models, helpers)
                .flatMap(names -> names)
                .map(name -> name + ".java")
                .toList();

        try (Stream<Path> files = Files.walk(Path.of("target", "generated-sources", "openapi"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static boolean isClass(JsonObject schema) {
        boolean isEmpty = !schema.containsKey("properties") && !schema.getBoolean("additionalProperties", true);
        return "object".equals(schema.getValue("type")) && !isEmpty || schema.containsKey("enum");
    }
}
