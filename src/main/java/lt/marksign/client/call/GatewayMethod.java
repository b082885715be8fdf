package lt.marksign.client.call;

import feign.MethodMetadata;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * What is the same in every call of a generated method. The path selects the language, so the spec has each operation once in
 * each, and a log names both.
 *
 * @param name the operation, the same in every language
 * @param language the language that its path selects, as an ISO 639 code
 * @param parameters the names of the arguments but the body, by index
 * @param pathVariables those of them that are in the path
 * @param responseType what the response is read as
 * @param successes the values of {@code status} with which a response is not a refusal
 * @param mayReturnDocument whether a response may hold a document
 * @param whenUnknown what the caller must know when the response was lost, or an empty text
 */
record GatewayMethod(
        String name,
        String language,
        Spec.Operation operation,
        @Nullable Integer body,
        Map<Integer, String> parameters,
        Map<Integer, String> pathVariables,
        Type responseType,
        Set<String> successes,
        boolean mayReturnDocument,
        String whenUnknown) {

    static GatewayMethod of(MethodMetadata method, Spec spec) {
        String path = method.template().path();
        boolean english = path.startsWith("/en/");
        Map<Integer, String> parameters = new LinkedHashMap<>();
        method.indexToName().forEach((index, names) -> names.forEach(name -> parameters.put(index, name)));
        Map<Integer, String> pathVariables = new LinkedHashMap<>(parameters);
        pathVariables.values().removeIf(name -> !path.contains("{" + name + "}"));
        Type type = method.returnType();
        Type response = type instanceof ParameterizedType generic && generic.getRawType() == ApiResponse.class
                ? generic.getActualTypeArguments()[0]
                : type;
        Class<?> model = response instanceof Class<?> known ? known : Object.class;
        Spec.Operation operation = spec.operation(method.template().method(), path);
        return new GatewayMethod(
                method.method().getName().replaceFirst((english ? "En" : "") + "(WithHttpInfo)?$", ""),
                english ? "en" : "lt",
                operation,
                method.bodyIndex(),
                parameters,
                pathVariables,
                response,
                spec.successes(model),
                operation.returnsDocument() || spec.holdsContent(model),
                spec.whenUnknown(model));
    }

    /** Returns the generated method of the English path; the same one if the operation has none. */
    static Method inEnglish(Method method) {
        String name = method.getName().replaceFirst("(WithHttpInfo)?$", "En$1");
        String parameters = Arrays.toString(method.getParameterTypes());
        // The generator makes a class of its own of each operation's query.
        return Stream.of(method.getDeclaringClass().getMethods())
                .filter(other -> other.getName().equals(name)
                        && parameters.equals(
                                Arrays.toString(other.getParameterTypes()).replace("EnQueryParams", "QueryParams")))
                .findFirst()
                .orElse(method);
    }
}
