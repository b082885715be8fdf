package lt.marksign.client.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayComparisonTest {
    private final MockGateway gateway = new MockGateway();

    @Test
    void comparison_of_the_stubs_with_themselves_has_no_differences() throws Exception {
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_difference_names_the_field_but_not_its_value() throws Exception {
        gateway.server()
                .stubFor(post("/smartid/sign/status/" + MockGateway.SMART_ID_SIGNING + ".json")
                        .atPriority(1)
                        .willReturn(okForContentType("application/json; charset=utf-8", """
                                {
                                  "status": "ok",
                                  "signature_id": "id-6a1f0c",
                                  "file": {
                                    "name": "contract.pdf",
                                    "content": "JVBERi0xLjQKJSVFT0YK",
                                    "digest": "FLzQkLrzHtumTpy9jN/BX5QzRKpyyzZ1rY6Rv8vOA60="
                                  },
                                  "person": {"name": "TESTNUMBER", "surname": null},
                                  "sanctions_data": {},
                                  "peps_data": {"30303039914": true}
                                }
                                """)
                                .withHeader("Set-Cookie", "session=1c5cd62c")));

        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "Smart-ID signing, waiting: - a response",
                        "Smart-ID signing, result: + header set-cookie",
                        "Smart-ID signing, result: + body.file.digest: SHA-256 of the content, in base64",
                        "Smart-ID signing, result: - body.file.digest: SHA-256 of the content, in hex",
                        "Smart-ID signing, result: + body.person.surname: null",
                        "Smart-ID signing, result: - body.person.surname: text",
                        "Smart-ID signing, result: + body.sanctions_data: empty object",
                        "Smart-ID signing, result: - body.sanctions_data: empty array",
                        "Smart-ID signing, result: + body.peps_data.*: boolean",
                        "Smart-ID signing, result: - body.peps_data: empty array");
    }

    private List<String> differences() throws InterruptedException {
        try (gateway) {
            return GatewayComparison.differences(gateway.start().baseUrl(), MockGateway.ACCESS_TOKEN, Duration.ZERO);
        }
    }
}
