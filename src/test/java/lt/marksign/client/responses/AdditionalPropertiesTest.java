package lt.marksign.client.responses;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.LogCapture;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Sessions;
import lt.marksign.client.gateway.Spec;
import lt.marksign.client.model.AdditionalProperty;
import lt.marksign.client.model.BegunSession;
import lt.marksign.client.model.DocumentStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests fields of a response that the spec does not have. */
class AdditionalPropertiesTest {
    private static final String MARK = "s3cret";

    private static void checkStatus(String fields, Consumer<DocumentStatus> assertions) throws IOException {
        String body = "{\"status\":\"ok\"," + fields + ",\"data\":{\"document_status\":\"signed\",\"step\":2}}";
        try (RawGateway gateway = RawGateway.responding(response("200 OK", body));
                MarkSignClient client = builder(gateway).build()) {
            assertions.accept(client.documents().checkStatus("d-1"));
        }
    }

    @Test
    void unknown_fields_keep_their_json_values_at_any_depth() throws IOException {
        checkStatus(
                "\"a\":\"x\",\"b\":\"\",\"c\":12345678901,\"d\":0.1,\"e\":true,\"f\":[],\"g\":{\"h\":[null]},\"i\":null",
                response -> {
                    assertThat(response.getAdditionalProperty("a").value()).isEqualTo("x");
                    assertThat(response.getAdditionalProperty("b").value()).isEqualTo("");
                    assertThat(response.getAdditionalProperty("c").value()).isEqualTo(12345678901L);
                    assertThat(response.getAdditionalProperty("d").value()).isEqualTo(new BigDecimal("0.1"));
                    assertThat(response.getAdditionalProperty("e").value()).isEqualTo(true);
                    assertThat(response.getAdditionalProperty("f").value()).isEqualTo(List.of());
                    assertThat(response.getAdditionalProperty("g").value())
                            .isEqualTo(Map.of("h", Arrays.asList((Object) null)));
                    assertThat(response.getAdditionalProperty("i")).isNull();
                    assertThat(response.getAdditionalProperties())
                            .containsOnlyKeys("a", "b", "c", "d", "e", "f", "g", "i");
                    assertThat(response.getData().getAdditionalProperty("step").value())
                            .isEqualTo(2);
                    assertThat(response.getData().getDocumentStatus()).isEqualTo("signed");
                });
    }

    @Test
    void unknown_fields_survive_a_json_round_trip_and_affect_equality() throws IOException {
        checkStatus("\"a\":{\"b\":[1]}", response -> {
            DocumentStatus copy;
            try {
                ObjectMapper json = new ObjectMapper();
                copy = json.readValue(json.writeValueAsBytes(response), DocumentStatus.class);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(copy).isEqualTo(response).hasSameHashCodeAs(response);
            copy.putAdditionalProperty("a", new AdditionalProperty("other"));
            assertThat(copy).isNotEqualTo(response);
        });
    }

    @Test
    void unknown_fields_are_redacted_in_to_string_and_logs() throws IOException {
        try (LogCapture log = new LogCapture()) {
            checkStatus(
                    "\"a\":\"" + MARK + "\",\"b\":{\"" + MARK + "\":1}",
                    response ->
                            assertThat(response.toString()).contains("signed").doesNotContain(MARK));
            assertThat(String.join("\n", log.messages()))
                    .contains("checkDocumentStatus")
                    .doesNotContain(MARK);
        }
    }

    @Test
    void duplicate_json_keys_are_rejected() {
        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(() -> checkStatus("\"a\":{\"b\":1,\"b\":2}", response -> {}))
                .withMessageContaining("no key twice");
    }

    @Test
    void begun_session_keeps_unknown_fields() throws IOException {
        String begun = Sessions.BEGUN.replace("control_code", "kontrol_code");
        try (RawGateway gateway = RawGateway.responding(begun);
                MarkSignClient client = builder(gateway).build()) {
            BegunSession session = client.api(SmartIdSessionsApi.class).initSmartIdAuthentication(Sessions.smartId());

            assertThat(session.getAdditionalProperty("kontrol_code").value()).isEqualTo("4387");
        }
    }

    /** Returns the models that the gateway sends: in a response, or to a callback's address. */
    static Stream<String> responseModels() {
        JsonObject components = Spec.get().document().getJsonObject("components");
        return reachableFrom(
                Stream.concat(Stream.of(components.getJsonObject("responses")), partsOfOperations("callbacks")));
    }

    static Stream<String> requestModels() {
        return reachableFrom(partsOfOperations("requestBody"));
    }

    private static Stream<JsonObject> partsOfOperations(String part) {
        return GeneratedCall.all()
                .map(call -> call.specified().getJsonObject(part))
                .filter(Objects::nonNull);
    }

    @ParameterizedTest
    @MethodSource("responseModels")
    void response_model_has_additional_properties(String model) throws Exception {
        assertThat(Class.forName("lt.marksign.client.model." + model).getMethod("getAdditionalProperties"))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("requestModels")
    void request_model_has_no_additional_properties(String model) throws Exception {
        assertThat(Class.forName("lt.marksign.client.model." + model).getMethods())
                .extracting(method -> method.getName())
                .doesNotContain("putAdditionalProperty", "getAdditionalProperties");
    }

    /** Returns the objects that have properties in the spec. */
    private static Stream<String> reachableFrom(Stream<JsonObject> parts) {
        Set<String> found = new TreeSet<>();
        parts.forEach(part -> collect(part, found));
        found.removeIf(name -> !schema(name).containsKey("properties"));
        assertThat(found).isNotEmpty();
        return found.stream();
    }

    private static JsonObject schema(String name) {
        return Spec.get()
                .document()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(name);
    }

    private static void collect(Object part, Collection<String> found) {
        if (part instanceof JsonArray array) {
            array.forEach(item -> collect(item, found));
        } else if (part instanceof JsonObject object) {
            String reference = object.getString("$ref", "");
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            boolean isSchema = reference.contains("/schemas/");
            if (isSchema && found.add(name) || !isSchema && !reference.isEmpty()) {
                collect(GeneratedCall.resolve(object), found);
            }
            object.forEach(entry -> collect(entry.getValue(), found));
        }
    }
}
