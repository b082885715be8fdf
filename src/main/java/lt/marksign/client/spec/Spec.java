package lt.marksign.client.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lt.marksign.client.error.MarkSignValidationException;
import org.jspecify.annotations.Nullable;

/** The spec, as far as the plumbing needs to know it. */
public final class Spec {
    /** The gateway's. */
    public static final Spec GATEWAY = GeneratedSpec.addTo(new Spec());

    private static final Schema NO_RULES = new Schema(List.of(), List.of(), List.of(), "");

    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, List<Schema.Property>> parameters = new HashMap<>();
    private final Map<Class<?>, Supplier<Schema>> schemas = new HashMap<>();
    private final Map<Class<?>, Schema> found = new ConcurrentHashMap<>();

    Spec() {}

    /**
     * What is known of an operation before it is called.
     *
     * @param idempotent whether it may be sent again if its outcome is unknown
     * @param tokenInHeader whether the access token goes into the header {@code Authorization}
     * @param documents the media types of a response that is a document; empty if every response is JSON
     */
    public record Operation(boolean idempotent, boolean tokenInHeader, Set<String> documents) {
        /** What HTTP says of a method, for an operation that is not in the spec. */
        private static Operation of(String httpMethod) {
            return new Operation(Set.of("GET", "DELETE").contains(httpMethod), false, Set.of());
        }
    }

    private static void rejectFirst(Stream<MarkSignValidationException> faults) {
        faults.findFirst().ifPresent(fault -> {
            throw fault;
        });
    }

    void operation(String httpMethod, String path, boolean idempotent, boolean tokenInHeader, String... responses) {
        Set<String> documents = Set.of(responses).stream()
                .filter(type -> !type.equals("application/json"))
                .collect(Collectors.toUnmodifiableSet());
        operations.put(
                httpMethod + " " + path,
                new Operation(idempotent || Operation.of(httpMethod).idempotent(), tokenInHeader, documents));
    }

    void parameter(String httpMethod, String path, Schema.Property parameter) {
        parameters
                .computeIfAbsent(httpMethod + " " + path, key -> new ArrayList<>())
                .add(parameter);
    }

    /**
     * Checks the parameters of an operation that are neither in its path nor its body.
     *
     * @param httpMethod its method, in capitals
     * @param path its path's template
     * @param values the parameters by name
     * @throws IllegalArgumentException if one breaks a rule of the spec; the message names it and the rule
     */
    public void checkParameters(String httpMethod, String path, Map<String, ?> values) {
        List<Schema.Property> rules = parameters.getOrDefault(httpMethod + " " + path, List.of());
        rejectFirst(new Schema(rules, List.of(), List.of(), "").faultsOf(values, "", ""));
    }

    /** A schema is made when it is needed: a program uses few of them, and should start fast. */
    void schema(Class<?> model, Supplier<Schema> schema) {
        schemas.put(model, schema);
    }

    /** The schema of a class; one without rules for a class that was not generated. */
    private Schema find(Class<?> model) {
        return found.computeIfAbsent(
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
        return operations.getOrDefault(httpMethod + " " + path, Operation.of(httpMethod));
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
        rejectFirst(walk("", request, (schema, owner, path) -> schema.faultsOf(owner, path, ignored)));
    }

    /**
     * Checks what was received.
     *
     * @param response a response's body, as its model
     * @return the name of what the schema requires and the response lacks, or null
     */
    public @Nullable String missingField(@Nullable Object response) {
        return walk("", response, Schema::missingIn).findFirst().orElse(null);
    }

    /**
     * What of a request is somebody's secret or personal data.
     *
     * @param request a request's body
     * @return the values of the fields that the spec calls passwords, at any depth
     */
    public List<String> secretsOf(@Nullable Object request) {
        return walk("", request, (schema, owner, path) -> schema.secretsIn(owner))
                .toList();
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

    private interface Question<T> {
        Stream<T> ask(Schema schema, Object owner, String path);
    }

    /** What there is to say of an object, and then of the objects in it. */
    private <T> Stream<T> walk(String path, @Nullable Object value, Question<T> question) {
        if (value instanceof List<?> items) {
            return IntStream.range(0, items.size())
                    .boxed()
                    .flatMap(i -> walk(path + "[" + i + "]", items.get(i), question));
        }
        if (value == null) {
            return Stream.of();
        }
        Schema schema = find(value.getClass());
        String prefix = path.isEmpty() ? "" : path + ".";
        return Stream.concat(
                question.ask(schema, value, prefix),
                schema.properties().stream()
                        .flatMap(property ->
                                walk(prefix + property.name(), property.getter().apply(value), question)));
    }
}
