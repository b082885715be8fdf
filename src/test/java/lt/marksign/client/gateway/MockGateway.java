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
 * The mock gateway: WireMock with the mappings of {@code src/gateway}. As a JUnit extension it resets its state before each
 * test, and fails a test if a request or response violates the spec.
 */
public final class MockGateway
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
    // The constants of the mappings. README.md of src/gateway describes their behaviour.
    /** The access token that the mappings accept. */
    public static final String ACCESS_TOKEN = "52900c96-3f60-5307-3719-5948f0191da6";
    /** A session that can be removed once. */
    public static final String SESSION = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";
    /** Another session that can be removed once. */
    public static final String OTHER_SESSION = "7a0f3c1e-5d24-4b86-9e1b-0c6f2d9a8b57";
    /** A session whose removal is refused with HTTP 200. */
    public static final String REFUSED_WITH_200 = "5e11ed00-0000-4000-8000-000000000200";
    /** A Lithuanian person who confirms every prompt. */
    public static final String PERSONAL_CODE = "30303039914";
    /** That person's phone, for Mobile-ID. */
    public static final String PHONE = "+37060000666";
    /** A person who refuses every prompt: error 40020. */
    public static final String PERSONAL_CODE_THAT_REFUSES = "30403039917";
    /** A person who does nothing until the session expires: error 40021, with HTTP 200. */
    public static final String PERSONAL_CODE_THAT_EXPIRES = "30403039983";
    /** A person who never acts on any prompt. The session does not expire. */
    public static final String PERSONAL_CODE_THAT_WAITS = "30403039950";
    /** The session of a login by Smart-ID, once it is begun. */
    public static final String SMART_ID_AUTHENTICATION = "51d00000-0000-4000-8000-0000000000a1";
    /** The session of a signing by Smart-ID, once it is begun. */
    public static final String SMART_ID_SIGNING = "51d00000-0000-4000-8000-0000000000b2";
    /** The session of the signing of a hash by Smart-ID, once it is begun. */
    public static final String SMART_ID_HASH_SIGNING = "51d00000-0000-4000-8000-0000000000c3";
    /** The session of a login by Mobile-ID, once it is begun. */
    public static final String MOBILE_ID_AUTHENTICATION = "0b11e000-0000-4000-8000-0000000000a1";
    /** The session of a signing by Mobile-ID, once it is begun. */
    public static final String MOBILE_ID_SIGNING = "0b11e000-0000-4000-8000-0000000000b2";
    /** The session of the signing of a hash by Mobile-ID, once it is begun. */
    public static final String MOBILE_ID_HASH_SIGNING = "0b11e000-0000-4000-8000-0000000000c3";
    /** The session, of any kind, of the person who refuses, once it is begun. */
    public static final String SESSION_THAT_IS_REFUSED = "5e11ed00-0000-4000-8000-000000040020";
    /** The session, of any kind, of the person whose session expires, once it is begun. */
    public static final String SESSION_THAT_EXPIRES = "5e11ed00-0000-4000-8000-000000040021";
    /** The session, of any kind, of the person who never acts, once it is begun. */
    public static final String SESSION_THAT_WAITS = "5e11ed00-0000-4000-8000-000000000202";
    /** The document, once it is uploaded. */
    public static final String DOCUMENT = "8f14e45f-ceea-467f-a8d4-1f2e3c4b5a69";
    /** A document whose removal responds {@code ok}, but {@code error} in its {@code data}. */
    public static final String DOCUMENT_THAT_STAYS = "5e11ed00-0000-4000-8000-000000000201";
    /** A document of the workspace that exists from the start, and that a signer rejected. */
    public static final String DOCUMENT_THAT_IS_REJECTED = "d0c00004-0000-4000-8000-000000000004";
    /** The email address of the person who rejects every document of the workspace that they are invited to sign. */
    public static final String EMAIL_THAT_REJECTS = "notok@example.com";
    /** How many documents the workspace lists. */
    public static final int LISTED_DOCUMENTS = 25;
    /** A file for a container, once it is uploaded. */
    public static final String CONTAINER_FILE = "f11e0000-0000-4000-8000-000000000001";
    /** A signing link of the workspace, once it is created. */
    public static final String SIGNING_LINK = "7d793037-a076-4f0b-9c1e-5a7c2d1a9b21";
    /** The session of a validation, once it is started. */
    public static final String VALIDATION = "5f4dcc3b-5aa7-4c1d-8f6e-2b1c9d0e7a43";
    /** The name of a file that the mappings treat as corrupt: error 40022. */
    public static final String CORRUPT_FILENAME = "corrupt.pdf";
    /** The error codes for {@link #personalCodeRefusedWith}. */
    public static final List<Integer> REFUSALS_OF_A_BEGINNING =
            List.of(40001, 40004, 40005, 40022, 40401, 40403, 40801, 50000, 50001, 50002, 50003, 50004);

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final WireMockServer server = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderDirectory("src/gateway")
            .notifier(new ConsoleNotifier(false))
            .extensions(new SpecListener()));
    private volatile boolean requestsMayBreakTheSpec;

    /**
     * Returns a personal code for which the gateway refuses to begin a session.
     *
     * @param errorCode one of {@link #REFUSALS_OF_A_BEGINNING}
     */
    public static String personalCodeRefusedWith(int errorCode) {
        return "000000" + errorCode;
    }

    /** Starts the gateway. */
    public MockGateway start() {
        server.start();
        return this;
    }

    /** Returns the base URL. */
    public String baseUrl() {
        return server.baseUrl();
    }

    /** Returns the requests since the test began, oldest first. */
    public List<LoggedRequest> requests() {
        return server.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()));
    }

    /** Returns the WireMock server, for stubs that only one test needs. */
    public WireMockServer server() {
        return server;
    }

    /** Allows requests that violate the spec, for tests that send requests which the library never sends. */
    public void allowRequestsThatBreakTheSpec() {
        requestsMayBreakTheSpec = true;
    }

    /** Returns the violations of the spec in requests and responses. */
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
                                method,
                                request.getUrl(),
                                request::getHeader,
                                request.getHeader("Content-Type"),
                                request.getBody()));
            }
            LoggedResponse response = event.getResponse();
            note(Spec.get()
                    .faultsOfResponse(
                            method,
                            request.getUrl(),
                            response.getStatus(),
                            response.getMimeType(),
                            response.getBody()));
        }

        private void note(String fault) {
            if (!fault.isEmpty()) {
                faults.add(fault);
            }
        }
    }
}
