package lt.marksign.sample;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.List;
import java.util.Map;
import lt.marksign.sample.PersonForm.EidMethod;
import lt.marksign.sample.Prompt.Purpose;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.client.RestClient;

/**
 * Lets the visitor of the page act as the person with the phone, if the sample runs against the mock gateway. By default the
 * mock gateway confirms at the third check. Here it waits for the visitor.
 */
@Controller
@ConditionalOnProperty("sample.box")
class Visitor {
    /** The access token that the mock gateway accepts. */
    static final String ACCESS_TOKEN = "52900c96-3f60-5307-3719-5948f0191da6";

    /** The person whom the mock gateway lets confirm. The other people act by themselves. */
    static final String CODE = "30303039914";

    /** That person's phone. */
    static final String PHONE = "+37060000666";

    private static final String REFUSED = "refused by the visitor";
    private static final String EXPIRED = "expired with the visitor";

    private final RestClient mockGateway;
    private final Prompts prompts;

    Visitor(@Value("${sample.box}") URI address, Prompts prompts) {
        this.prompts = prompts;
        this.mockGateway = RestClient.create(address.toString());
        WireMock admin = new WireMock(address.getScheme(), address.getHost(), address.getPort());
        for (EidMethod method : EidMethod.values()) {
            for (Purpose purpose : Purpose.values()) {
                mappings(method, purpose).forEach(admin::register);
            }
        }
    }

    /** Returns additional mappings. With them the mock gateway waits until it receives the person's act. */
    private static List<MappingBuilder> mappings(EidMethod method, Purpose purpose) {
        String scenario =
                method.getTitle().replace('\u2011', '-') + (purpose == Purpose.LOGIN ? " authentication" : " signing");
        String check = (method == EidMethod.SMART_ID ? "/smartid" : "/mobile")
                + (purpose == Purpose.LOGIN ? "/status/" : "/sign/status/")
                + (method == EidMethod.SMART_ID ? "51d00000" : "0b11e000") + "-[0-9a-f-]+\\.json";
        return List.of(
                actMapping(scenario, path(method, purpose, "confirm"), "confirmed"),
                actMapping(scenario, path(method, purpose, "refuse"), REFUSED),
                actMapping(scenario, path(method, purpose, "expire"), EXPIRED),
                checkMapping(scenario, "begun", "(/en)?" + check, okJson("{\"status\":\"waiting\"}")),
                checkMapping(scenario, REFUSED, "/en" + check, error("User refused", 40020, 400)),
                checkMapping(scenario, REFUSED, check, error("Naudotojas atsisakė", 40020, 400)),
                checkMapping(
                        scenario,
                        EXPIRED,
                        "/en" + check,
                        error("Session expired before the user confirmed", 40021, 200)),
                checkMapping(scenario, EXPIRED, check, error("Sesija baigėsi, naudotojui nepatvirtinus", 40021, 200)));
    }

    private static MappingBuilder actMapping(String scenario, String path, String state) {
        return post(path)
                .inScenario(scenario)
                .whenScenarioStateIs("begun")
                .willSetStateTo(state)
                .willReturn(ok());
    }

    private static MappingBuilder checkMapping(
            String scenario, String state, String path, ResponseDefinitionBuilder response) {
        return post(urlPathMatching(path))
                .inScenario(scenario)
                .whenScenarioStateIs(state)
                .atPriority(2)
                .withRequestBody(matchingJsonPath("$.access_token", equalTo(ACCESS_TOKEN)))
                .willReturn(response);
    }

    private static ResponseDefinitionBuilder error(String message, int code, int status) {
        return jsonResponse(
                "{\"status\":\"error\",\"message\":\"" + message + "\",\"error_code\":" + code + "}", status);
    }

    /** Starts the mock gateway on a free port. */
    static WireMockServer startMockGateway() {
        WireMockServer mockGateway = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .usingFilesUnderDirectory("../gateway"));
        mockGateway.start();
        return mockGateway;
    }

    /** Returns the properties with which the sample uses a mock gateway. */
    static Map<String, String> properties(WireMockServer mockGateway) {
        return Map.of(
                "marksign.base-url",
                mockGateway.baseUrl(),
                "marksign.access-token",
                ACCESS_TOKEN,
                "sample.box",
                mockGateway.baseUrl(),
                "spring.messages.basename",
                "messages,visitor");
    }

    /** Returns the personal code that can log in. */
    public String getCode() {
        return CODE;
    }

    /** Returns the phone of that person. */
    public String getPhone() {
        return PHONE;
    }

    /** Returns whether the visitor acts on a prompt. */
    public boolean canActOn(Prompt prompt) {
        return prompt.state() == Prompt.State.WAITING && prompt.form().hasCode(CODE);
    }

    /** Acts on the prompt. The response is empty, because the page checks the prompt by itself. */
    @PostMapping("/visitor/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void act(HttpSession http, @PathVariable String id, @RequestParam("acts") String act) {
        prompts.find(http, id).filter(this::canActOn).ifPresent(prompt -> act(prompt, act));
    }

    private void act(Prompt prompt, String act) {
        mockGateway
                .post()
                .uri(path(prompt.form().method(), prompt.purpose(), act))
                .retrieve()
                .toBodilessEntity();
    }

    /** Returns the path at which the mock gateway receives the person's act. */
    static String path(EidMethod method, Purpose purpose, String act) {
        return "/visitor/" + method + "/" + purpose + "/" + act;
    }

    /** Adds the visitor to the model of each page. */
    @ControllerAdvice
    @ConditionalOnProperty("sample.box")
    static class VisitorAdvice {
        private final Visitor visitor;

        VisitorAdvice(Visitor visitor) {
            this.visitor = visitor;
        }

        @ModelAttribute("visitor")
        Visitor visitor() {
            return visitor;
        }
    }
}
