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
 * The facts that all calls of a generated method share. The path selects the language, so the spec lists an operation once per
 * language, and logs show both the name and the language.
 *
 * @param name the name of the operation, the same in both languages
 * @param language the language that the path selects, as an ISO 639 code
 * @param body the index of the argument that is the request's body, or null
 * @param parameters the names of the other arguments, by index
 * @param pathVariables the parameters that are part of the path, by index
 * @param responseType the model of the response
 * @param successes the values of {@code status} that mean success
 * @param mayReturnDocument whether a response may contain a document
 * @param whenUnknown the warning for the caller if the response was lost, or an empty text
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

    /** Returns the generated method of the English path, or the same method if the operation has no English path. */
    static Method inEnglish(Method method) {
        String name = method.getName().replaceFirst("(WithHttpInfo)?$", "En$1");
        String parameters = Arrays.toString(method.getParameterTypes());
        // The generator writes one query class per operation, so the English method has another parameter type.
        return Stream.of(method.getDeclaringClass().getMethods())
                .filter(other -> other.getName().equals(name)
                        && parameters.equals(
                                Arrays.toString(other.getParameterTypes()).replace("EnQueryParams", "QueryParams")))
                .findFirst()
                .orElse(method);
    }
}
