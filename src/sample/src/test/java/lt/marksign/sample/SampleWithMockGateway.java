package lt.marksign.sample;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.springframework.boot.SpringApplication;

/** Runs the sample against the mock gateway: {@code mvn -f src/sample spring-boot:test-run} */
public final class SampleWithMockGateway {
    private SampleWithMockGateway() {}

    /** Starts the mock gateway and the sample. */
    public static void main(String[] args) {
        WireMockServer mockGateway = Visitor.startMockGateway();
        Visitor.properties(mockGateway).forEach(System::setProperty);
        try {
            String port = SpringApplication.run(SampleApplication.class, args)
                    .getEnvironment()
                    .getProperty("local.server.port");
            System.out.println("Open http://localhost:" + port + " and log in as " + Visitor.CODE
                    + ", with Mobile-ID at " + Visitor.PHONE);
        } catch (RuntimeException e) {
            // A failed start, for instance because the port is taken, must not leave the mock gateway's threads
            // running.
            mockGateway.stop();
            throw e;
        }
    }
}
