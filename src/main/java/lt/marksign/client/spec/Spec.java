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

/** The spec, as far as the plumbing needs to know it. */
public final class Spec {
    /** The gateway's. */
    public static final Spec GATEWAY = GeneratedSpec.addTo(new Spec());

    private static final Schema NO_RULES = new Schema(List.of(), List.of(), List.of(), "");

    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<Class<?>, Supplier<Schema>> schemas = new HashMap<>();
    /** Not a {@code ClassValue}: the classes of the JDK would hold it after an application is undeployed. */
    private final Map<Class<?>, Schema> found = new ConcurrentHashMap<>();

    Spec() {}

    /**
     * What is known of an operation before it is called.
     *
     * @param idempotent whether it may be sent again if its outcome is unknown
     * @param tokenInHeader whether the access token goes into the header {@code Authorization}
     * @param returnsDocument whether a response is a document; otherwise every response is JSON
     * @param parameters those that are neither in the path nor the body
     */
    public record Operation(
            boolean idempotent, boolean tokenInHeader, boolean returnsDocument, List<Schema.Property> parameters) {
        private static Operation of(
                String httpMethod, boolean idempotent, boolean tokenInHeader, boolean returnsDocument) {
            boolean always = Set.of("GET", "DELETE").contains(httpMethod);
            return new Operation(always || idempotent, tokenInHeader, returnsDocument, new ArrayList<>());
        }

        /**
         * Checks the parameters.
         *
         * @param values the parameters by name
         * @throws IllegalArgumentException if one breaks a rule of the spec; the message names it and the rule
         */
        public void checkParameters(Map<String, ?> values) {
            new Schema(parameters, List.of(), List.of(), "").check(values, "", "");
        }
    }

    void operation(String httpMethod, String path, boolean idempotent, boolean tokenInHeader, String... responses) {
        boolean returnsDocument = Stream.of(responses).anyMatch(type -> !type.equals("application/json"));
        operations.put(httpMethod + " " + path, Operation.of(httpMethod, idempotent, tokenInHeader, returnsDocument));
    }

    void parameter(String httpMethod, String path, Schema.Property parameter) {
        operation(httpMethod, path).parameters().add(parameter);
    }

    /** A schema is made when it is needed: a program uses few of them, and should start fast. */
    void schema(Class<?> model, Supplier<Schema> schema) {
        schemas.put(model, schema);
    }

    /** The schema of a class; one without rules for a class that was not generated. */
    private Schema find(Class<?> model) {
        Schema schema = found.get(model);
        // computeIfAbsent() may lock, even for a class that is present.
        return schema != null
                ? schema
                : found.computeIfAbsent(
                        model, key -> schemas.getOrDefault(key, () -> NO_RULES).get());
    }

    /**
     * Looks an operation up.
     *
     * @param httpMethod its method, in capitals
     * @param path its path's template
     * @return what the spec says of it; for one that it does not have, what HTTP says of the method
     */
    public Operation operation(String httpMethod, String path) {
        Operation known = operations.get(httpMethod + " " + path);
        return known == null ? Operation.of(httpMethod, false, false, false) : known;
    }

    /**
     * The values of {@code status} with which a response is not a refusal.
     *
     * @param response the class of the response
     * @return what its schema lists, but for {@code error}; {@code ok} alone where it lists nothing
     */
    public Set<String> successes(Class<?> response) {
        Set<String> successes = find(response)
                .statuses()
                .filter(status -> !status.equals("error"))
                .collect(Collectors.toUnmodifiableSet());
        return successes.isEmpty() ? Set.of("ok") : successes;
    }

    /**
     * Whether a response may hold a document.
     *
     * @param response the class of the response
     * @return whether its schema has the content of a file, at any depth
     */
    public boolean holdsContent(Class<?> response) {
        return find(response).properties().stream()
                .anyMatch(property -> property.content() || holdsContent(property.model()));
    }

    /**
     * Whether a response with an unreadable value in this field is unreadable as a whole.
     *
     * @param model the class of the object
     * @param field the field's name
     * @return whether the spec calls the field strict or required, or does not know the object
     */
    public boolean isStrict(Class<?> model, String field) {
        return !knows(model) || find(model).isStrict(field);
    }

    /**
     * What the caller must know when the response to a request was lost.
     *
     * @param response the class of the response
     * @return what the spec says of it, or an empty text
     */
    public String whenUnknown(Class<?> response) {
        return find(response).whenUnknown();
    }

    /**
     * Checks what is to be sent.
     *
     * @param request a request's body
     * @param ignored the name of a property that is put in later
     * @throws IllegalArgumentException if it breaks a rule of its schema; the message names the field and the rule, and
     *     does not repeat the value
     */
    public void checkRequest(@Nullable Object request, String ignored) {
        walk("", request, (schema, owner, path) -> schema.check(owner, path, ignored));
    }

    /**
     * Checks what was received.
     *
     * @param response a response's body, as its model
     * @return the name of what the schema requires and the response lacks, or null
     */
    public @Nullable String missingField(@Nullable Object response) {
        List<String> missing = new ArrayList<>();
        walk("", response, (schema, owner, path) -> schema.missingIn(owner, path, missing));
        return missing.isEmpty() ? null : missing.get(0);
    }

    /**
     * What of a request is somebody's secret or personal data.
     *
     * @param request a request's body
     * @return the values of the fields that the spec calls passwords, at any depth
     */
    public List<String> secretsOf(@Nullable Object request) {
        List<String> secrets = new ArrayList<>();
        walk("", request, (schema, owner, path) -> schema.secretsIn(owner, secrets));
        return secrets;
    }

    /**
     * The value of a request's field.
     *
     * @param request a request's body
     * @param field the field's name
     * @return the value, or null if there is none
     */
    public @Nullable Object value(Object request, String field) {
        return find(request.getClass()).value(request, field);
    }

    /**
     * Whether a class was generated from a schema.
     *
     * @param type the class
     * @return whether its schema is known
     */
    public boolean knows(Class<?> type) {
        return schemas.containsKey(type);
    }

    private interface Visitor {
        void visit(Schema schema, Object owner, String path);
    }

    /** Visits an object, and then the objects in it. */
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
