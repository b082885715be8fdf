package lt.marksign.client.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The spec, as far as the plumbing needs to know it. Filled once, and read by many threads after that. */
public final class Spec {
    private static final String ERROR = "error";

    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<Class<?>, Supplier<? extends Schema<?>>> sources = new HashMap<>();
    private final Map<Class<?>, Schema<?>> schemas = new ConcurrentHashMap<>();

    /** Makes an empty one. */
    public Spec() {}

    /**
     * Adds an operation.
     *
     * @param httpMethod its method, in capitals
     * @param path its path's template
     * @param repeatable whether the spec says that it may be repeated, besides what its method says
     * @param tokenInQuery whether the spec puts the access token into the query
     * @param answers the media types of its answers
     * @return this
     */
    public Spec operation(String httpMethod, String path, boolean repeatable, boolean tokenInQuery, String... answers) {
        Set<String> documents = Set.of(answers).stream()
                .filter(type -> !type.equals("application/json"))
                .collect(Collectors.toUnmodifiableSet());
        boolean safe = repeatable || Operation.of(httpMethod).repeatable();
        operations.put(httpMethod + " " + path, new Operation(safe, tokenInQuery, documents));
        return this;
    }

    /**
     * Adds a schema.
     *
     * @param model the class that was generated from it
     * @param schema makes its rules, when they are asked for: a program uses few schemas, and wants to start soon
     * @param <T> the class
     * @return this
     */
    public <T> Spec schema(Class<T> model, Supplier<Schema<T>> schema) {
        sources.put(model, schema);
        return this;
    }

    private @Nullable Schema<?> find(Class<?> model) {
        Supplier<? extends Schema<?>> source = sources.get(model);
        return source == null ? null : schemas.computeIfAbsent(model, key -> source.get());
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
        return known == null ? Operation.of(httpMethod) : known;
    }

    /**
     * The values of {@code status} with which an answer is none of a refusal.
     *
     * @param answer the class of the answer
     * @return what its schema lists, but for {@code error}; {@code ok} alone where it lists nothing
     */
    public Set<String> successes(Class<?> answer) {
        Schema<?> schema = find(answer);
        List<String> listed = schema == null ? List.of() : schema.statuses();
        return listed.isEmpty()
                ? Set.of("ok")
                : listed.stream().filter(status -> !status.equals(ERROR)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether an answer may hold a document.
     *
     * @param answer the class of the answer
     * @return whether its schema has the content of a file, at any depth
     */
    public boolean holdsContent(Class<?> answer) {
        Schema<?> schema = find(answer);
        return schema != null
                && schema.properties().stream()
                        .anyMatch(property -> property.isContent() || holdsContent(property.model()));
    }

    /**
     * What the caller must know when the answer to a request was lost.
     *
     * @param answer the class of the answer
     * @return what the spec says of it, or an empty text
     */
    public String whenUnknown(Class<?> answer) {
        Schema<?> schema = find(answer);
        return schema == null ? "" : schema.whenUnknown();
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
        String fault = firstFault("", request, (schema, value, path) -> schema.faultOfRequest(value, path, ignored));
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
    }

    /**
     * Checks what was received.
     *
     * @param answer an answer's body, as its model
     * @return the name of what the schema requires and the answer lacks, or null
     */
    public @Nullable String lackOf(@Nullable Object answer) {
        return firstFault("", answer, Schema::faultOfAnswer);
    }

    private interface Check {
        @Nullable String fault(Schema<?> schema, Object value, String path);
    }

    private @Nullable String firstFault(String path, @Nullable Object value, Check check) {
        if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                String fault = firstFault(path + "[" + i + "]", items.get(i), check);
                if (fault != null) {
                    return fault;
                }
            }
            return null;
        }
        Schema<?> schema = value == null ? null : find(value.getClass());
        if (schema == null) {
            return null;
        }
        String prefix = path.isEmpty() ? "" : path + ".";
        String fault = check.fault(schema, value, prefix);
        for (Property<?> property : schema.properties()) {
            if (fault == null) {
                fault = firstFault(prefix + property.name(), schema.value(value, property.name()), check);
            }
        }
        return fault;
    }

    /**
     * What of a request is somebody's secret or personal data.
     *
     * @param request a request's body
     * @return the values of the fields that the spec calls passwords, at any depth
     */
    public List<String> secretsOf(@Nullable Object request) {
        List<String> secrets = new ArrayList<>();
        firstFault("", request, (schema, value, path) -> {
            for (Property<?> property : schema.properties()) {
                if (property.isSecret() && schema.value(value, property.name()) instanceof String text) {
                    secrets.add(text);
                }
            }
            return null;
        });
        return secrets;
    }

    /**
     * The access token that the caller put into a request.
     *
     * @param request a request's body
     * @param field the token's name
     * @return the token, or null if there is none
     */
    public @Nullable Object value(Object request, String field) {
        Schema<?> schema = find(request.getClass());
        return schema == null ? null : schema.value(request, field);
    }

    /**
     * Whether a class was generated from a schema.
     *
     * @param type the class
     * @return whether its schema is known
     */
    public boolean knows(Class<?> type) {
        return sources.containsKey(type);
    }
}
