package lt.marksign.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import lt.marksign.client.gateway.RawGateway.Request;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test if a {@link RawGateway} received a request that violates the spec. JUnit detects this extension automatically.
 */
public final class SpecExtension implements BeforeEachCallback, AfterEachCallback {
    /** The tag of tests whose requests may violate the spec. */
    public static final String OFF = "not-of-the-spec";

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        faults.clear();
        if (!context.getTags().contains(OFF)) {
            RawGateway.inspectRequests(this::inspect);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RawGateway.inspectRequests(request -> {});
        assertThat(faults).as("requests against the spec").isEmpty();
    }

    private void inspect(Request request) {
        if (request.method().equals("CONNECT")) {
            return; // A request to a proxy, not to the gateway.
        }
        String fault = Spec.get()
                .faultsOfRequest(
                        request.method(),
                        Spec.get().withoutBasePath(request.method(), request.path()),
                        name -> request.header(name).isEmpty() ? null : request.header(name),
                        request.header("Content-Type"),
                        request.body());
        if (!fault.isEmpty()) {
            faults.add(request.method() + " " + request.path() + ": " + fault);
        }
    }
}
