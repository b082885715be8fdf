package lt.marksign.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls a real test gateway with the documented test persons. Its variables deliberately differ from those of an application.
 */
class LiveGatewayTest {
    private static final String BASE_URL = "MARKSIGN_TEST_BASE_URL";
    private static final String ACCESS_TOKEN = "MARKSIGN_TEST_ACCESS_TOKEN";

    private MarkSignClient client;

    @BeforeEach
    void connect() {
        for (String variable : List.of(BASE_URL, ACCESS_TOKEN)) {
            assumeTrue(
                    System.getenv(variable) != null,
                    BASE_URL + " must name a test gateway, and " + ACCESS_TOKEN + " hold its token");
        }
        // The client rejects an address to which it must not send the token.
        client = MarkSignClient.builder()
                .baseUrl(System.getenv(BASE_URL))
                .accessToken(System.getenv(ACCESS_TOKEN))
                .build();
    }

    @AfterEach
    void disconnect() {
        if (client != null) {
            client.close();
        }
    }

    @Test
    void a_test_person_logs_in() {
        assertThat(login(MockGateway.PERSONAL_CODE)).isEqualTo(MockGateway.PERSONAL_CODE);
    }

    @Test
    void a_test_person_refuses_a_login() {
        assertThatThrownBy(() -> login(MockGateway.PERSONAL_CODE_THAT_REFUSES))
                .isInstanceOf(MarkSignUserException.class);
    }

    @Test
    void differences_between_the_gateway_and_the_stubs_are_printed() throws InterruptedException {
        List<String> differences = GatewayComparison.differences(
                System.getenv(BASE_URL), System.getenv(ACCESS_TOKEN), Duration.ofSeconds(2));

        System.out.println("Where the responses of the gateway (+) differ from the stubs (-):");
        differences.forEach(System.out::println);
        System.out.println(differences.size() + " differences");
    }

    private String login(String code) {
        return client.smartIdSessions()
                .authenticate(new SmartIdAuthenticationRequest().code(code).country(Country.LT))
                .await(Duration.ofMinutes(2))
                .getCode();
    }
}
