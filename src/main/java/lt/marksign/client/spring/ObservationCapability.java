package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import feign.InvocationHandlerFactory;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.exchange.OperationName;
import lt.marksign.client.exchange.RetryListener;
import org.jspecify.annotations.Nullable;

/**
 * Observes each call, retries included, one that is refused before it is sent as well, and passes the trace on. Each retry
 * is an event of its call's observation. Feign's own Micrometer module does not end an
 * observation on an exception that is not Feign's.
 */
public final class ObservationCapability implements Capability {
    private static final String NAME = "marksign.client";
    private static final String NONE = "none";
    private static final String OTHER = "other";

    /** Whether the call that the thread is in has been observed; null outside of calls. */
    private final ThreadLocal<AtomicBoolean> observed = new ThreadLocal<>();

    private final ObservationRegistry registry;
    private final KeyValues whose;

    /**
     * Makes the capability, to be added to a builder after the library's own.
     *
     * @param registry what to report to
     */
    public ObservationCapability(ObservationRegistry registry) {
        this(registry, null);
    }

    /** With the client's name as a tag, where there are several. */
    ObservationCapability(ObservationRegistry registry, @Nullable String client) {
        this.registry = registry;
        this.whose = client == null ? KeyValues.empty() : KeyValues.of("client", client);
    }

    @Override
    public Client enrich(Client client) {
        return (request, options) -> observe(client, request, options);
    }

    /** Sees what is refused before there is a request: a bad argument. */
    @Override
    public InvocationHandlerFactory enrich(InvocationHandlerFactory factory) {
        return (target, dispatch) -> {
            InvocationHandler handler = factory.create(target, dispatch);
            return (proxy, method, arguments) -> {
                AtomicBoolean ofOuterCall = observed.get();
                AtomicBoolean ofThisCall = new AtomicBoolean();
                observed.set(ofThisCall);
                try {
                    return handler.invoke(proxy, method, arguments);
                } catch (RuntimeException e) {
                    if (!ofThisCall.get() && dispatch.containsKey(method) && isOfBadArgument(e)) {
                        observeRefused(method, e);
                    }
                    throw e;
                } finally {
                    if (ofOuterCall == null) {
                        observed.remove();
                    } else {
                        observed.set(ofOuterCall);
                    }
                }
            };
        };
    }

    /** A circuit breaker puts an exception of its own around it. */
    private static boolean isOfBadArgument(RuntimeException e) {
        return e instanceof IllegalArgumentException || e.getCause() instanceof IllegalArgumentException;
    }

    private void observeRefused(Method method, RuntimeException e) {
        if (method.isAnnotationPresent(RequestLine.class)) {
            Observation observation = start(operation(method), Observation.Context::new);
            tag(observation, "not sent", NONE, NONE);
            observation.error(e);
            observation.stop();
        }
    }

    private Observation start(OperationName operation, Supplier<Observation.Context> context) {
        return Observation.createNotStarted(NAME, context, registry)
                .contextualName("marksign " + operation.name())
                .lowCardinalityKeyValue("operation", operation.name())
                .lowCardinalityKeyValue("language", operation.language())
                .lowCardinalityKeyValues(whose)
                .start();
    }

    private Response observe(Client client, Request request, Request.Options options) throws IOException {
        AtomicBoolean ofThisCall = observed.get();
        if (ofThisCall != null) {
            ofThisCall.set(true);
        }
        RequestReplySenderContext<Request, Response> context = new RequestReplySenderContext<>(Request::header);
        context.setCarrier(request);
        Observation observation =
                start(operation(request.requestTemplate().methodMetadata().method()), () -> context);
        try (Observation.Scope scope = observation.openScope()) {
            Response response = client.execute(request, new ObservedOptions(options, observation));
            context.setResponse(response);
            tag(observation, "ok", String.valueOf(response.status()), NONE);
            return response;
        } catch (MarkSignException e) {
            tag(observation, e);
            observation.error(e);
            throw e;
        } catch (RuntimeException e) {
            tag(observation, e instanceof UncheckedIOException ? "broken off" : "not sent", NONE, NONE);
            observation.error(e);
            throw e;
        } finally {
            observation.stop();
        }
    }

    private static OperationName operation(Method method) {
        String path = method.getAnnotation(RequestLine.class).value().split(" ")[1];
        return MarkSignLocale.operation(method.getName(), path);
    }

    private static void tag(Observation observation, MarkSignException failure) {
        if (failure instanceof MarkSignApiException refusal) {
            OptionalInt errorCode = refusal.errorCode();
            String code = errorCode.isPresent() ? bounded(errorCode.getAsInt()) : NONE;
            tag(observation, "refused", String.valueOf(refusal.httpStatus()), code);
        } else if (failure instanceof MarkSignUnexpectedResponseException unexpected) {
            tag(observation, "unexpected", String.valueOf(unexpected.httpStatus()), NONE);
        } else {
            tag(observation, "no answer", NONE, NONE);
        }
    }

    /** A code of the gateway's published table, which is what gives a refusal its type; any number of others are one value. */
    private static String bounded(int code) {
        MarkSignApiException byCodeAlone = MarkSignApiException.of("", "", OptionalInt.of(code), 200, false);
        return byCodeAlone.getClass() == MarkSignApiException.class ? OTHER : String.valueOf(code);
    }

    private static void tag(Observation observation, String outcome, String httpStatus, String errorCode) {
        observation
                .lowCardinalityKeyValue(KeyValue.of("outcome", outcome))
                .lowCardinalityKeyValue(KeyValue.of("http.status", httpStatus))
                .lowCardinalityKeyValue(KeyValue.of("error.code", errorCode));
    }

    /** The same options, which pass each retry on as an event. */
    private static final class ObservedOptions extends Request.Options implements RetryListener {
        private static final Observation.Event RETRY = Observation.Event.of("retry");

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
