package lt.marksign.client.spring;

import feign.Capability;
import feign.Client;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.io.IOException;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.feign.Operation;

/**
 * Observes each call, retries included, and passes the trace on. Feign's own Micrometer module does not end an
 * observation on an exception that is not Feign's.
 */
public final class ObservationCapability implements Capability {
    private static final String NAME = "marksign.client";
    private static final String NONE = "none";

    private final ObservationRegistry registry;

    /**
     * Makes the capability, to be added to a builder after the library's own.
     *
     * @param registry what to report to
     */
    public ObservationCapability(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Client enrich(Client client) {
        return (request, options) -> observe(client, request, options);
    }

    private Response observe(Client client, Request request, Request.Options options) throws IOException {
        RequestReplySenderContext<Request, Response> context = new RequestReplySenderContext<>(Request::header);
        context.setCarrier(request);
        Operation operation = operation(request.requestTemplate().methodMetadata());
        Observation observation = Observation.createNotStarted(NAME, () -> context, registry)
                .contextualName("marksign " + operation.name())
                .lowCardinalityKeyValue("operation", operation.name())
                .lowCardinalityKeyValue("language", operation.language())
                .start();
        try (Observation.Scope scope = observation.openScope()) {
            Response response = client.execute(request, options);
            context.setResponse(response);
            tag(observation, "ok", String.valueOf(response.status()), NONE);
            return response;
        } catch (MarkSignException e) {
            tag(observation, e);
            observation.error(e);
            throw e;
        } catch (RuntimeException e) {
            tag(observation, "not sent", NONE, NONE);
            observation.error(e);
            throw e;
        } finally {
            observation.stop();
        }
    }

    private static Operation operation(MethodMetadata method) {
        String path = method.method().getAnnotation(RequestLine.class).value().split(" ")[1];
        return MarkSignLocale.operation(method.method().getName(), path);
    }

    private static void tag(Observation observation, MarkSignException failure) {
        if (failure instanceof MarkSignApiException refusal) {
            String code = refusal.errorCode().isPresent()
                    ? String.valueOf(refusal.errorCode().getAsInt())
                    : NONE;
            tag(observation, "refused", String.valueOf(refusal.httpStatus()), code);
        } else if (failure instanceof MarkSignUnexpectedResponseException unexpected) {
            tag(observation, "unexpected", String.valueOf(unexpected.httpStatus()), NONE);
        } else {
            tag(observation, "no answer", NONE, NONE);
        }
    }

    private static void tag(Observation observation, String outcome, String httpStatus, String errorCode) {
        observation
                .lowCardinalityKeyValue(KeyValue.of("outcome", outcome))
                .lowCardinalityKeyValue(KeyValue.of("http.status", httpStatus))
                .lowCardinalityKeyValue(KeyValue.of("error.code", errorCode));
    }
}
