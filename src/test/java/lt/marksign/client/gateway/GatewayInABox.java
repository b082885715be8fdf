package lt.marksign.client.gateway;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.common.ConsoleNotifier;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.http.LoggedResponse;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The gateway in a box: WireMock with the mappings of {@code src/gateway}. As a JUnit extension it forgets everything
 * between tests, and fails a test in which something went over the wire that the spec does not allow.
 */
public final class GatewayInABox
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
    /** The access token that the mappings accept. */
    public static final String ACCESS_TOKEN = "52900c96-3f60-5307-3719-5948f0191da6";
    /** A session that the mappings let be removed, once. */
    public static final String SESSION = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";
    /** Another. */
    public static final String OTHER_SESSION = "7a0f3c1e-5d24-4b86-9e1b-0c6f2d9a8b57";
    /** A session whose removal the mappings refuse with HTTP 200. */
    public static final String REFUSED_WITH_200 = "5e11ed00-0000-4000-8000-000000000200";

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final WireMockServer server = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderDirectory("src/gateway")
            .notifier(new ConsoleNotifier(false))
            .extensions(new SpecListener()));
    private volatile boolean requestsMayBreakTheSpec;

    /** Starts the gateway. */
    public GatewayInABox start() {
        server.start();
        return this;
    }

    /** Where it listens. */
    public String baseUrl() {
        return server.baseUrl();
    }

    /** What it was asked since the last test began, oldest first. */
    public List<LoggedRequest> requests() {
        return server.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()));
    }

    /** The server itself, for stubs that only one test needs. */
    public WireMockServer server() {
        return server;
    }

    /** For a test that sends what no client of ours would. */
    public void allowRequestsThatBreakTheSpec() {
        requestsMayBreakTheSpec = true;
    }

    /** What went over the wire against the spec. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server.resetAll();
        server.resetToDefaultMappings();
        faults.clear();
        requestsMayBreakTheSpec = false;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Assertions.assertThat(faults())
                .as("what went over the wire against the spec")
                .isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class SpecListener implements ServeEventListener {
        @Override
        public String getName() {
            return "spec";
        }

        @Override
        public void beforeResponseSent(ServeEvent event, Parameters parameters) {
            Request request = event.getRequest();
            String method = request.getMethod().getName();
            if (!requestsMayBreakTheSpec) {
                note(Spec.get()
                        .faultsOfRequest(
                                method, request.getUrl(), request.getHeader("Content-Type"), request.getBody()));
            }
            LoggedResponse answer = event.getResponse();
            note(Spec.get()
                    .faultsOfAnswer(
                            method, request.getUrl(), answer.getStatus(), answer.getMimeType(), answer.getBody()));
        }

        private void note(String fault) {
            if (!fault.isEmpty()) {
                faults.add(fault);
            }
        }
    }
}
