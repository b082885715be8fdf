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
import lt.marksign.sample.Asked.Means;
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

    private final RestClient box;
    private final Prompts prompts;

    Visitor(@Value("${sample.box}") URI address, Prompts prompts) {
        this.prompts = prompts;
        this.box = RestClient.create(address.toString());
        WireMock admin = new WireMock(address.getScheme(), address.getHost(), address.getPort());
        for (Means means : Means.values()) {
            for (Purpose purpose : Purpose.values()) {
                mappings(means, purpose).forEach(admin::register);
            }
        }
    }

    /** Returns additional mappings. With them the mock gateway waits until it receives the person's act. */
    private static List<MappingBuilder> mappings(Means means, Purpose purpose) {
        String scenario =
                means.getTitle().replace('\u2011', '-') + (purpose == Purpose.LOGIN ? " authentication" : " signing");
        String check = (means == Means.SMART_ID ? "/smartid" : "/mobile")
                + (purpose == Purpose.LOGIN ? "/status/" : "/sign/status/")
                + (means == Means.SMART_ID ? "51d00000" : "0b11e000") + "-[0-9a-f-]+\\.json";
        return List.of(
                acts(scenario, path(means, purpose, "confirm"), "confirmed"),
                acts(scenario, path(means, purpose, "refuse"), REFUSED),
                acts(scenario, path(means, purpose, "expire"), EXPIRED),
                checked(scenario, "begun", "(/en)?" + check, okJson("{\"status\":\"waiting\"}")),
                checked(scenario, REFUSED, "/en" + check, error("User refused", 40020, 400)),
                checked(scenario, REFUSED, check, error("Naudotojas atsisakė", 40020, 400)),
                checked(
                        scenario,
                        EXPIRED,
                        "/en" + check,
                        error("Session expired before the user confirmed", 40021, 200)),
                checked(scenario, EXPIRED, check, error("Sesija baigėsi, naudotojui nepatvirtinus", 40021, 200)));
    }

    private static MappingBuilder acts(String scenario, String path, String state) {
        return post(path)
                .inScenario(scenario)
                .whenScenarioStateIs("begun")
                .willSetStateTo(state)
                .willReturn(ok());
    }

    private static MappingBuilder checked(
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
    static WireMockServer box() {
        WireMockServer box = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .usingFilesUnderDirectory("../gateway"));
        box.start();
        return box;
    }

    /** Returns the properties with which the sample uses a mock gateway. */
    static Map<String, String> properties(WireMockServer box) {
        return Map.of(
                "marksign.base-url",
                box.baseUrl(),
                "marksign.access-token",
                ACCESS_TOKEN,
                "sample.box",
                box.baseUrl(),
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
    public boolean plays(Prompt prompt) {
        return prompt.state() == Prompt.State.WAITING && prompt.asked().is(CODE);
    }

    /** Acts on the prompt. The response is empty, because the page checks the prompt by itself. */
    @PostMapping("/visitor/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void act(HttpSession http, @PathVariable String id, @RequestParam String acts) {
        prompts.find(http, id).filter(this::plays).ifPresent(prompt -> act(prompt, acts));
    }

    private void act(Prompt prompt, String acts) {
        box.post()
                .uri(path(prompt.asked().means(), prompt.purpose(), acts))
                .retrieve()
                .toBodilessEntity();
    }

    /** Returns the path at which the mock gateway receives the person's act. */
    static String path(Means means, Purpose purpose, String acts) {
        return "/visitor/" + means + "/" + purpose + "/" + acts;
    }

    /** Adds the visitor to the model of each page. */
    @ControllerAdvice
    @ConditionalOnProperty("sample.box")
    static class Present {
        private final Visitor visitor;

        Present(Visitor visitor) {
            this.visitor = visitor;
        }

        @ModelAttribute("visitor")
        Visitor visitor() {
            return visitor;
        }
    }
}
