package lt.marksign.client.gateway;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.impl.Utils;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks requests and responses against the spec. Vert.x checks parameters and JSON bodies. This class checks what Vert.x
 * cannot read or does not check: the operation of a path, the names in the query, the header {@code Authorization}, the parts
 * of a form, documents, and the vendor extensions about a body's fields.
 */
public final class Spec {
    /** The spec's file, relative to the project's folder. */
    public static final Path FILE = Path.of("openapi", "marksign.yaml");

    private static final String JSON = "application/json";
    private static final String FORM = "multipart/form-data";
    private static final String AUTHORIZATION = "Authorization";
    private static final Pattern BEARER = Pattern.compile("Bearer [A-Za-z0-9._~+/-]+=*");
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^/{}]+)}");
    private static final Spec INSTANCE = new Spec();

    private final JsonObject document;
    private final List<Operation> operations;
    private final OpenAPIContract contract;
    private final RequestValidator requests;
    private final ResponseValidator responses;

    /** A cache, because most tests send the same few requests, and Vert.x takes a millisecond for each. */
    private final Map<List<Object>, String> knownFaults = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, String> eldest) {
            return size() > 200;
        }
    });

    /** An operation as the spec describes it, with a pattern for its paths. */
    private record Operation(String method, Pattern path, List<String> variables, JsonObject specified) {
        static Operation of(String method, String template, JsonObject specified) {
            List<String> variables =
                    VARIABLE.matcher(template).results().map(r -> r.group(1)).toList();
            String path =
                    Stream.of(VARIABLE.split(template, -1)).map(Pattern::quote).collect(Collectors.joining("([^/]+)"));
            return new Operation(method.toUpperCase(Locale.ROOT), Pattern.compile(path), variables, specified);
        }

        String id() {
            return specified.getString("operationId");
        }

        boolean hasBody() {
            return specified.containsKey("requestBody");
        }

        Map<String, RequestParameter> variablesIn(String path) {
            Matcher matcher = path().matcher(path);
            matcher.matches();
            Map<String, RequestParameter> values = new HashMap<>();
            for (int i = 0; i < variables.size(); i++) {
                values.put(variables.get(i), new RequestParameterImpl(matcher.group(i + 1)));
            }
            return values;
        }
    }

    private Spec() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
        document = get(Utils.yamlStringToJson(text()));
        operations = operations(document);
        contract = get(OpenAPIContract.from(vertx, readableByVertx(document)));
        requests = RequestValidator.create(vertx, contract);
        responses = ResponseValidator.create(vertx, contract);
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
    }

    private static List<Operation> operations(JsonObject document) {
        List<Operation> operations = new ArrayList<>();
        document.getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .stream()
                                .filter(entry -> METHODS.contains(entry.getKey()))
                                .map(entry ->
                                        Operation.of(entry.getKey(), path.getKey(), (JsonObject) entry.getValue()))
                                .forEach(operations::add));
        // As OpenAPI demands, a path without a variable takes precedence over one with a variable.
        operations.sort(Comparator.comparing(operation -> operation.variables().size()));
        return List.copyOf(operations);
    }

    /**
     * Returns a copy that Vert.x can read. In the copy a path variable is a whole segment, a response's body is JSON, and a
     * form is an object of its fields.
     */
    private static JsonObject readableByVertx(JsonObject document) {
        JsonObject copy = document.copy();
        JsonObject paths = new JsonObject();
        copy.getJsonObject("paths")
                .forEach(path -> paths.put(path.getKey().replaceAll("}[^/]+", "}"), path.getValue()));
        copy.put("paths", paths);
        Stream.concat(
                        operations(copy).stream()
                                .flatMap(operation ->
                                        values(operation.specified().getJsonObject("responses"))),
                        values(copy.getJsonObject("components").getJsonObject("responses")))
                .filter(response -> response.containsKey("content"))
                .forEach(response ->
                        response.getJsonObject("content").getMap().keySet().removeIf(Predicate.not(JSON::equals)));
        values(copy.getJsonObject("components").getJsonObject("requestBodies"))
                .map(body -> body.getJsonObject("content"))
                .filter(content -> content.containsKey(FORM))
                .forEach(content -> content.put(JSON, content.remove(FORM)));
        return copy;
    }

    private static Stream<JsonObject> values(JsonObject object) {
        return object.stream().map(entry -> (JsonObject) entry.getValue());
    }

    /** Returns the spec of the working tree. */
    public static Spec get() {
        return INSTANCE;
    }

    /** Returns the spec without resolved references. */
    public JsonObject document() {
        return document.copy();
    }

    /** Returns the spec as Vert.x reads it: without text after a path variable, and without media types other than JSON. */
    public OpenAPIContract contract() {
        return contract;
    }

    /** Returns the version that the spec states. */
    public String version() {
        return document.getJsonObject("info").getString("version");
    }

    /** Returns the {@code operationId} of the operation that a request calls, if there is one. */
    public Optional<String> operationId(String method, String target) {
        return operation(method, target).map(Operation::id);
    }

    /**
     * Removes the path of a base URL from a request's target. Returns the target unchanged if the spec has no such operation.
     */
    public String withoutBasePath(String method, String target) {
        for (int slash = target.indexOf('/'); slash >= 0; slash = target.indexOf('/', slash + 1)) {
            if (operation(method, target.substring(slash)).isPresent()) {
                return target.substring(slash);
            }
        }
        return target;
    }

    /**
     * Checks a request without the header {@code Authorization} against the spec. Returns the first fault, or an empty text.
     */
    public String faultsOfRequest(String method, String target, String contentType, byte[] body) {
        return faultsOfRequest(method, target, (String) null, contentType, body);
    }

    /**
     * Checks a request without other headers against the spec. Returns the first fault, or an empty text.
     *
     * @param authorization the header {@code Authorization}, or null
     */
    public String faultsOfRequest(String method, String target, String authorization, String contentType, byte[] body) {
        return faultsOfRequest(
                method, target, name -> name.equals(AUTHORIZATION) ? authorization : null, contentType, body);
    }

    /**
     * Checks a request against the spec. Returns the first fault, or an empty text.
     *
     * @param header returns the value of a header, or null
     */
    public String faultsOfRequest(
            String method, String target, UnaryOperator<String> header, String contentType, byte[] body) {
        return operation(method, target)
                .map(operation -> faultsOfRequest(operation, target, headers(operation, header), contentType, body))
                .orElseGet(() -> unknownOperation(method, target));
    }

    private String faultsOfRequest(
            Operation operation, String target, Map<String, String> headers, String contentType, byte[] body) {
        if (body.length > 1_000) {
            return findFaultsOfRequest(operation, target, headers, contentType, body);
        }
        List<Object> request = Arrays.asList(operation.id(), target, headers, contentType, ByteBuffer.wrap(body));
        String known = knownFaults.get(request);
        if (known != null) {
            return known;
        }
        String faults = findFaultsOfRequest(operation, target, headers, contentType, body);
        knownFaults.put(request, faults);
        return faults;
    }

    private String findFaultsOfRequest(
            Operation operation, String target, Map<String, String> headers, String contentType, byte[] body) {
        return firstOf(
                () -> faultsOfQuery(operation, target),
                () -> faultsOfAuthorization(operation, headers.get(AUTHORIZATION)),
                () -> isForm(operation)
                        ? faultsOfForm(operation, target, headers, String.valueOf(contentType), body)
                        : faultsOfParametersAndBody(operation, target, headers, contentType, body));
    }

    /** Returns the headers that the spec describes. */
    private Map<String, String> headers(Operation operation, UnaryOperator<String> header) {
        Map<String, String> headers = new HashMap<>();
        Stream.concat(Stream.of(AUTHORIZATION), names(operation, "header", false).stream())
                .filter(name -> header.apply(name) != null)
                .forEach(name -> headers.put(name, header.apply(name)));
        return headers;
    }

    /** Checks a response against the spec. Returns the first fault, or an empty text. */
    public String faultsOfResponse(String method, String target, int status, String contentType, byte[] body) {
        return operation(method, target)
                .map(operation -> faultsOfResponse(operation, status, contentType, body))
                .orElseGet(() -> unknownOperation(method, target));
    }

    private Optional<Operation> operation(String method, String target) {
        String path = path(target);
        return operations.stream()
                .filter(operation -> operation.method().equals(method))
                .filter(operation -> operation.path().matcher(path).matches())
                .findFirst();
    }

    private static String path(String target) {
        return target.split("\\?", 2)[0];
    }

    private static String unknownOperation(String method, String target) {
        return method + " " + path(target) + ": the spec has no such operation";
    }

    @SafeVarargs
    private static String firstOf(Supplier<String>... checks) {
        return Stream.of(checks)
                .map(Supplier::get)
                .filter(Predicate.not(String::isEmpty))
                .findFirst()
                .orElse("");
    }

    /** Checks that the query has the required parameters, and each name only once. Vert.x checks the values of the others. */
    private String faultsOfQuery(Operation operation, String target) {
        Map<String, List<String>> query = query(target);
        Set<String> required = names(operation, "query", true);
        Set<String> allowed = names(operation, "query", false);
        if (!query.keySet().containsAll(required) || !allowed.containsAll(query.keySet())) {
            return "the query has " + query.keySet() + ", by the spec " + allowed;
        }
        return query.entrySet().stream()
                .filter(parameter -> parameter.getValue().size() != 1
                        || parameter.getValue().get(0).isBlank())
                .map(parameter -> "the query has no value, or several, of " + parameter.getKey())
                .findFirst()
                .orElse("");
    }

    private static Map<String, List<String>> query(String target) {
        String[] parts = target.split("\\?", 2);
        return Stream.of(parts.length < 2 ? new String[0] : parts[1].split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.groupingBy(
                        parameter -> decode(parameter[0]),
                        Collectors.mapping(
                                parameter -> parameter.length < 2 ? "" : decode(parameter[1]), Collectors.toList())));
    }

    private Set<String> names(Operation operation, String in, boolean required) {
        return operation.specified().getJsonArray("parameters", new JsonArray()).stream()
                .map(parameter -> resolve((JsonObject) parameter))
                .filter(parameter -> parameter.getString("in").equals(in))
                .filter(parameter -> !required || parameter.getBoolean("required", false))
                .map(parameter -> parameter.getString("name"))
                .collect(Collectors.toSet());
    }

    private String faultsOfAuthorization(Operation operation, String authorization) {
        JsonArray alternatives = operation.specified().getJsonArray("security", document.getJsonArray("security"));
        boolean bearer = alternatives.stream()
                .flatMap(alternative -> ((JsonObject) alternative).fieldNames().stream())
                .map(document.getJsonObject("components").getJsonObject("securitySchemes")::getJsonObject)
                .anyMatch(scheme -> "bearer".equals(scheme.getString("scheme")));
        if (bearer) {
            return BEARER.matcher(String.valueOf(authorization)).matches()
                    ? ""
                    : "the header Authorization has no bearer token";
        }
        return authorization == null ? "" : "the header Authorization is there, and not by the spec";
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private String faultsOfParametersAndBody(
            Operation operation, String target, Map<String, String> headers, String contentType, byte[] body) {
        if (!operation.hasBody() && body.length > 0) {
            return operation.id() + " has no body by the spec";
        }
        Map<String, RequestParameter> query = new HashMap<>();
        query(target).forEach((name, values) -> query.put(name, new RequestParameterImpl(values.get(0))));
        return firstOf(
                () -> faults(requests.validate(
                        request(operation.variablesIn(path(target)), query, headers, contentType, body),
                        operation.id())),
                () -> faultsOfFields(operation, body));
    }

    private String faultsOfFields(Operation operation, byte[] body) {
        if (!operation.hasBody()) {
            return "";
        }
        JsonObject fields = new JsonObject(Buffer.buffer(body));
        JsonObject schema = schema(operation.specified().getJsonObject("requestBody"));
        if (fields.containsKey("access_token")
                && !schema.getJsonObject("properties", new JsonObject()).containsKey("access_token")) {
            return "the body has the access token, which belongs elsewhere";
        }
        return countOf(schema, "x-exactly-one-of", fields) == 1
                ? ""
                : "not exactly one of " + schema.getJsonArray("x-exactly-one-of");
    }

    private boolean isForm(Operation operation) {
        return operation.hasBody() && content(operation).containsKey(FORM);
    }

    private JsonObject content(Operation operation) {
        return resolve(operation.specified().getJsonObject("requestBody")).getJsonObject("content");
    }

    private String faultsOfForm(
            Operation operation, String target, Map<String, String> headers, String contentType, byte[] body) {
        if (!contentType.startsWith(FORM)) {
            return "the body is " + contentType + ", by the spec " + FORM;
        }
        JsonObject encodings = content(operation).getJsonObject(FORM).getJsonObject("encoding", new JsonObject());
        JsonObject fields = new JsonObject();
        for (Request.Part part : MultipartForm.parts(contentType, body)) {
            String type =
                    encodings.getJsonObject(part.getName(), new JsonObject()).getString("contentType");
            boolean file = part.getFileName() != null;
            HttpHeader sent = part.getHeader("Content-Type");
            if (file != (type != null) || file && !sent.containsValue(type)) {
                return "the part " + part.getName() + " is no file of type " + type;
            }
            if (fields.containsKey(part.getName())) {
                return "the form has several of " + part.getName();
            }
            fields.put(part.getName(), part.getBody().asString());
        }
        return faultsOfParametersAndBody(
                operation, target, headers, JSON, fields.toBuffer().getBytes());
    }

    private static long countOf(JsonObject schema, String extension, JsonObject fields) {
        return schema.containsKey(extension)
                ? schema.getJsonArray(extension).stream()
                        .filter(name -> fields.getValue((String) name) != null)
                        .count()
                : 1;
    }

    private String faultsOfResponse(Operation operation, int status, String contentType, byte[] body) {
        JsonObject specified = operation.specified().getJsonObject("responses");
        JsonObject response = resolve(Stream.of(String.valueOf(status), status / 100 + "XX", "default")
                .filter(specified::containsKey)
                .findFirst()
                .map(specified::getJsonObject)
                .orElseThrow());
        String mediaType = String.valueOf(contentType).split(";")[0].strip().toLowerCase(Locale.ROOT);
        if (!response.getJsonObject("content").containsKey(mediaType)) {
            return "the response is " + mediaType + ", by the spec one of "
                    + response.getJsonObject("content").fieldNames();
        }
        if (!mediaType.equals(JSON)) {
            return body.length == 0 ? "the document is empty" : "";
        }
        return firstOf(
                () -> faults(responses.validate(
                        ValidatableResponse.create(status, Buffer.buffer(body), JSON), operation.id())),
                () -> faultsOfSuccess(schema(response), body));
    }

    private static String faultsOfSuccess(JsonObject schema, byte[] body) {
        JsonObject fields = new JsonObject(Buffer.buffer(body));
        if (!"ok".equals(fields.getString("status"))) {
            return "";
        }
        return schema.getJsonArray("x-required-when-ok", new JsonArray()).stream()
                .map(String.class::cast)
                .filter(names -> Stream.of(names.split(" \\| ")).noneMatch(name -> fields.getValue(name) != null))
                .map(names -> "a success without " + names)
                .findFirst()
                .orElse("");
    }

    private JsonObject schema(JsonObject bodyOrResponse) {
        JsonObject content = resolve(bodyOrResponse).getJsonObject("content");
        return resolve(
                content.getJsonObject(content.containsKey(FORM) ? FORM : JSON).getJsonObject("schema"));
    }

    private JsonObject resolve(JsonObject object) {
        if (!object.containsKey("$ref")) {
            return object;
        }
        JsonObject target = document;
        for (String name : object.getString("$ref").substring("#/".length()).split("/")) {
            target = target.getJsonObject(name);
        }
        return resolve(target);
    }

    private static String faults(Future<?> validation) {
        try {
            validation.toCompletionStage().toCompletableFuture().get();
            return "";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ValidatableRequest request(
            Map<String, RequestParameter> path,
            Map<String, RequestParameter> query,
            Map<String, String> headers,
            String contentType,
            byte[] body) {
        return new ValidatableRequest() {
            @Override
            public String getContentType() {
                return contentType;
            }

            @Override
            public Map<String, RequestParameter> getCookies() {
                return Map.of();
            }

            @Override
            public Map<String, RequestParameter> getHeaders() {
                return headers.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, header -> new RequestParameterImpl(header.getValue())));
            }

            @Override
            public Map<String, RequestParameter> getPathParameters() {
                return path;
            }

            @Override
            public Map<String, RequestParameter> getQuery() {
                return query;
            }

            @Override
            public RequestParameter getBody() {
                return new RequestParameterImpl(Buffer.buffer(body));
            }
        };
    }
}
