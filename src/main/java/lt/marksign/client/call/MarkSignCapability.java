package lt.marksign.client.call;

import feign.AsyncClient;
import feign.Capability;
import feign.Client;
import feign.Contract;
import feign.InvocationHandlerFactory;
import feign.Logger;
import feign.Retryer;
import feign.codec.Decoder;
import feign.codec.Encoder;
import feign.codec.ErrorDecoder;

/**
 * Prepares any {@link feign.Feign.Builder} for the gateway. Calls carry the token, arguments are checked, responses are read
 * as the gateway's contract says, and failures are this library's exceptions.
 */
public final class MarkSignCapability implements Capability {
    /** The name of the Feign target that selects the English path of each operation that has one. */
    public static final String ENGLISH_TARGET = "marksign-en";

    private final CallSettings settings;
    private final CallHandler calls;
    private final JsonCodec codec = new JsonCodec();

    /**
     * Creates the capability for {@link feign.Feign.Builder#addCapability}.
     *
     * @param settings the settings of all calls
     */
    public MarkSignCapability(CallSettings settings) {
        this.settings = settings;
        this.calls = new CallHandler(settings);
    }

    /** Wraps the client, unless it delegates to a {@link GatewayClient} already, as a load balancer's does. */
    @Override
    public Client enrich(Client client) {
        boolean complete = client instanceof GatewayClient || client instanceof GatewayClient.Wrapper;
        return complete ? client : new GatewayClient(Transport.of(client), settings);
    }

    /** Refuses: the calls of an asynchronous client would skip the checks. */
    @Override
    public AsyncClient<Object> enrich(AsyncClient<Object> client) {
        throw new UnsupportedOperationException("the gateway's interfaces are for Feign.builder(), not for AsyncFeign");
    }

    @Override
    public Encoder enrich(Encoder encoder) {
        return codec;
    }

    @Override
    public Decoder enrich(Decoder decoder) {
        return codec;
    }

    /** The library's client returns {@code ok} or throws. Other responses come from another client, like a load balancer. */
    @Override
    public ErrorDecoder enrich(ErrorDecoder decoder) {
        return (method, response) -> GatewayCall.current().respondedBefore(response.status());
    }

    @Override
    public Contract enrich(Contract contract) {
        return calls.around(contract);
    }

    @Override
    public InvocationHandlerFactory enrich(InvocationHandlerFactory factory) {
        return calls.around(factory);
    }

    /** Turns Feign's retries off: {@link GatewayClient} retries. */
    @Override
    public Retryer enrich(Retryer retryer) {
        return Retryer.NEVER_RETRY;
    }

    /** Turns Feign's log off: it would write the URL, which contains the session id. */
    @Override
    public Logger enrich(Logger logger) {
        return new Logger.NoOpLogger();
    }
}
