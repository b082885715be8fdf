package lt.marksign.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import lt.marksign.client.feign.Operation;

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

    /** The one of an operation's two forms that speaks this language. */
    <T> T choose(T lithuanian, T english) {
        return this == EN ? english : lithuanian;
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
    public static Operation operation(String method, String path) {
        MarkSignLocale locale = path.startsWith(EN.pathPrefix) ? EN : LT;
        String name = withoutEnd(withoutEnd(method, WITH_HTTP_INFO), locale.operationSuffix);
        return new Operation(name, locale.name().toLowerCase(Locale.ROOT));
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }
}
