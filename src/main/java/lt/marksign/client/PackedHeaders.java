package lt.marksign.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lt.marksign.client.error.ResponseHead;

/** Headers as one text, which takes a quarter of a map's memory: thousands of sessions may wait, each with those of an answer. */
final class PackedHeaders {
    /** Stands in no header, whatever a transport makes of one. */
    private static final String END = "\0";

    private PackedHeaders() {}

    static String pack(Map<String, Collection<String>> headers) {
        StringBuilder packed = new StringBuilder();
        headers.forEach((name, values) -> values.forEach(value ->
                packed.append(name).append(END).append(value.replace(END, "")).append(END)));
        return packed.toString();
    }

    /** Nobody can change the result. */
    static Map<String, List<String>> unpack(String packed) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String[] texts = packed.split(END, -1);
        for (int i = 0; i + 1 < texts.length; i += 2) {
            headers.computeIfAbsent(texts[i], name -> new ArrayList<>()).add(texts[i + 1]);
        }
        return new ResponseHead(0, headers, Optional.empty()).headers();
    }
}
