package lt.marksign.client.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of the spec that the library reads at run time. */
public final class Spec {
    /** The spec of the gateway. */
    public static final Spec GATEWAY = GeneratedSpec.addTo(new Spec());

    private static final Schema NO_RULES = new Schema(List.of(), List.of(), List.of(), "");

    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<Class<?>, Supplier<Schema>> schemas = new HashMap<>();
    /** Not a {@code ClassValue}, because classes of the JDK would hold it after an application is undeployed. */
    private final Map<Class<?>, Schema> found = new ConcurrentHashMap<>();

    Spec() {}

    /**
     * The facts of the spec about an operation.
     *
     * @param idempotent whether a request may be resent if its outcome is unknown
     * @param tokenInHeader whether the access token goes into the header {@code Authorization}
     * @param returnsDocument whether a response may be a document; otherwise every response is JSON
     * @param parameters the parameters that are neither in the path nor in the body
     */
    public record Operation(
            boolean idempotent, boolean tokenInHeader, boolean returnsDocument, List<Schema.Property> parameters) {
        private static Operation of(
                String httpMethod, boolean idempotent, boolean tokenInHeader, boolean returnsDocument) {
            boolean always = Set.of("GET", "DELETE").contains(httpMethod);
            return new Operation(always || idempotent, tokenInHeader, returnsDocument, new ArrayList<>());
        }

        /**
         * Checks the values of the parameters.
         *
         * @param values the values by name
         * @throws IllegalArgumentException if a value breaks a rule of the spec; the message names the parameter and the rule
         */
        public void validateParameters(Map<String, ?> values) {
            new Schema(parameters, List.of(), List.of(), "").validate(values, "", "");
        }
    }

    void operation(String httpMethod, String path, boolean idempotent, boolean tokenInHeader, String... responses) {
        boolean returnsDocument = Stream.of(responses).anyMatch(type -> !type.equals("application/json"));
        operations.put(httpMethod + " " + path, Operation.of(httpMethod, idempotent, tokenInHeader, returnsDocument));
    }

    void parameter(String httpMethod, String path, Schema.Property parameter) {
        operation(httpMethod, path).parameters().add(parameter);
    }

    /** Adds a schema. It is created on first use, because a program uses few schemas and should start fast. */
    void schema(Class<?> model, Supplier<Schema> schema) {
        schemas.put(model, schema);
    }

    /** Returns the schema of a class. A class that was not generated has a schema without rules. */
    private Schema find(Class<?> model) {
        Schema schema = found.get(model);
        // computeIfAbsent() may lock even if the class is present.
        return schema != null
                ? schema
                : found.computeIfAbsent(
                        model, key -> schemas.getOrDefault(key, () -> NO_RULES).get());
    }

    /**
     * Returns an operation.
     *
     * @param httpMethod its HTTP method in upper case
     * @param path the template of its path
     * @return the operation; if the spec does not have it, one that is idempotent only if its method is GET or DELETE
     */
    public Operation operation(String httpMethod, String path) {
        Operation known = operations.get(httpMethod + " " + path);
        return known == null ? Operation.of(httpMethod, false, false, false) : known;
    }

    /**
     * Returns the values of {@code status} with which a response is not a refusal.
     *
     * @param response the class of the response
     * @return the values that its schema lists, except {@code error}; only {@code ok} if the schema lists no values
     */
    public Set<String> successes(Class<?> response) {
        Set<String> successes = find(response)
                .statuses()
                .filter(status -> !status.equals("error"))
                .collect(Collectors.toUnmodifiableSet());
        return successes.isEmpty() ? Set.of("ok") : successes;
    }

    /**
     * Tells whether a response may contain a document.
     *
     * @param response the class of the response
     * @return whether its schema has the content of a file, at any depth
     */
    public boolean holdsContent(Class<?> response) {
        return find(response).properties().stream()
                .anyMatch(property -> property.content() || holdsContent(property.model()));
    }

    /**
     * Tells whether an unreadable value of a field makes the whole response unreadable.
     *
     * @param model the class of the object that has the field
     * @param field the field's name
     * @return whether the field is strict or required in the spec, or the class is not in the spec
     */
    public boolean isStrict(Class<?> model, String field) {
        return !knows(model) || find(model).isStrict(field);
    }

    /**
     * Returns the text that the caller must see if the response to a request was lost.
     *
     * @param response the class of the response
     * @return the text in the spec, or an empty text
     */
    public String whenUnknown(Class<?> response) {
        return find(response).whenUnknown();
    }

    /**
     * Checks the body of a request.
     *
     * @param request the body
     * @param ignored the name of a property that is added later, so it is not checked
     * @throws IllegalArgumentException if the body breaks a rule of its schema; the message names the field and the rule, and
     *     does not repeat the value
     */
    public void validateRequest(@Nullable Object request, String ignored) {
        walk("", request, (schema, owner, path) -> schema.validate(owner, path, ignored));
    }

    /**
     * Finds a required field that a response lacks.
     *
     * @param response the response's body as its model
     * @return the name of the first such field, or null
     */
    public @Nullable String missingField(@Nullable Object response) {
        List<String> missing = new ArrayList<>();
        walk("", response, (schema, owner, path) -> schema.missingIn(owner, path, missing));
        return missing.isEmpty() ? null : missing.get(0);
    }

    /**
     * Returns the credentials and the personal data in a request.
     *
     * @param request the request's body
     * @return the values of the fields with {@code format: password} in the spec, at any depth
     */
    public List<String> secretsOf(@Nullable Object request) {
        List<String> secrets = new ArrayList<>();
        walk("", request, (schema, owner, path) -> schema.secretsIn(owner, secrets));
        return secrets;
    }

    /**
     * Returns the value of a field.
     *
     * @param request the body of a request or a response
     * @param field the field's name
     * @return the value, or null if there is none
     */
    public @Nullable Object value(Object request, String field) {
        return find(request.getClass()).value(request, field);
    }

    /**
     * Tells whether a class was generated from a schema.
     *
     * @param type the class
     * @return whether the spec has its schema
     */
    public boolean knows(Class<?> type) {
        return schemas.containsKey(type);
    }

    private interface Visitor {
        void visit(Schema schema, Object owner, String path);
    }

    /** Visits an object and then its nested objects. */
    private void walk(String path, @Nullable Object value, Visitor visitor) {
        if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                walk(path + "[" + i + "]", items.get(i), visitor);
            }
        } else if (value != null) {
            Schema schema = find(value.getClass());
            String prefix = path.isEmpty() ? "" : path + ".";
            visitor.visit(schema, value, prefix);
            for (Schema.Property property : schema.properties()) {
                walk(prefix + property.name(), property.getter().apply(value), visitor);
            }
        }
    }
}
