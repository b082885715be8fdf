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
 * Makes any {@link feign.Feign.Builder} one for the gateway: its calls carry the token, their arguments are checked, a
 * response is read as the gateway's contract says, and failures are this library's exceptions.
 */
public final class MarkSignCapability implements Capability {
    /** The name of a Feign target whose methods call the English form of each operation that has one. */
    public static final String ENGLISH_TARGET = "marksign-en";

    private final CallSettings settings;
    private final CheckedCalls calls;
    private final JsonCodec codec = new JsonCodec();

    /**
     * Makes the capability for {@link feign.Feign.Builder#addCapability}.
     *
     * @param settings what its calls have in common
     */
    public MarkSignCapability(CallSettings settings) {
        this.settings = settings;
        this.calls = new CheckedCalls(settings);
    }

    /** A client around a {@link GatewayClient}, such as a load balancer's, stays as it is. */
    @Override
    public Client enrich(Client client) {
        boolean complete = client instanceof GatewayClient || client instanceof GatewayClient.Wrapper;
        return complete ? client : new GatewayClient(Transport.of(client), settings);
    }

    /** An asynchronous client would not pass through the checks. */
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

    /** The library's client returns ok or throws. Another response is of what stands before it, such as a load balancer. */
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

    /** Feign does not retry: attempts are counted in one place. */
    @Override
    public Retryer enrich(Retryer retryer) {
        return Retryer.NEVER_RETRY;
    }

    /** Feign does not log: it would write the URL, and with it the session id. */
    @Override
    public Logger enrich(Logger logger) {
        return new Logger.NoOpLogger();
    }
}
