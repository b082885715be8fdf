package lt.marksign.client.feign;

import feign.Contract;
import feign.MethodMetadata;
import feign.Request;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lt.marksign.client.transport.Headers;

/**
 * The headers that are the same in every call of a method. Feign makes a template of each header anew at every call, several
 * times over, which is more than all the rest of a call takes; so these are taken out of its hands, and put into the request
 * when it is done with it. A header that an interceptor sets stands in the place of one of these.
 */
final class ConstantHeaders {
    /** A shorter value is a word, such as a language or a number, and no secret. */
    private static final int SHORTEST_SECRET = 9;

    private final Map<String, Collection<String>> always;
    private final List<String> secrets;
    private final Map<MethodMetadata, Map<String, Collection<String>>> byMethod = new ConcurrentHashMap<>();

    /**
     * Makes them.
     *
     * @param userAgent the header of that name
     * @param callers what the caller wants in every request, which may be secret
     */
    ConstantHeaders(String userAgent, Map<String, String> callers) {
        this.always = Headers.ignoringCase();
        this.always.put("User-Agent", List.of(userAgent));
        callers.forEach((name, value) -> this.always.put(name, List.of(value)));
        this.secrets = callers.values().stream()
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .toList();
    }

    /** Those values that an answer must not repeat in a message. */
    List<String> secrets() {
        return secrets;
    }

    Contract takeFrom(Contract contract) {
        return type -> {
            List<MethodMetadata> methods = contract.parseAndValidateMetadata(type);
            methods.forEach(this::take);
            return methods;
        };
    }

    private void take(MethodMetadata method) {
        Map<String, Collection<String>> headers = Headers.ignoringCase();
        headers.putAll(always);
        method.template().headers().forEach((name, values) -> {
            if (values.stream().noneMatch(value -> value.contains("{"))) {
                headers.put(name, List.copyOf(values));
                method.template().removeHeader(name);
            }
        });
        byMethod.put(method, headers);
    }

    /** The headers of a request, with those that it lacks of these. */
    Map<String, Collection<String>> addTo(Request request) {
        Map<String, Collection<String>> headers = Headers.ignoringCase();
        headers.putAll(byMethod.getOrDefault(request.requestTemplate().methodMetadata(), always));
        headers.putAll(request.headers());
        return headers;
    }
}
