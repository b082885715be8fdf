package lt.marksign.client.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import feign.Param;
import feign.QueryMap;
import feign.RequestLine;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.gateway.FaultMatrix.OperationKind;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.UploadFile;

/**
 * A method of a generated interface, and its operation in the spec. Operations that are added to the spec are included.
 *
 * @param api the interface
 * @param method the method, which returns the response's body
 * @param specified the operation as the spec describes it
 */
public record GeneratedCall(Class<? extends ApiClient.Api> api, Method method, JsonObject specified) {
    /** The name of every uploaded file. */
    public static final String FILENAME = "contract.pdf";

    private static final String JSON = "application/json";
    private static final String FORM = "multipart/form-data";
    private static final JsonObject DOCUMENT = Spec.get().document();
    private static final ObjectMapper MODELS = new ObjectMapper();

    /** Returns all calls. */
    public static Stream<GeneratedCall> all() {
        return DOCUMENT.getJsonArray("tags").stream()
                .map(tag -> api(((JsonObject) tag).getString("name")))
                .flatMap(api -> Arrays.stream(api.getMethods())
                        .filter(method -> method.isAnnotationPresent(RequestLine.class))
                        .filter(method -> method.getReturnType() != ApiResponse.class)
                        .filter(method -> !takesQueryAsMap(method))
                        .sorted(Comparator.comparing(Method::getName))
                        .map(method -> new GeneratedCall(api, method, specified(method))));
    }

    /**
     * Returns whether a method takes the query as one object. Its operation has another method, with an argument for each query
     * parameter.
     */
    private static boolean takesQueryAsMap(Method method) {
        return Arrays.stream(method.getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(QueryMap.class));
    }

    /** Returns the call of an operation. */
    public static GeneratedCall of(String operationId) {
        return all().filter(call -> call.toString().equals(operationId))
                .findFirst()
                .orElseThrow();
    }

    private static Class<? extends ApiClient.Api> api(String tag) {
        try {
            return Class.forName("lt.marksign.client.api." + tag + "Api").asSubclass(ApiClient.Api.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject specified(Method method) {
        String[] line = method.getAnnotation(RequestLine.class).value().split("[ ?]");
        return DOCUMENT.getJsonObject("paths").getJsonObject(line[1]).getJsonObject(line[0].toLowerCase(Locale.ROOT));
    }

    /** Returns the HTTP method. */
    public String httpMethod() {
        return method.getAnnotation(RequestLine.class).value().split(" ")[0];
    }

    /** Calls the method with the examples of the spec. */
    public Object invoke(MarkSignClient client) {
        return invoke(client, requestBody(false));
    }

    /** Calls the method with the examples of the path and with a body. */
    public Object invoke(MarkSignClient client, JsonObject body) {
        return invoke(client.api(api), body);
    }

    /** Calls the method of any implementation of its interface, with the examples of the path and with a body. */
    public Object invoke(ApiClient.Api implementation, JsonObject body) {
        try {
            return method.invoke(implementation, arguments(body));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Object[] arguments(JsonObject body) {
        return Arrays.stream(method.getParameters())
                .map(parameter -> argument(parameter, body))
                .toArray();
    }

    private Object argument(Parameter parameter, JsonObject body) {
        if (parameter.isAnnotationPresent(Param.class)) {
            String name = parameter.getAnnotation(Param.class).value();
            return parameters()
                    .filter(one -> camelCase(one.getString("name")).equals(name))
                    .findFirst()
                    .map(one -> Optional.ofNullable(exampleOfParameter(one, parameter.getType())))
                    .orElseGet(() -> Optional.ofNullable(field(parameter.getType(), body, name)))
                    .orElse(null);
        }
        return body == null ? null : read(body, parameter.getType());
    }

    /** Returns a value of a path, query or header parameter, or null for a credential, which the library adds. */
    private static Object exampleOfParameter(JsonObject parameter, Class<?> type) {
        if (parameter.getBoolean("x-credential-only", false)) {
            return null;
        }
        return read(
                parameter.containsKey("example")
                        ? parameter.getValue("example")
                        : example(parameter.getJsonObject("schema"), false),
                type);
    }

    /** Returns a field of a form. */
    private static Object field(Class<?> type, JsonObject form, String name) {
        Object value = form == null ? null : form.getValue(name);
        if (value == null || type != UploadFile.class) {
            return value == null ? null : read(value, type);
        }
        return new UploadFile(FileContent.of(value.toString().getBytes(StandardCharsets.UTF_8)), FILENAME);
    }

    private Stream<JsonObject> parameters() {
        return specified.getJsonArray("parameters", new JsonArray()).stream().map(one -> resolve((JsonObject) one));
    }

    private static Object read(Object json, Class<?> type) {
        try {
            return MODELS.readValue(Json.encode(json), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(Json.encode(json), e);
        }
    }

    /** Converts a name to the generator's name of the parameter: {@code X-Request-Id} becomes {@code xRequestId}. */
    private static String camelCase(String name) {
        String joined = Pattern.compile("[_-](.)")
                .matcher(name)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
        return joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
    }

    /** Returns whether the request is a form, whose fields are parameters of the method. */
    public boolean isForm() {
        return requestContent().filter(content -> content.containsKey(FORM)).isPresent();
    }

    /** Returns whether the access token goes into the header {@code Authorization}. */
    public boolean hasTokenInHeader() {
        return specified.getJsonArray("security", new JsonArray()).stream()
                .flatMap(alternative -> ((JsonObject) alternative).fieldNames().stream())
                .map(DOCUMENT.getJsonObject("components").getJsonObject("securitySchemes")::getJsonObject)
                .anyMatch(scheme -> "bearer".equals(scheme.getString("scheme")));
    }

    private Optional<JsonObject> requestContent() {
        return Optional.ofNullable(specified.getJsonObject("requestBody"))
                .map(body -> resolve(body).getJsonObject("content"));
    }

    /** Returns the schema of the request's body, or of a form's fields, if the request has a body. */
    public Optional<JsonObject> requestSchema() {
        return requestContent()
                .map(content -> content.getJsonObject(isForm() ? FORM : JSON))
                .map(type -> resolve(type.getJsonObject("schema")));
    }

    /**
     * Returns an example of the body, or of a form's fields, without the token.
     *
     * @param all whether to set all fields, except alternatives that exclude each other
     */
    public JsonObject requestBody(boolean all) {
        return requestSchema()
                .map(schema -> {
                    JsonObject body = (JsonObject) example(schema, all);
                    body.remove("access_token");
                    return body;
                })
                .orElse(new JsonObject());
    }

    /** Returns a value that satisfies a schema. */
    public static Object example(JsonObject reference, boolean all) {
        JsonObject schema = resolve(reference);
        if (schema.containsKey("examples")) {
            return schema.getJsonArray("examples").getValue(0);
        }
        if (schema.containsKey("enum")) {
            return schema.getJsonArray("enum").getValue(0);
        }
        return switch (String.valueOf(schema.getValue("type"))) {
            case "object" -> exampleOfObject(schema, all);
            case "array" -> new JsonArray().add(example(schema.getJsonObject("items"), all));
            case "boolean" -> true;
            case "integer" -> 45;
            default -> "text";
        };
    }

    private static JsonObject exampleOfObject(JsonObject schema, boolean all) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        List<String> alternatives = names(schema, "x-exactly-one-of");
        Set<String> wanted = new LinkedHashSet<>(all ? properties.fieldNames() : names(schema, "required"));
        alternatives.forEach(wanted::remove);
        alternatives.stream().limit(1).forEach(wanted::add);
        JsonObject example = new JsonObject();
        wanted.forEach(name -> example.put(name, example(properties.getJsonObject(name), all)));
        return example;
    }

    /** Returns the names in a list of a schema. */
    public static List<String> names(JsonObject schema, String list) {
        return schema.getJsonArray(list, new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }

    /** Returns the properties of the operation that decide how the client treats a fault. */
    public OperationKind kind() {
        Set<String> documents = mediaTypes();
        JsonObject schema = responseSchema();
        JsonObject status = resolve(schema.getJsonObject("properties").getJsonObject("status"));
        return new OperationKind(
                method.getName().replaceFirst("En$", ""),
                !httpMethod().equals("POST") || specified.containsKey("x-idempotent"),
                names(status, "enum").contains("waiting"),
                success(),
                successWithoutRequiredFields(schema),
                documents.stream().findFirst().orElse(""),
                schema.getString("x-when-unknown", ""));
    }

    /** Returns the body of a success, as JSON or as a document. */
    public String success() {
        JsonObject examples =
                response().getJsonObject("content").getJsonObject(JSON).getJsonObject("examples");
        if (!mediaTypes().isEmpty()) {
            return "%PDF-1.4";
        }
        return examples == null
                ? ((JsonObject) example(responseSchema(), true)).encode()
                : resolve((JsonObject) examples.iterator().next().getValue())
                        .getJsonObject("value")
                        .encode();
    }

    private String successWithoutRequiredFields(JsonObject schema) {
        List<String> required = names(schema, "x-required-when-ok");
        if (required.isEmpty() || !mediaTypes().isEmpty()) {
            return "";
        }
        JsonObject incomplete = new JsonObject(success());
        required.forEach(names -> List.of(names.split(" \\| ")).forEach(incomplete::remove));
        return incomplete.encode();
    }

    /** Returns the media types of a document. */
    public Set<String> mediaTypes() {
        return response().getJsonObject("content").fieldNames().stream()
                .filter(type -> !type.equals(JSON))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the schema of a JSON response. */
    public JsonObject responseSchema() {
        return resolve(response().getJsonObject("content").getJsonObject(JSON).getJsonObject("schema"));
    }

    private JsonObject response() {
        return resolve(specified.getJsonObject("responses").getJsonObject("200"));
    }

    /** Resolves a reference. */
    public static JsonObject resolve(JsonObject object) {
        return object.containsKey("$ref")
                ? resolve((JsonObject)
                        JsonPointer.from(object.getString("$ref").substring(1)).queryJson(DOCUMENT))
                : object;
    }

    @Override
    public String toString() {
        return method.getName();
    }
}
