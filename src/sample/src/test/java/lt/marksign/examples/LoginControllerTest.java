package lt.marksign.examples;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.gateway.MockGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Runs the controller against the mock gateway. */
class LoginControllerTest {
    @RegisterExtension
    static final WireMockExtension GATEWAY = WireMockExtension.newInstance()
            .options(options().dynamicPort().usingFilesUnderDirectory("../gateway"))
            .build();

    private final MarkSignClient client = MarkSignClient.builder()
            .baseUrl(GATEWAY.baseUrl())
            .accessToken(MockGateway.ACCESS_TOKEN)
            .pollInterval(Duration.ofMillis(20))
            .build();
    private final MockMvc browser =
            MockMvcBuilders.standaloneSetup(new LoginController(client)).build();
    private final MockHttpSession http = new MockHttpSession();

    @AfterEach
    void close() {
        client.close();
    }

    private void start(String personalCode) throws Exception {
        browser.perform(post("/login").param("personalCode", personalCode).session(http))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.controlCode").isNotEmpty());
    }

    @Test
    void poll_returns_202_until_the_person_confirmed() throws Exception {
        start(MockGateway.PERSONAL_CODE);

        browser.perform(get("/login").session(http)).andExpect(status().isAccepted());
        browser.perform(get("/login").session(http)).andExpect(status().isAccepted());
        browser.perform(get("/login").session(http))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.name").value("TESTNUMBER"));
    }

    @Test
    void long_request_returns_the_person() throws Exception {
        start(MockGateway.PERSONAL_CODE);

        MvcResult result = browser.perform(get("/login/result").session(http)).andReturn();
        browser.perform(asyncDispatch(result))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.name").value("TESTNUMBER"));
    }

    @Test
    void long_request_returns_409_if_the_person_refused() throws Exception {
        start(MockGateway.PERSONAL_CODE_THAT_REFUSES);

        MvcResult result = browser.perform(get("/login/result").session(http)).andReturn();
        browser.perform(asyncDispatch(result)).andExpect(status().isConflict());
    }

    @Test
    void cancel_removes_the_session() throws Exception {
        start(MockGateway.PERSONAL_CODE_THAT_WAITS);

        browser.perform(delete("/login").session(http)).andExpect(status().isNoContent());
        browser.perform(get("/login").session(http)).andExpect(status().isNotFound());
    }

    @Test
    void failures_are_mapped_to_an_http_status() throws Exception {
        browser.perform(post("/login").param("personalCode", "1")).andExpect(status().isBadRequest());
        browser.perform(post("/login").param("personalCode", MockGateway.personalCodeRefusedWith(40401)))
                .andExpect(status().isConflict());
        browser.perform(post("/login").param("personalCode", MockGateway.personalCodeRefusedWith(50000)))
                .andExpect(status().isServiceUnavailable())
                .andExpect(jsonPath("$.detail").value("If your phone shows a prompt, refuse it."));
        browser.perform(post("/login").param("personalCode", MockGateway.personalCodeRefusedWith(50003)))
                .andExpect(status().isBadGateway());
    }
}
