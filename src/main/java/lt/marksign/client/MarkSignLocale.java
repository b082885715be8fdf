package lt.marksign.client;

import java.util.Arrays;

/** The language of the gateway's messages. The path of a request selects it: an English path is {@code /en} and the Lithuanian one. */
public enum MarkSignLocale {
    /** Lithuanian, the gateway's own default. */
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
