package lt.marksign.client.exchange;

import feign.Param;
import feign.RequestLine;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.spec.Operation;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/** What every call of one generated method has in common: what its annotations say, and what the spec says besides. */
public final class Called {
    private final PathTemplate path;
    private final OperationName name;
    private final Operation operation;
    private final Class<?> answer;
    private final Set<String> successes;
    private final boolean answersDocument;
    private final Spec spec;
    private final @Nullable String[] pathVariables;
    private final int body;

    private Called(Method method, RequestLine line, OperationName.Naming naming, Spec spec) {
        String[] request = line.value().split(" ", 2);
        this.path = PathTemplate.of(method);
        this.name = naming.name(method.getName(), path.toString());
        this.operation = spec.operation(request[0], path.toString());
        this.answer = answerOf(method.getGenericReturnType());
        this.successes = spec.successes(answer);
        this.answersDocument = !operation.documents().isEmpty() || spec.holdsContent(answer);
        this.spec = spec;
        this.pathVariables = pathVariablesByArgument(method, path);
        this.body = bodyArgument(method);
    }

    /** Those of the methods that were called, or are about to be. */
    public static final class Methods {
        private final OperationName.Naming naming;
        private final Spec spec;
        private final Map<Method, Called> known = new ConcurrentHashMap<>();

        public Methods(OperationName.Naming naming, Spec spec) {
            this.naming = naming;
            this.spec = spec;
        }

        /** What is known of a method, or null of one that the generator did not write. */
        public @Nullable Called find(Method method) {
            RequestLine line = method.getAnnotation(RequestLine.class);
            return line == null ? null : known.computeIfAbsent(method, key -> new Called(key, line, naming, spec));
        }
    }

    private static Class<?> answerOf(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == ApiResponse.class
                    ? answerOf(generic.getActualTypeArguments()[0])
                    : (Class<?>) generic.getRawType();
        }
        return type instanceof Class<?> known ? known : Object.class;
    }

    private static String[] pathVariablesByArgument(Method method, PathTemplate path) {
        Parameter[] parameters = method.getParameters();
        String[] result = new String[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Param param = parameters[i].getAnnotation(Param.class);
            if (param != null && path.variables().contains(param.value())) {
                result[i] = param.value();
            }
        }
        return result;
    }

    /** To Feign, what has none of its annotations is the body. */
    private static int bodyArgument(Method method) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (Arrays.stream(parameters[i].getAnnotations())
                    .noneMatch(one -> one.annotationType().getPackage() == Param.class.getPackage())) {
                return i;
            }
        }
        return -1;
    }

    PathTemplate path() {
        return path;
    }

    OperationName name() {
        return name;
    }

    Operation operation() {
        return operation;
    }

    /** The model of its answer. */
    Class<?> answer() {
        return answer;
    }

    Set<String> successes() {
        return successes;
    }

    /** What the caller must know first when the outcome is unknown, or an empty text. */
    String warning() {
        String warning = spec.whenUnknown(answer);
        return warning.isEmpty() ? "" : warning + ": ";
    }

    /** Whether its answer may hold a document. */
    boolean answersDocument() {
        return answersDocument;
    }

    Spec spec() {
        return spec;
    }

    @Nullable String[] pathVariables() {
        return pathVariables;
    }

    /**
     * Checks what is to be sent.
     *
     * @throws IllegalArgumentException if an argument breaks a rule of the spec
     */
    public void check(Object[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (pathVariables[i] != null) {
                PathTemplate.check(pathVariables[i], arguments[i]);
            }
        }
        if (body >= 0 && arguments[body] == null) {
            throw new IllegalArgumentException("the request must not be null");
        }
        spec.checkRequest(bodyOf(arguments), AccessToken.FIELD);
    }

    /** The argument that is the request's body, or null. */
    @Nullable Object bodyOf(Object[] arguments) {
        return body < 0 ? null : arguments[body];
    }
}
