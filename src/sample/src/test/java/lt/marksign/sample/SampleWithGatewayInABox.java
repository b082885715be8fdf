package lt.marksign.sample;

import org.springframework.boot.SpringApplication;

/** The sample with the gateway in a box behind it: mvn -f src/sample spring-boot:test-run */
public final class SampleWithGatewayInABox {
    private SampleWithGatewayInABox() {}

    /** Starts both. */
    public static void main(String[] args) {
        Visitor.properties(Visitor.box()).forEach(System::setProperty);
        String port = SpringApplication.run(SampleApplication.class, args)
                .getEnvironment()
                .getProperty("local.server.port");
        System.out.println(
                "Open http://localhost:" + port + " and be " + Visitor.CODE + ", by Mobile-ID at +37060000666");
    }
}
