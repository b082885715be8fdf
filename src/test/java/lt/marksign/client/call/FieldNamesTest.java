package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.SecurityScheme;
import java.util.List;
import java.util.Map;
import lt.marksign.client.gateway.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the spec uses the field names that the library reads and writes in every operation. */
class FieldNamesTest {
    static List<Operation> operations() {
        return Spec.get().contract().operations();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_requires_the_access_token_in_header_query_or_body(Operation operation) {
        if (operation.getTags().contains("Workspace")) {
            assertThat(operation.getSecurityRequirements())
                    .as("what %s requires in %s", operation.getOperationId(), Spec.FILE)
                    .singleElement()
                    .satisfies(requirement -> assertThat(requirement.getNames())
                            .map(Spec.get().contract()::securityScheme)
                            .extracting(SecurityScheme::getType, SecurityScheme::getScheme)
                            .containsExactly(tuple("http", "bearer")));
            return;
        }
        if (operation.getRequestBody() == null) {
            assertThat(operation.getParameters())
                    .as("the parameters of %s in %s", operation.getOperationId(), Spec.FILE)
                    .extracting(Parameter::getIn, Parameter::getName, Parameter::isRequired)
                    .contains(tuple(Location.QUERY, AccessToken.FIELD, true));
            return;
        }
        JsonSchema body = schema(operation.getRequestBody().getContent());

        assertNames(operation, "request body", body, List.of(AccessToken.FIELD));
        assertThat(body.<JsonArray>get("required")).contains(AccessToken.FIELD);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusal_schema_has_status_message_and_error_code(Operation operation) {
        JsonSchema refusal = schema(operation.getDefaultResponse().getContent());

        assertNames(
                operation, "default response", refusal, List.of(Verdict.STATUS, Verdict.MESSAGE, Verdict.ERROR_CODE));
        assertThat(refusal.<JsonArray>get("required")).contains(Verdict.STATUS);
    }

    private static void assertNames(Operation operation, String what, JsonSchema schema, List<String> names) {
        assertThat(schema.<JsonObject>get("properties").fieldNames())
                .as("the fields of the %s of %s in %s", what, operation.getOperationId(), Spec.FILE)
                .containsAll(names);
    }

    private static JsonSchema schema(Map<String, MediaType> content) {
        return content.get("application/json").getSchema();
    }
}
