package lt.marksign.sample;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.springframework.boot.SpringApplication;

/** The sample with the mock gateway behind it: mvn -f src/sample spring-boot:test-run */
public final class SampleWithMockGateway {
    private SampleWithMockGateway() {}

    /** Starts both. */
    public static void main(String[] args) {
        WireMockServer box = Visitor.box();
        Visitor.properties(box).forEach(System::setProperty);
        try {
            String port = SpringApplication.run(SampleApplication.class, args)
                    .getEnvironment()
                    .getProperty("local.server.port");
            System.out.println("Open http://localhost:" + port + " and log in as " + Visitor.CODE
                    + ", with Mobile-ID at " + Visitor.PHONE);
        } catch (RuntimeException e) {
            // Its threads would keep the command alive, as when the port is taken.
            box.stop();
            throw e;
        }
    }
}
