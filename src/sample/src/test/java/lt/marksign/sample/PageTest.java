package lt.marksign.sample;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static lt.marksign.sample.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Tests the pages in a browser against the mock gateway. The test acts as the visitor, and through the page as the person with
 * the phone.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = SampleApplication.class,
        properties = {"sample.interval=100ms", "marksign.max-retries=0"})
class PageTest {
    private static final String INIT = "(/en)?/(smartid|mobile)/(login|sign)\\.json";
    private static final String CHECK = "(/en)?/(smartid|mobile)/(sign/)?status/.*";
    private static final String REMOVAL = "(/en)?/api/(smartid|mobile)/session/.*";

    private static final WireMockServer MOCK_GATEWAY = Visitor.startMockGateway();
    private static Browser browser;

    private final List<StubMapping> faults = new ArrayList<>();

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void mockGateway(DynamicPropertyRegistry properties) {
        Visitor.properties(MOCK_GATEWAY).forEach((name, value) -> properties.add(name, () -> value));
    }

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser("en");
    }

    @AfterAll
    static void stop() throws IOException {
        try (Browser closed = browser) {
            MOCK_GATEWAY.stop();
        }
    }

    @BeforeEach
    void reset() {
        browser.reset();
        MOCK_GATEWAY.resetScenarios();
        MOCK_GATEWAY.resetRequests();
    }

    @AfterEach
    void removeFaults() {
        faults.forEach(MOCK_GATEWAY::removeStub);
    }

    private void addFault(MappingBuilder fault) {
        faults.add(MOCK_GATEWAY.stubFor(fault.atPriority(1)));
    }

    private String address(String path) {
        return "http://localhost:" + port + path;
    }

    private void open() {
        browser.driver().get(address("/"));
    }

    private void begin(String means, String code) {
        open();
        browser.type("personal-code", code);
        if (means.equals("mobile-id")) {
            browser.type("phone", "+370 600 00666");
        }
        browser.find(means).click();
        eventually(() -> assertThat(browser.driver().getCurrentUrl()).contains("/prompts/"));
    }

    private void logIn() {
        begin("smart-id", Visitor.CODE);
        browser.find("confirm").click();
        assertOutcome("You are logged in as TESTNUMBER OK.");
        browser.find("continue").click();
        eventually(() -> assertThat(browser.find("pdf").isDisplayed()).isTrue());
    }

    /** Asserts that the page shows the outcome without a reload, in an element that screen readers announce. */
    private static void assertOutcome(String... texts) {
        eventually(() -> assertThat(browser.find("result").getText()).contains(texts));
        WebElement result = browser.find("result");
        assertThat(result.getDomAttribute("aria-live")).isEqualTo("polite");
    }

    private static List<LoggedRequest> requests(String path) {
        return MOCK_GATEWAY.findAll(anyRequestedFor(urlPathMatching(path)));
    }

    @ParameterizedTest
    @CsvSource({"smart-id, 4387", "mobile-id, 8231"})
    void confirmation_logs_in_and_changes_the_http_session_id(String means, String controlCode) {
        begin(means, Visitor.CODE);
        assertThat(browser.find("control-code").getText()).isEqualTo(controlCode);
        assertThat(browser.find("result").getText()).isEmpty();
        String before = browser.driver().manage().getCookieNamed("JSESSIONID").getValue();
        browser.script("document.getElementById('result').mark = 1");

        browser.find("confirm").click();

        assertOutcome("You are logged in as TESTNUMBER OK.");
        assertThat(browser.script("return document.getElementById('result').mark"))
                .as("the same live region")
                .isEqualTo(1L);
        assertThat(browser.find("title").getText()).isEqualTo("Logged in");
        assertThat(browser.has("control-code")).isFalse();
        assertThat(browser.has("cancel")).isFalse();
        assertThat(browser.driver().manage().getCookieNamed("JSESSIONID").getValue())
                .isNotEqualTo(before);
        browser.find("logout").click();
        eventually(() -> assertThat(browser.find("smart-id").getText()).isEqualTo("Log in with Smart\u2011ID"));
        assertThat(browser.has("pdf")).isFalse();
        assertThat(browser.consoleWarnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "smart-id, refuse, You refused on your phone., User refused",
        "mobile-id, refuse, You refused on your phone., User refused",
        "smart-id, expire, The time to confirm is over., Session expired before the user confirmed",
        "mobile-id, expire, The time to confirm is over., Session expired before the user confirmed",
    })
    void unconfirmed_login_shows_the_reason_and_can_be_retried(
            String means, String act, String outcome, String gatewayMessage) {
        begin(means, Visitor.CODE);
        browser.find(act).click();

        assertOutcome(outcome, gatewayMessage);
        assertThat(browser.find("title").getText()).isEqualTo("Not logged in");
        browser.find("again").click();
        eventually(() -> assertThat(browser.find("personal-code").getDomProperty("value"))
                .isEqualTo(Visitor.CODE));
    }

    @Test
    void lithuanian_browser_gets_lithuanian_pages_and_gateway_messages() throws IOException {
        try (Browser lithuanian = new Browser("lt-LT,lt,en")) {
            lithuanian.driver().get(address("/"));
            assertThat(lithuanian.find("smart-id").getText()).isEqualTo("Prisijungti su Smart\u2011ID");
            assertThat(lithuanian.script("return document.documentElement.lang"))
                    .isEqualTo("lt");
            lithuanian.type("personal-code", Visitor.CODE);
            lithuanian.find("smart-id").click();
            lithuanian.find("refuse").click();
            eventually(() -> assertThat(lithuanian.find("result").getText())
                    .contains("Telefone atsisakėte patvirtinti.", "Naudotojas atsisakė"));
            lithuanian.screenshot("lithuanian");
        }
    }

    @Test
    void browser_without_javascript_checks_with_a_button() throws IOException {
        try (Browser plain = new Browser("en", false)) {
            plain.driver().get(address("/"));
            plain.type("personal-code", Visitor.CODE);
            plain.find("smart-id").click();
            eventually(() -> plain.find("confirm").click());
            eventually(() -> assertThat(requests("/visitor/.*")).hasSize(1));
            assertThat(requests(CHECK)).isEmpty();
            plain.driver().findElement(By.cssSelector("noscript button")).click();
            eventually(
                    () -> assertThat(plain.find("result").getText()).contains("You are logged in as TESTNUMBER OK."));
            assertThat(plain.driver().getPageSource()).doesNotContain("<noscript>");
        }
    }

    @Test
    void cancel_removes_the_session_and_a_reload_sends_no_request() {
        begin("smart-id", Visitor.CODE);
        browser.find("cancel").click();

        assertOutcome("Cancelled.");
        assertThat(requests(REMOVAL)).singleElement().satisfies(removal -> {
            assertThat(removal.getMethod().getName()).isEqualTo("DELETE");
            assertThat(removal.getUrl()).isEqualTo("/en/api/smartid/session/51d00000-0000-4000-8000-0000000000a1");
        });
        MOCK_GATEWAY.resetRequests();
        browser.driver().navigate().refresh();
        assertOutcome("Cancelled.");
        assertThat(requests(".*")).isEmpty();
    }

    @Test
    void reload_of_a_waiting_prompt_begins_no_second_session() {
        begin("mobile-id", Visitor.CODE);
        String page = browser.driver().getCurrentUrl();
        browser.driver().navigate().refresh();
        browser.driver().navigate().refresh();
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(page);
        assertThat(browser.find("control-code").getText()).isEqualTo("8231");
        browser.find("confirm").click();

        assertOutcome("You are logged in as TESTNUMBER OK.");
        assertThat(requests(INIT)).hasSize(1);
    }

    @Test
    void page_restored_from_the_history_resumes_its_session() {
        begin("smart-id", Visitor.CODE);
        browser.driver().get("about:blank");
        MOCK_GATEWAY.setScenarioState("Smart-ID authentication", "confirmed");
        browser.driver().navigate().back();

        assertOutcome("You are logged in as TESTNUMBER OK.");
        assertThat(requests(INIT)).hasSize(1);
    }

    @Test
    void form_submitted_twice_begins_one_session() {
        open();
        Object pages = browser.driver()
                .executeAsyncScript("const done = arguments[0], form = new FormData(document.forms[0]);"
                        + "form.set('code', '30303039914'); form.set('means', 'smart-id');"
                        + "const send = () => fetch('/login', {method: 'POST', body: new URLSearchParams(form)}).then(page => page.url);"
                        + "Promise.all([send(), send()]).then(done);");

        assertThat(pages)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2)
                .containsOnly(((List<?>) pages).get(0));
        assertThat(requests(INIT)).hasSize(1);
    }

    @Test
    void suspended_page_checks_once_when_it_becomes_visible() {
        begin("smart-id", Visitor.CODE);
        // A suspended browser runs no timers.
        browser.script("const last = setTimeout(() => {}); for (let i = 0; i <= last; i++) clearTimeout(i);"
                + "window.setTimeout = () => 0;");
        browser.driver().manage().window().minimize();
        assertThat(browser.script("return document.visibilityState")).isEqualTo("hidden");
        browser.script("document.getElementById('confirm').click()");
        eventually(() -> assertThat(requests("/visitor/.*")).hasSize(1));
        MOCK_GATEWAY.resetRequests();
        assertThat(browser.find("result").getDomProperty("textContent")).isEmpty();

        browser.resize(1200, 900);

        assertOutcome("You are logged in as TESTNUMBER OK.");
        assertThat(requests(CHECK)).hasSize(1);
    }

    @Test
    void two_tabs_of_one_prompt_show_the_same_outcome() {
        begin("smart-id", Visitor.CODE);
        String page = browser.driver().getCurrentUrl();
        String first = browser.tab();
        String second = browser.newTab();
        browser.driver().get(page);
        assertThat(browser.find("control-code").getText()).isEqualTo("4387");
        browser.find("confirm").click();

        assertOutcome("You are logged in as TESTNUMBER OK.");
        browser.tab(first);
        assertOutcome("You are logged in as TESTNUMBER OK.");
        assertThat(requests(INIT)).hasSize(1);
        browser.tab(second);
        browser.find("continue").click();
        eventually(() -> assertThat(browser.has("pdf")).isTrue());
    }

    @Test
    void prompts_in_two_tabs_are_independent() {
        begin("smart-id", Visitor.CODE);
        String first = browser.tab();
        String second = browser.newTab();
        begin("mobile-id", Visitor.CODE);
        assertThat(browser.find("control-code").getText()).isEqualTo("8231");
        browser.tab(first);
        assertThat(browser.find("control-code").getText()).isEqualTo("4387");
        browser.find("cancel").click();
        assertOutcome("Cancelled.");
        browser.tab(second);
        browser.find("confirm").click();

        assertOutcome("You are logged in as TESTNUMBER OK.");
        assertThat(requests(REMOVAL)).hasSize(1);
    }

    @Test
    void waiting_tab_continues_after_a_login_in_another_tab() {
        begin("smart-id", Visitor.CODE);
        String first = browser.tab();
        browser.newTab();
        begin("mobile-id", Visitor.CODE);
        browser.find("confirm").click();
        assertOutcome("You are logged in as TESTNUMBER OK.");
        browser.tab(first);
        eventually(() -> assertThat(browser.find("top").getText()).contains("TESTNUMBER OK"));
        browser.find("refuse").click();

        assertOutcome("You refused on your phone.");
    }

    @Test
    void login_works_with_the_keyboard_alone() {
        open();
        assertThat(focus()).isEqualTo("personal-code");
        press(Visitor.CODE, Keys.TAB, Keys.TAB);
        assertThat(focus()).isEqualTo("smart-id");
        press(Keys.TAB);
        assertThat(focus()).isEqualTo("phone");
        press("+37060000666", Keys.ENTER);
        eventually(() -> assertThat(browser.find("control-code").getText())
                .as("by Mobile-ID")
                .isEqualTo("8231"));
        press(Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(focus()).isEqualTo("cancel");
        press(Keys.TAB);
        assertThat(focus()).isEqualTo("confirm");
        press(Keys.SPACE);
        assertOutcome("You are logged in as TESTNUMBER OK.");
        assertThat(focus()).as("not lost with the button").isEqualTo("result");
        press(Keys.TAB);
        assertThat(focus()).isEqualTo("continue");
        press(Keys.ENTER);
        eventually(() -> assertThat(browser.has("pdf")).isTrue());
    }

    private static void press(CharSequence... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    private static Object focus() {
        return browser.script("return document.activeElement.id");
    }

    @Test
    void invalid_field_shows_an_error_and_sends_no_request() {
        open();
        browser.type("personal-code", "123");
        browser.find("smart-id").click();
        eventually(
                () -> assertThat(browser.find("personal-code-wrong").getText()).contains("eleven digits"));
        assertThat(focus()).isEqualTo("personal-code");
        assertThat(browser.find("personal-code").getDomProperty("value")).isEqualTo("123");
        browser.type("personal-code", Visitor.CODE);
        browser.find("mobile-id").click();
        eventually(() -> assertThat(browser.find("phone-wrong").getText()).contains("phone number"));
        assertThat(focus()).isEqualTo("phone");
        assertThat(requests(".*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart-id", "mobile-id"})
    void logged_in_person_signs_an_uploaded_pdf_and_downloads_it(String means, @TempDir Path folder)
            throws IOException {
        logIn();
        Path pdf = Files.writeString(folder.resolve("sutartis.pdf"), "%PDF-1.4 mine");
        browser.find("pdf").sendKeys(pdf.toString());
        browser.type("phone", "+37060000666");
        MOCK_GATEWAY.resetRequests();
        browser.find(means).click();
        eventually(() -> assertThat(browser.has("control-code")).isTrue());
        browser.find("confirm").click();

        assertOutcome("The document is signed by TESTNUMBER OK.");
        assertThat(requests(INIT))
                .singleElement()
                .satisfies(init -> assertThat(init.getBodyAsString())
                        .contains(
                                "\"sutartis.pdf\"",
                                Base64.getEncoder().encodeToString(Files.readAllBytes(pdf)),
                                Visitor.CODE));
        assertThat(download()).startsWith("%PDF-").contains("Signed at the gateway in a box");
        assertThat(browser.consoleWarnings()).isEmpty();
    }

    private static Object async(String script) {
        return browser.driver().executeAsyncScript("const done = arguments[arguments.length - 1];" + script);
    }

    private static String download() {
        return (String) async("fetch(document.getElementById('download').href).then(file => file.text()).then(done)");
    }

    @Test
    void signing_without_a_file_sends_the_sample_pdf_and_can_be_cancelled() {
        logIn();
        MOCK_GATEWAY.resetRequests();
        browser.find("smart-id").click();
        eventually(() -> assertThat(browser.has("control-code")).isTrue());
        browser.find("cancel").click();

        assertOutcome("Cancelled.");
        assertThat(requests(INIT))
                .singleElement()
                .satisfies(init -> assertThat(init.getBodyAsString()).contains("\"sample.pdf\"", "JVBERi0"));
        assertThat(requests(REMOVAL)).hasSize(1);
    }

    @Test
    void signing_uses_the_country_of_the_login_and_not_of_the_form() {
        logIn();
        assertThat(browser.find("country").getDomAttribute("readonly")).isNotNull();
        MOCK_GATEWAY.resetRequests();
        browser.script("const form = document.querySelector('form.begin'), other = document.createElement('input');"
                + "other.name = 'country'; other.value = 'EE'; form.append(other);");
        browser.find("smart-id").click();
        eventually(() -> assertThat(browser.has("control-code")).isTrue());

        assertThat(requests(INIT))
                .singleElement()
                .satisfies(init -> assertThat(init.getBodyAsString()).contains("\"country\":\"LT\""));
    }

    @ParameterizedTest
    @CsvSource({"LT, Lithuania", "EE, Estonia"})
    void mobile_id_login_takes_the_country_from_the_response(String code, String country) {
        begin("mobile-id", Visitor.CODE);
        addFault(post(urlPathMatching(CHECK))
                .willReturn(okJson(
                        "{\"status\":\"ok\",\"code\":\"30303039914\",\"name\":\"N\",\"country\":\"" + code + "\"}")));
        assertOutcome("You are logged in as N.");
        browser.find("continue").click();
        eventually(() ->
                assertThat(browser.find("country").getDomProperty("value")).isEqualTo(country));
    }

    @Test
    void signing_offers_only_mobile_id_if_the_country_is_unknown() {
        begin("mobile-id", Visitor.CODE);
        addFault(post(urlPathMatching(CHECK))
                .willReturn(okJson("{\"status\":\"ok\",\"code\":\"30303039914\",\"name\":\"N\"}")));
        assertOutcome("You are logged in as N.");
        browser.find("continue").click();
        eventually(() -> assertThat(browser.has("mobile-id")).isTrue());

        assertThat(browser.has("smart-id")).isFalse();
    }

    @Test
    void prompt_shows_the_file_before_and_after_signing() throws IOException {
        logIn();
        browser.find("smart-id").click();
        eventually(() -> assertThat(browser.find("file").getText()).contains("sample.pdf", "1 kB", "1 page"));
        browser.find("confirm").click();
        assertOutcome("The document is signed by TESTNUMBER OK.");

        assertThat(browser.find("title").getText()).isEqualTo("Signed");
        assertThat(browser.find("file").getText()).contains(".pdf", "kB", "1 page");
        assertThat(browser.find("view").getDomAttribute("target")).isEqualTo("_blank");
        assertThat(async("fetch(document.getElementById('view').href)"
                        + ".then(file => done(file.headers.get('Content-Disposition')))"))
                .asString()
                .startsWith("inline");
        assertThat(browser.find("visitor").getText()).contains("no signature");
    }

    @Test
    void dropped_file_is_uploaded() {
        logIn();
        browser.script(
                "const files = new DataTransfer();"
                        + "files.items.add(new File(['%PDF-1.4'], 'dropped.pdf', {type: 'application/pdf'}));"
                        + "document.getElementById('drop').dispatchEvent(new DragEvent('drop', {dataTransfer: files, cancelable: true}));");
        assertThat(browser.find("pdf-chosen").getText()).contains("dropped.pdf", "1 kB");
        browser.find("smart-id").click();

        eventually(() -> assertThat(browser.find("file").getText()).contains("dropped.pdf"));
    }

    @Test
    void switched_language_is_kept_on_later_pages() {
        begin("smart-id", Visitor.CODE);
        assertThat(browser.find("language").getDomAttribute("lang")).isEqualTo("lt");
        browser.find("language").click();
        eventually(() -> assertThat(browser.find("title").getText()).isEqualTo("Prisijungimas su Smart\u2011ID"));
        assertThat(browser.find("control-code").getText()).isEqualTo("4387");
        browser.find("refuse").click();
        assertOutcome("Telefone atsisakėte patvirtinti.", "Naudotojas atsisakė");
        browser.find("again").click();
        eventually(() -> assertThat(browser.find("smart-id").getText()).isEqualTo("Prisijungti su Smart\u2011ID"));
        browser.find("language").click();
        eventually(() -> assertThat(browser.find("smart-id").getText()).isEqualTo("Log in with Smart\u2011ID"));
    }

    @Test
    void login_page_shows_the_test_person() {
        open();
        assertThat(browser.driver().findElement(By.className("visitor")).getText())
                .contains(Visitor.CODE, Visitor.PHONE);
    }

    @Test
    void prompt_shows_the_time_left_and_warns_before_its_end() {
        begin("smart-id", Visitor.CODE);
        assertThat(browser.find("left").getText()).matches("(1:5\\d|2:00)");
        browser.script("document.getElementById('left').until = Date.now() + 29_000");
        eventually(() -> assertThat(browser.find("left").getText()).startsWith("0:2"));
        eventually(() -> assertThat(browser.script("return document.querySelector('#soon > span').hidden"))
                .isEqualTo(false));
    }

    @Test
    void page_distinguishes_an_offline_browser_from_a_gateway_outage() {
        begin("smart-id", Visitor.CODE);
        browser.setOffline(true);
        try {
            eventually(() -> assertThat(note("offline").isDisplayed()).isTrue());
            assertThat(note("unanswered").isDisplayed()).isFalse();
        } finally {
            browser.setOffline(false);
        }
        eventually(() -> assertThat(note("offline").isDisplayed()).isFalse());
        addFault(post(urlPathMatching(CHECK)).willReturn(serviceUnavailable()));
        eventually(() -> assertThat(note("unanswered").isDisplayed()).isTrue());
        assertThat(note("offline").isDisplayed()).isFalse();
    }

    private static WebElement note(String id) {
        return browser.driver().findElement(By.cssSelector("#" + id + " > span"));
    }

    @Test
    void non_pdf_or_too_large_file_is_not_sent_to_the_gateway(@TempDir Path folder) throws IOException {
        logIn();
        MOCK_GATEWAY.resetRequests();
        browser.find("pdf")
                .sendKeys(Files.writeString(folder.resolve("a.pdf"), "%PNG").toString());
        browser.find("smart-id").click();
        eventually(() -> assertThat(browser.find("pdf-wrong").getText()).contains("not a PDF"));

        browser.find("pdf")
                .sendKeys(
                        Files.write(folder.resolve("b.pdf"), new byte[12 << 20]).toString());
        browser.find("smart-id").click();
        assertThat(browser.find("pdf").getDomProperty("validationMessage")).contains("10 MB");
        // If the browser does not check the size, the server does.
        browser.script("document.forms[1].noValidate = true");
        browser.find("smart-id").click();
        eventually(() -> assertThat(
                        browser.driver().findElement(By.className("note")).getText())
                .contains("10 MB"));
        assertThat(requests(".*")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30303039925 | These details were not accepted            | User account not found",
                "00000050002 | Nothing was sent to your phone             | Please try again later",
                "00000050003 | Nothing was sent to your phone             | Please try again later",
                "30403039917 | You refused                                | User refused",
                "30403039983 | The time to confirm is over                | Session expired",
            })
    void each_other_person_of_the_mock_gateway_has_its_outcome(String code, String outcome, String more) {
        begin("smart-id", code);
        assertOutcome(outcome, more);
        assertThat(browser.has("cancel")).isFalse();
        assertThat(browser.find("result").getText()).doesNotContain("access token");
    }

    @Test
    void lost_response_to_a_begin_warns_of_a_prompt_on_the_phone() {
        addFault(post(urlPathMatching(INIT)).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        begin("smart-id", Visitor.CODE);

        assertOutcome("A request may still appear on your phone", "refuse it");
        assertThat(requests(INIT)).hasSize(1);
    }

    @Test
    void prompt_is_lost_after_five_failed_checks_and_can_be_cancelled() {
        addFault(post(urlPathMatching(CHECK)).willReturn(serviceUnavailable()));
        begin("smart-id", Visitor.CODE);

        assertOutcome("The request may still be on your phone.", "Do not confirm it.");
        assertThat(requests(CHECK)).hasSize(5);
        removeFaults();
        browser.find("cancel").click();
        assertOutcome("Cancelled.");
        assertThat(requests(REMOVAL)).hasSize(1);
    }

    @Test
    void page_continues_if_the_gateway_responds_again() {
        begin("smart-id", Visitor.CODE);
        browser.script("window.told = false; new MutationObserver(() => {"
                + "  const note = document.querySelector('#unanswered > span');"
                + "  window.told ||= !note.hidden;"
                + "}).observe(document.body, {subtree: true, attributes: true});");
        addFault(post(urlPathMatching(CHECK))
                .inScenario("silence")
                .willReturn(serviceUnavailable())
                .willSetStateTo("over")
                .whenScenarioStateIs("Started"));
        eventually(() -> assertThat(browser.script("return told")).isEqualTo(true));
        eventually(() -> assertThat(browser.driver()
                        .findElement(By.cssSelector("#unanswered > span"))
                        .isDisplayed())
                .isFalse());
        browser.find("confirm").click();
        assertOutcome("You are logged in as TESTNUMBER OK.");
    }

    @Test
    void cancel_with_a_lost_response_warns_and_can_be_repeated() {
        begin("smart-id", Visitor.CODE);
        addFault(delete(urlPathMatching(REMOVAL)).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        browser.find("cancel").click();
        assertOutcome("It may still be on your phone.", "Do not confirm it.");
        removeFaults();
        browser.find("cancel").click();
        assertOutcome("Cancelled.");
    }

    @Test
    void confirmation_by_another_person_does_not_log_in() {
        begin("smart-id", Visitor.CODE);
        addFault(post(urlPathMatching(CHECK))
                .willReturn(
                        okJson("{\"status\":\"ok\",\"code\":\"30403039917\",\"name\":\"EVE\",\"surname\":\"OTHER\"}")));

        assertOutcome("somebody else");
        open();
        assertThat(browser.has("pdf")).isFalse();
    }

    @Test
    void browser_never_receives_the_session_id_of_the_gateway() {
        begin("smart-id", Visitor.CODE);
        String all = browser.driver().getPageSource()
                + browser.driver().manage().getCookies()
                + async("const page = document.getElementById('waiting').dataset;"
                        + "fetch(page.check, {method: 'POST', headers: {[page.header]: page.token}})"
                        + ".then(response => response.text()).then(done)");
        assertThat(all).contains("\"state\":\"WAITING\"").doesNotContain("51d00000");
    }

    @Test
    void logout_removes_the_session_of_an_open_prompt() {
        logIn();
        browser.find("smart-id").click();
        eventually(() -> assertThat(browser.has("control-code")).isTrue());
        browser.find("logout").click();
        eventually(() -> assertThat(requests(REMOVAL)).hasSize(1));
    }

    private void listDocuments() {
        logIn();
        browser.find("documents").click();
        eventually(() -> assertThat(browser.find("title").getText()).isEqualTo("Documents of the workspace"));
    }

    private static List<WebElement> documents() {
        return browser.driver().findElements(By.cssSelector("#list > li"));
    }

    @Test
    void documents_are_listed_with_their_status_and_signers() {
        listDocuments();

        assertThat(documents()).hasSize(10);
        assertThat(documents().get(0).getText())
                .contains("contract-01.pdf", "Not signed yet", "Uploaded on 2026-09-25")
                .contains("TESTNUMBER OK has not signed yet", "TESTNUMBER ADULT has not signed yet");
        assertThat(documents().get(1).getText())
                .contains("Partly signed", "TESTNUMBER OK signed", "TESTNUMBER ADULT has not signed yet");
        assertThat(documents().get(2).getText()).contains("Signed", "TESTNUMBER OK signed", "TESTNUMBER ADULT signed");
        assertThat(documents().get(3).getText())
                .contains("TESTNUMBER OK signed", "TESTNUMBER NOTOK rejected Reason:", "The amount is wrong.");
        WebElement signers = documents().get(3).findElement(By.tagName("ul"));
        assertThat(signers.getAccessibleName()).isEqualTo("Signers of contract-04.pdf");
        assertThat(documents().get(3).getText()).doesNotContain("@");
        assertThat(browser.consoleWarnings()).isEmpty();
    }

    @Test
    void documents_are_listed_in_pages_of_ten() {
        listDocuments();
        assertThat(browser.has("newer")).isFalse();
        browser.find("older").click();
        eventually(() -> assertThat(documents().get(0).getText()).contains("contract-11.pdf"));
        browser.find("older").click();
        eventually(() -> assertThat(documents()).hasSize(5));
        assertThat(browser.has("older")).isFalse();
        browser.find("newer").click();
        eventually(() -> assertThat(documents().get(0).getText()).contains("contract-11.pdf"));
        browser.driver().get(address("/documents?page=9"));
        assertThat(browser.find("none").getText()).isEqualTo("There are no documents here.");
        assertThat(browser.has("newer")).isTrue();
    }

    @Test
    void documents_are_listed_in_lithuanian() {
        listDocuments();
        browser.find("language").click();

        eventually(() -> assertThat(browser.find("title").getText()).isEqualTo("Darbo srities dokumentai"));
        assertThat(documents().get(3).getText())
                .contains("Pasirašytas iš dalies", "Įkelta 2026-09-22", "TESTNUMBER NOTOK atmetė Priežastis:");
        browser.find("sign").click();
        eventually(() -> assertThat(browser.find("documents").getText()).isEqualTo("Darbo srities dokumentai"));
    }

    @Test
    void documents_stay_listed_if_their_signers_are_unavailable() {
        addFault(get(urlPathMatching("/v2/document/.*/signer")).willReturn(serviceUnavailable()));
        listDocuments();

        assertThat(documents())
                .hasSize(10)
                .allSatisfy(document ->
                        assertThat(document.getText()).contains(".pdf", "The signers cannot be shown right now."));
    }

    @Test
    void documents_page_shows_a_note_if_the_gateway_is_unavailable() {
        addFault(get(urlPathEqualTo("/v2/document")).willReturn(serviceUnavailable()));
        listDocuments();

        assertThat(browser.find("unavailable").getText()).startsWith("The documents cannot be shown right now.");
        assertThat(browser.has("list")).isFalse();
    }

    @Test
    void the_pages_fit_a_desktop_and_a_phone() throws IOException {
        browser.resize(800, 860);
        visitPages("");
        browser.emulatePhone(true);
        try {
            visitPages("-phone");
        } finally {
            browser.emulatePhone(false);
            browser.resize(1200, 900);
        }
    }

    private void visitPages(String width) throws IOException {
        browser.reset();
        open();
        assertFits("1-login" + width);
        begin("smart-id", Visitor.CODE);
        assertFits("2-waiting" + width);
        browser.find("refuse").click();
        assertOutcome("You refused");
        assertFits("3-refused" + width);
        begin("mobile-id", Visitor.CODE);
        browser.find("confirm").click();
        assertOutcome("You are logged in");
        assertFits("4-logged-in" + width);
        browser.find("continue").click();
        eventually(() -> browser.find("pdf"));
        assertFits("5-sign" + width);
        browser.find("documents").click();
        eventually(() -> assertThat(documents()).hasSize(10));
        assertFits("9-documents" + width);
        browser.find("sign").click();
        eventually(() -> browser.find("pdf"));
        browser.find("smart-id").click();
        eventually(() -> browser.find("confirm").click());
        assertOutcome("signed");
        assertFits("6-signed" + width);
        visitErrorPages("7-wrong" + width);
    }

    private void visitErrorPages(String name) throws IOException {
        browser.find("logout").click();
        eventually(() -> assertThat(browser.find("smart-id").getText()).startsWith("Log in"));
        browser.type("personal-code", "123");
        browser.find("smart-id").click();
        eventually(() -> browser.find("personal-code-wrong"));
        assertFits(name);
        addFault(post(urlPathMatching(CHECK)).willReturn(serviceUnavailable()));
        begin("smart-id", Visitor.CODE);
        assertOutcome("may still be on your phone");
        assertFits(name.replace("7-wrong", "8-lost"));
        removeFaults();
    }

    private static void assertFits(String name) throws IOException {
        browser.screenshot(name);
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .as(name)
                .isEqualTo(true);
    }
}
