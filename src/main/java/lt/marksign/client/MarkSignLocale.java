package lt.marksign.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import lt.marksign.client.exchange.OperationName;

/**
 * The language of the gateway's messages. The path of a request chooses it, so the spec has each operation once in each
 * language; this is the one place that knows how the two are told apart.
 */
public enum MarkSignLocale {
    /** Lithuanian, the gateway's own default. */
    LT("/", ""),
    /** English. */
    EN("/en/", "En");

    private static final String WITH_HTTP_INFO = "WithHttpInfo";

    private final String pathPrefix;
    private final String operationSuffix;

    MarkSignLocale(String pathPrefix, String operationSuffix) {
        this.pathPrefix = pathPrefix;
        this.operationSuffix = operationSuffix;
    }

    /**
     * The same interface with each method speaking this language, whichever of an operation's two forms is called. One
     * that has no form of this language stays as it is.
     */
    <T> T speaking(Class<T> type, T api) {
        Map<Method, Method> translations = new HashMap<>();
        for (Method method : type.getMethods()) {
            translations.put(method, translate(method, type));
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return translations.getOrDefault(method, method).invoke(api, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Method translate(Method method, Class<?> type) {
        String end = method.getName().endsWith(WITH_HTTP_INFO) ? WITH_HTTP_INFO : "";
        String name = withoutEnd(withoutEnd(method.getName(), end), EN.operationSuffix);
        try {
            return type.getMethod(name + operationSuffix + end, method.getParameterTypes());
        } catch (NoSuchMethodException e) {
            return method;
        }
    }

    static MarkSignLocale parse(String name) {
        return Arrays.stream(values())
                .filter(locale -> locale.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("locale must be one of "
                        + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))
                        + ", but is " + name));
    }

    /**
     * Tells an operation from its language, as logs and metrics name them.
     *
     * @param method the generated method's name, such as {@code removeSmartIdSessionEn}
     * @param path the path's template, such as {@code /en/api/smartid/session/{sessionId}}
     * @return the operation, such as {@code removeSmartIdSession} in {@code en}
     */
    public static OperationName operation(String method, String path) {
        MarkSignLocale locale = path.startsWith(EN.pathPrefix) ? EN : LT;
        String name = withoutEnd(withoutEnd(method, WITH_HTTP_INFO), locale.operationSuffix);
        return new OperationName(name, locale.name().toLowerCase(Locale.ROOT));
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }
}
