package lt.marksign.client.feign;

import feign.AsyncClient;
import feign.Capability;
import feign.Client;
import feign.Contract;
import feign.InvocationHandlerFactory;
import feign.Logger;
import feign.Request;
import feign.Retryer;
import feign.codec.Decoder;
import feign.codec.Encoder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import lt.marksign.client.exchange.Called;
import lt.marksign.client.exchange.GatewayClient;
import lt.marksign.client.exchange.OperationName;
import lt.marksign.client.exchange.RetryPolicy;
import lt.marksign.client.spec.Spec;
import lt.marksign.client.transport.Transport;

/**
 * Makes any {@link feign.Feign.Builder}, whatever else it is set to, one for the gateway: its calls carry the token, its
 * arguments are checked, its answers are never misread, and its failures are this library's exceptions.
 */
public final class MarkSignCapability implements Capability {
    private final Supplier<String> accessToken;
    private final RetryPolicy retries;
    private final Duration callTimeout;
    private final long maxDocumentSize;
    private final Spec spec;
    private final Called.Methods methods;
    private final ConstantHeaders constantHeaders;

    /**
     * Makes the capability for {@link feign.Feign.Builder#addCapability}.
     *
     * @param accessToken the API access token, asked for at each call
     * @param retries when to try again
     * @param callTimeout how long a call may take, retries included
     * @param maxDocumentSize how many bytes of a document are sent or received
     * @param naming how logs name an operation
     * @param spec what is known of the operations and of what they send and receive
     * @param userAgent the header of that name, where no interceptor sets another
     * @param headers more headers of every request, whose values are secret
     */
    public MarkSignCapability(
            Supplier<String> accessToken,
            RetryPolicy retries,
            Duration callTimeout,
            long maxDocumentSize,
            OperationName.Naming naming,
            Spec spec,
            String userAgent,
            Map<String, String> headers) {
        this.accessToken = accessToken;
        this.retries = retries;
        this.callTimeout = callTimeout;
        this.maxDocumentSize = maxDocumentSize;
        this.spec = spec;
        this.methods = new Called.Methods(naming, spec);
        this.constantHeaders = new ConstantHeaders(userAgent, headers);
    }

    @Override
    public Client enrich(Client client) {
        return new GatewayClient(
                Transport.of(client),
                accessToken,
                retries,
                callTimeout,
                maxDocumentSize,
                methods,
                constantHeaders::addTo,
                constantHeaders.secrets());
    }

    /** An asynchronous client would be one that the checks do not stand around. */
    @Override
    public AsyncClient<Object> enrich(AsyncClient<Object> client) {
        throw new UnsupportedOperationException("the gateway's interfaces are for Feign.builder(), not for AsyncFeign");
    }

    @Override
    public Encoder enrich(Encoder encoder) {
        return JsonCodec.putToWork(encoder, spec);
    }

    @Override
    public Decoder enrich(Decoder decoder) {
        return JsonCodec.putToWork(decoder, spec);
    }

    @Override
    public Contract enrich(Contract contract) {
        return constantHeaders.takeFrom(contract);
    }

    @Override
    public InvocationHandlerFactory enrich(InvocationHandlerFactory factory) {
        return new CheckedCalls(factory, methods);
    }

    /** Feign does not retry: attempts are counted in one place. */
    @Override
    public Retryer enrich(Retryer retryer) {
        return Retryer.NEVER_RETRY;
    }

    /** Feign does not log: it would write out the URL, and with it the session id. */
    @Override
    public Logger enrich(Logger logger) {
        return new Logger.NoOpLogger();
    }

    @Override
    public Request.Options enrich(Request.Options options) {
        return new FixedOptions(options);
    }

    /** Feign's options without what Feign would do at each call to find others for the thread and the method. */
    private static final class FixedOptions extends Request.Options {
        FixedOptions(Request.Options options) {
            super(
                    options.connectTimeout(),
                    options.connectTimeoutUnit(),
                    options.readTimeout(),
                    options.readTimeoutUnit(),
                    // A redirect would carry the token to another host.
                    false);
        }

        @Override
        public Request.Options getMethodOptions(String methodName) {
            return this;
        }
    }
}
