package lt.marksign.sample;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.springframework.boot.SpringApplication;

/** The sample with the gateway in a box behind it: mvn -f src/sample spring-boot:test-run */
public final class SampleWithGatewayInABox {
    private SampleWithGatewayInABox() {}

    /** Starts both. */
    public static void main(String[] args) {
        WireMockServer gateway = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .usingFilesUnderDirectory("../gateway"));
        gateway.start();
        System.setProperty("marksign.base-url", gateway.baseUrl());
        System.setProperty("marksign.access-token", "52900c96-3f60-5307-3719-5948f0191da6");
        SpringApplication.run(SampleApplication.class, args);
    }
}
