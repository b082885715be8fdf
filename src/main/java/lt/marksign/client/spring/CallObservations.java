package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import feign.Feign;
import feign.InvocationHandlerFactory;
import feign.InvocationHandlerFactory.MethodHandler;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.exchange.OperationName;
import lt.marksign.client.exchange.RetryListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Observes each call from its arguments to its result, and passes the trace on. Feign's own Micrometer module does not end an
 * observation on an exception that is not Feign's. Two capabilities: the one stands around the library's checks of the
 * arguments, so it is added before the library's capability; the other sees the request, and is added after it. Micrometer's
 * current observation connects them.
 */
final class CallObservations {
    private static final Observation.Event RETRY = Observation.Event.of("retry");
    private static final String NONE = "none";

    private CallObservations() {}

    /** Adds both to a builder that has the library's capability. */
    static void addTo(Feign.Builder feign, ObservationRegistry registry) {
        feign.invocationHandlerFactory(new OfCalls(registry).enrich(new InvocationHandlerFactory.Default()))
                .addCapability(new OfRequests(registry));
    }

    /** The trace's headers are put into the carrier, and from there into the request. */
    private static final class CallContext extends RequestReplySenderContext<Map<String, String>, Response> {
        CallContext() {
            super((headers, name, value) -> headers.put(name, value));
            setCarrier(new HashMap<>());
        }
    }

    /** Public, because Feign calls it by reflection. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    public static final class OfCalls implements Capability {
        private final ObservationRegistry registry;

        OfCalls(ObservationRegistry registry) {
            this.registry = registry;
        }

        @Override
        public InvocationHandlerFactory enrich(InvocationHandlerFactory factory) {
            return (target, dispatch) -> {
                Map<Method, MethodHandler> observed = new LinkedHashMap<>(dispatch);
                observed.replaceAll((method, handler) -> method.isAnnotationPresent(RequestLine.class)
                        ? arguments -> observe(method, handler, arguments)
                        : handler);
                return factory.create(target, observed);
            };
        }

        private Object observe(Method method, MethodHandler handler, Object[] arguments) throws Throwable {
            String path = method.getAnnotation(RequestLine.class).value().split(" ")[1];
            OperationName operation = MarkSignLocale.operation(method.getName(), path);
            CallContext context = new CallContext();
            Observation observation = Observation.createNotStarted("marksign.client", () -> context, registry)
                    .contextualName("marksign " + operation.name())
                    .lowCardinalityKeyValue("operation", operation.name())
                    .lowCardinalityKeyValue("language", operation.language())
                    .start();
            try (Observation.Scope scope = observation.openScope()) {
                Object result = handler.invoke(arguments);
                Response response = context.getResponse();
                observation.lowCardinalityKeyValues(tags("ok", response == null ? NONE : response.status(), NONE));
                return result;
            } catch (Throwable e) {
                observation.lowCardinalityKeyValues(tags(e)).error(e);
                throw e;
            } finally {
                observation.stop();
            }
        }
    }

    private static KeyValues tags(Throwable failure) {
        if (failure instanceof MarkSignApiException refusal) {
            OptionalInt code = refusal.errorCode();
            return tags("refused", refusal.httpStatus(), code.isPresent() ? bounded(code.getAsInt()) : NONE);
        }
        if (failure instanceof MarkSignUnexpectedResponseException unexpected) {
            return tags("unexpected", unexpected.httpStatus(), NONE);
        }
        if (failure instanceof MarkSignException) {
            return tags("no answer", NONE, NONE);
        }
        return tags(failure instanceof UncheckedIOException ? "broken off" : "not sent", NONE, NONE);
    }

    private static KeyValues tags(String outcome, Object httpStatus, String errorCode) {
        return KeyValues.of("outcome", outcome, "http.status", String.valueOf(httpStatus), "error.code", errorCode);
    }

    /** A code of the gateway's published table, which gives a refusal its type; all other numbers are one value. */
    private static String bounded(int code) {
        MarkSignApiException byCodeAlone = MarkSignApiException.of("", "", OptionalInt.of(code), 200, false);
        return byCodeAlone.getClass() == MarkSignApiException.class ? "other" : String.valueOf(code);
    }

    /** Public, because Feign calls it by reflection. */
    public static final class OfRequests implements Capability {
        private final ObservationRegistry registry;

        OfRequests(ObservationRegistry registry) {
            this.registry = registry;
        }

        @Override
        public Client enrich(Client client) {
            return (request, options) -> {
                Observation observation = registry.getCurrentObservation();
                if (observation == null || !(observation.getContext() instanceof CallContext context)) {
                    return client.execute(request, options);
                }
                context.getCarrier().forEach(request::header);
                Response response = client.execute(request, new ObservedOptions(options, observation));
                context.setResponse(response);
                return response;
            };
        }
    }

    /** The same options, which pass each retry on as an event. */
    private static final class ObservedOptions extends Request.Options implements RetryListener {
        private final Observation observation;

        ObservedOptions(Request.Options options, Observation observation) {
            super(
                    options.connectTimeout(),
                    options.connectTimeoutUnit(),
                    options.readTimeout(),
                    options.readTimeoutUnit(),
                    options.isFollowRedirects());
            this.observation = observation;
        }

        @Override
        public void retrying() {
            observation.event(RETRY);
        }
    }
}
