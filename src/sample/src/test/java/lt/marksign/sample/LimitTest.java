package lt.marksign.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import jakarta.servlet.http.HttpSession;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import lt.marksign.sample.PersonForm.EidMethod;
import lt.marksign.sample.Prompt.Purpose;
import lt.marksign.sample.Prompt.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests the end of the time to confirm. */
@SpringBootTest(
        webEnvironment = WebEnvironment.MOCK,
        classes = SampleApplication.class,
        properties = {"sample.limit=0s", "marksign.max-retries=0"})
class LimitTest {
    private static final WireMockServer MOCK_GATEWAY = Visitor.startMockGateway();
    private static final String REMOVAL = "(/en)?/api/smartid/session/.*";

    @Autowired
    private Prompts prompts;

    @Autowired
    private MarkSignClient client;

    @DynamicPropertySource
    static void mockGateway(DynamicPropertyRegistry properties) {
        Visitor.properties(MOCK_GATEWAY).forEach((name, value) -> properties.add(name, () -> value));
    }

    @AfterAll
    static void stop() {
        MOCK_GATEWAY.stop();
    }

    @Test
    void expired_prompt_is_removed_at_the_gateway() {
        HttpSession http = new MockHttpSession();
        PersonForm form = new PersonForm(EidMethod.SMART_ID, Visitor.CODE, Country.LT, "");
        String id = prompts.begin(
                http,
                "form",
                Purpose.LOGIN,
                form,
                null,
                () -> client.smartIdSessions()
                        .authenticate(new SmartIdAuthenticationRequest()
                                .code(form.code())
                                .country(form.country())));

        assertThat(prompts.check(http, client, prompts.find(http, id).orElseThrow()))
                .isFalse();

        assertThat(prompts.find(http, id)).map(Prompt::state).contains(State.EXPIRED);
        assertThat(MOCK_GATEWAY.findAll(WireMock.deleteRequestedFor(WireMock.urlPathMatching(REMOVAL))))
                .hasSize(1);
    }
}
