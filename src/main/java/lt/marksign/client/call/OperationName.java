package lt.marksign.client.call;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What a log says was called.
 *
 * @param name the operation, the same in every language
 * @param language the language that its path chose, as an ISO 639 code
 */
public record OperationName(String name, String language) {
    /** The name of a Feign target whose methods call the English form of each operation that has one. */
    public static final String ENGLISH_TARGET = "marksign-en";

    /**
     * Tells an operation from its language. The path selects the language, so the spec has each operation once in each.
     *
     * @param method the generated method's name, such as {@code removeSmartIdSessionEn}
     * @param path the path's template, such as {@code /en/api/smartid/session/{sessionId}}
     * @return the operation, such as {@code removeSmartIdSession} in {@code en}
     */
    public static OperationName of(String method, String path) {
        boolean english = path.startsWith("/en/");
        String name = method.replaceFirst((english ? "En" : "") + "(WithHttpInfo)?$", "");
        return new OperationName(name, english ? "en" : "lt");
    }

    /**
     * Finds the English form of an operation.
     *
     * @param method a generated method
     * @return the generated method of the English path; the same one if the operation has none
     */
    public static Method inEnglish(Method method) {
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
