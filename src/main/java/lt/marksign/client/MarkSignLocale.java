package lt.marksign.client;

import java.util.Arrays;

/** The language of the gateway's messages. The path of a request selects it: English paths start with {@code /en}. */
public enum MarkSignLocale {
    /** Lithuanian, the gateway's default. */
    LT,
    /** English. */
    EN;

    static MarkSignLocale parse(String name) {
        return Arrays.stream(values())
                .filter(locale -> locale.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("locale must be one of "
                        + Arrays.toString(values()).replaceAll("[\\[\\]]", "") + ", but is " + name));
    }
}
