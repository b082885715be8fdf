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

    private static final WireMockServer BOX = Visitor.box();
    private static Browser browser;

    private final List<StubMapping> faults = new ArrayList<>();

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void box(DynamicPropertyRegistry properties) {
        Visitor.properties(BOX).forEach((name, value) -> properties.add(name, () -> value));
    }

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser("en");
    }

    @AfterAll
    static void stop() throws IOException {
        try (Browser closed = browser) {
            BOX.stop();
        }
    }

    @BeforeEach
    void nobodyHasBeenHere() {
        browser.forget();
        BOX.resetScenarios();
        BOX.resetRequests();
    }

    @AfterEach
    void wellBehaved() {
        faults.forEach(BOX::removeStub);
    }

    private void misbehave(MappingBuilder fault) {
        faults.add(BOX.stubFor(fault.atPriority(1)));
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
        ends("You are logged in as TESTNUMBER OK.");
        browser.find("continue").click();
        eventually(() -> assertThat(browser.find("pdf").isDisplayed()).isTrue());
    }

    /** Asserts that the page shows the outcome without a reload, in an element that screen readers announce. */
    private static void ends(String... texts) {
        eventually(() -> assertThat(browser.find("result").getText()).contains(texts));
        WebElement result = browser.find("result");
        assertThat(result.getDomAttribute("aria-live")).isEqualTo("polite");
    }

    private static List<LoggedRequest> requests(String path) {
        return BOX.findAll(anyRequestedFor(urlPathMatching(path)));
    }

    @ParameterizedTest
    @CsvSource({"smart-id, 4387", "mobile-id, 8231"})
    void who_confirms_is_logged_in_and_gets_another_http_session(String means, String controlCode) {
        begin(means, Visitor.CODE);
        assertThat(browser.find("control-code").getText()).isEqualTo(controlCode);
        assertThat(browser.find("result").getText()).isEmpty();
        String before = browser.driver().manage().getCookieNamed("JSESSIONID").getValue();
        browser.script("document.getElementById('result').mark = 1");

        browser.find("confirm").click();

        ends("You are logged in as TESTNUMBER OK.");
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
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "smart-id, refuse, You refused on your phone., User refused",
        "mobile-id, refuse, You refused on your phone., User refused",
        "smart-id, expire, The time to confirm is over., Session expired before the user confirmed",
        "mobile-id, expire, The time to confirm is over., Session expired before the user confirmed",
    })
    void who_does_not_confirm_is_told_so_and_may_try_again(String means, String act, String outcome, String said) {
        begin(means, Visitor.CODE);
        browser.find(act).click();

        ends(outcome, said);
        assertThat(browser.find("title").getText()).isEqualTo("Not logged in");
        browser.find("again").click();
        eventually(() -> assertThat(browser.find("personal-code").getDomProperty("value"))
                .isEqualTo(Visitor.CODE));
    }

    @Test
    void in_lithuanian_so_is_the_gateway() throws IOException {
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
    void without_scripts_one_asks_by_a_button() throws IOException {
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
    void cancel_removes_the_session_once_and_sends_nothing_more() {
        begin("smart-id", Visitor.CODE);
        browser.find("cancel").click();

        ends("Cancelled.");
        assertThat(requests(REMOVAL)).singleElement().satisfies(removal -> {
            assertThat(removal.getMethod().getName()).isEqualTo("DELETE");
            assertThat(removal.getUrl()).isEqualTo("/en/api/smartid/session/51d00000-0000-4000-8000-0000000000a1");
        });
        BOX.resetRequests();
        browser.driver().navigate().refresh();
        ends("Cancelled.");
        assertThat(requests(".*")).isEmpty();
    }

    @Test
    void a_reload_in_the_middle_begins_nothing() {
        begin("mobile-id", Visitor.CODE);
        String page = browser.driver().getCurrentUrl();
        browser.driver().navigate().refresh();
        browser.driver().navigate().refresh();
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(page);
        assertThat(browser.find("control-code").getText()).isEqualTo("8231");
        browser.find("confirm").click();

        ends("You are logged in as TESTNUMBER OK.");
        assertThat(requests(INIT)).hasSize(1);
    }

    @Test
    void a_page_that_is_restored_goes_on_and_begins_nothing() {
        begin("smart-id", Visitor.CODE);
        browser.driver().get("about:blank");
        BOX.setScenarioState("Smart-ID authentication", "confirmed");
        browser.driver().navigate().back();

        ends("You are logged in as TESTNUMBER OK.");
        assertThat(requests(INIT)).hasSize(1);
    }

    @Test
    void a_form_that_is_sent_twice_begins_once() {
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
    void a_page_that_slept_asks_as_soon_as_it_is_seen_again() {
        begin("smart-id", Visitor.CODE);
        // A suspended browser runs no timers.
        browser.script("const last = setTimeout(() => {}); for (let i = 0; i <= last; i++) clearTimeout(i);"
                + "window.setTimeout = () => 0;");
        browser.driver().manage().window().minimize();
        assertThat(browser.script("return document.visibilityState")).isEqualTo("hidden");
        browser.script("document.getElementById('confirm').click()");
        eventually(() -> assertThat(requests("/visitor/.*")).hasSize(1));
        BOX.resetRequests();
        assertThat(browser.find("result").getDomProperty("textContent")).isEmpty();

        browser.size(1200, 900);

        ends("You are logged in as TESTNUMBER OK.");
        assertThat(requests(CHECK)).hasSize(1);
    }

    @Test
    void two_tabs_of_one_prompt_tell_the_same() {
        begin("smart-id", Visitor.CODE);
        String page = browser.driver().getCurrentUrl();
        String first = browser.tab();
        String second = browser.newTab();
        browser.driver().get(page);
        assertThat(browser.find("control-code").getText()).isEqualTo("4387");
        browser.find("confirm").click();

        ends("You are logged in as TESTNUMBER OK.");
        browser.tab(first);
        ends("You are logged in as TESTNUMBER OK.");
        assertThat(requests(INIT)).hasSize(1);
        browser.tab(second);
        browser.find("continue").click();
        eventually(() -> assertThat(browser.has("pdf")).isTrue());
    }

    @Test
    void two_tabs_with_a_prompt_each_have_nothing_to_do_with_each_other() {
        begin("smart-id", Visitor.CODE);
        String first = browser.tab();
        String second = browser.newTab();
        begin("mobile-id", Visitor.CODE);
        assertThat(browser.find("control-code").getText()).isEqualTo("8231");
        browser.tab(first);
        assertThat(browser.find("control-code").getText()).isEqualTo("4387");
        browser.find("cancel").click();
        ends("Cancelled.");
        browser.tab(second);
        browser.find("confirm").click();

        ends("You are logged in as TESTNUMBER OK.");
        assertThat(requests(REMOVAL)).hasSize(1);
    }

    @Test
    void a_tab_in_which_one_waits_goes_on_after_a_login_in_another() {
        begin("smart-id", Visitor.CODE);
        String first = browser.tab();
        browser.newTab();
        begin("mobile-id", Visitor.CODE);
        browser.find("confirm").click();
        ends("You are logged in as TESTNUMBER OK.");
        browser.tab(first);
        eventually(() -> assertThat(browser.find("top").getText()).contains("TESTNUMBER OK"));
        browser.find("refuse").click();

        ends("You refused on your phone.");
    }

    @Test
    void a_keyboard_is_enough() {
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
        ends("You are logged in as TESTNUMBER OK.");
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
    void what_cannot_be_right_is_said_beside_the_field_and_begins_nothing() {
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
    void who_is_logged_in_signs_a_pdf_and_has_it_signed(String means, @TempDir Path folder) throws IOException {
        logIn();
        Path pdf = Files.writeString(folder.resolve("sutartis.pdf"), "%PDF-1.4 mine");
        browser.find("pdf").sendKeys(pdf.toString());
        browser.type("phone", "+37060000666");
        BOX.resetRequests();
        browser.find(means).click();
        eventually(() -> assertThat(browser.has("control-code")).isTrue());
        browser.find("confirm").click();

        ends("The document is signed by TESTNUMBER OK.");
        assertThat(requests(INIT))
                .singleElement()
                .satisfies(init -> assertThat(init.getBodyAsString())
                        .contains(
                                "\"sutartis.pdf\"",
                                Base64.getEncoder().encodeToString(Files.readAllBytes(pdf)),
                                Visitor.CODE));
        assertThat(download()).startsWith("%PDF-").contains("Signed at the gateway in a box");
        assertThat(browser.complaints()).isEmpty();
    }

    private static Object async(String script) {
        return browser.driver().executeAsyncScript("const done = arguments[arguments.length - 1];" + script);
    }

    private static String download() {
        return (String) async("fetch(document.getElementById('download').href).then(file => file.text()).then(done)");
    }

    @Test
    void there_is_a_pdf_for_who_has_none() {
        logIn();
        BOX.resetRequests();
        browser.find("smart-id").click();
        eventually(() -> assertThat(browser.has("control-code")).isTrue());
        browser.find("cancel").click();

        ends("Cancelled.");
        assertThat(requests(INIT))
                .singleElement()
                .satisfies(init -> assertThat(init.getBodyAsString()).contains("\"sample.pdf\"", "JVBERi0"));
        assertThat(requests(REMOVAL)).hasSize(1);
    }

    @Test
    void signing_is_for_the_country_that_the_login_proved() {
        logIn();
        assertThat(browser.find("country").getDomAttribute("readonly")).isNotNull();
        BOX.resetRequests();
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
    void after_a_login_with_mobile_id_the_country_is_the_one_of_the_response(String code, String country) {
        begin("mobile-id", Visitor.CODE);
        misbehave(post(urlPathMatching(CHECK))
                .willReturn(okJson(
                        "{\"status\":\"ok\",\"code\":\"30303039914\",\"name\":\"N\",\"country\":\"" + code + "\"}")));
        ends("You are logged in as N.");
        browser.find("continue").click();
        eventually(() ->
                assertThat(browser.find("country").getDomProperty("value")).isEqualTo(country));
    }

    @Test
    void without_a_known_country_one_signs_with_mobile_id_alone() {
        begin("mobile-id", Visitor.CODE);
        misbehave(post(urlPathMatching(CHECK))
                .willReturn(okJson("{\"status\":\"ok\",\"code\":\"30303039914\",\"name\":\"N\"}")));
        ends("You are logged in as N.");
        browser.find("continue").click();
        eventually(() -> assertThat(browser.has("mobile-id")).isTrue());

        assertThat(browser.has("smart-id")).isFalse();
    }

    @Test
    void the_file_is_named_while_it_is_signed_and_after() throws IOException {
        logIn();
        browser.find("smart-id").click();
        eventually(() -> assertThat(browser.find("file").getText()).contains("sample.pdf", "1 kB", "1 page"));
        browser.find("confirm").click();
        ends("The document is signed by TESTNUMBER OK.");

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
    void a_file_can_be_dropped() {
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
    void the_language_can_be_switched_and_stays() {
        begin("smart-id", Visitor.CODE);
        assertThat(browser.find("language").getDomAttribute("lang")).isEqualTo("lt");
        browser.find("language").click();
        eventually(() -> assertThat(browser.find("title").getText()).isEqualTo("Prisijungimas su Smart\u2011ID"));
        assertThat(browser.find("control-code").getText()).isEqualTo("4387");
        browser.find("refuse").click();
        ends("Telefone atsisakėte patvirtinti.", "Naudotojas atsisakė");
        browser.find("again").click();
        eventually(() -> assertThat(browser.find("smart-id").getText()).isEqualTo("Prisijungti su Smart\u2011ID"));
        browser.find("language").click();
        eventually(() -> assertThat(browser.find("smart-id").getText()).isEqualTo("Log in with Smart\u2011ID"));
    }

    @Test
    void the_test_person_is_named() {
        open();
        assertThat(browser.driver().findElement(By.className("visitor")).getText())
                .contains(Visitor.CODE, Visitor.PHONE);
    }

    @Test
    void the_time_that_is_left_is_shown() {
        begin("smart-id", Visitor.CODE);
        assertThat(browser.find("left").getText()).matches("(1:5\\d|2:00)");
        browser.script("document.getElementById('left').until = Date.now() + 29_000");
        eventually(() -> assertThat(browser.find("left").getText()).startsWith("0:2"));
        eventually(() -> assertThat(browser.script("return document.querySelector('#soon > span').hidden"))
                .isEqualTo(false));
    }

    @Test
    void an_own_lost_connection_is_told_apart_from_the_gateways() {
        begin("smart-id", Visitor.CODE);
        browser.offline(true);
        try {
            eventually(() -> assertThat(note("offline").isDisplayed()).isTrue());
            assertThat(note("unanswered").isDisplayed()).isFalse();
        } finally {
            browser.offline(false);
        }
        eventually(() -> assertThat(note("offline").isDisplayed()).isFalse());
        misbehave(post(urlPathMatching(CHECK)).willReturn(serviceUnavailable()));
        eventually(() -> assertThat(note("unanswered").isDisplayed()).isTrue());
        assertThat(note("offline").isDisplayed()).isFalse();
    }

    private static WebElement note(String id) {
        return browser.driver().findElement(By.cssSelector("#" + id + " > span"));
    }

    @Test
    void what_is_no_pdf_or_too_long_is_not_sent(@TempDir Path folder) throws IOException {
        logIn();
        BOX.resetRequests();
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
    void the_box_has_others_who_end_otherwise(String code, String outcome, String more) {
        begin("smart-id", code);
        ends(outcome, more);
        assertThat(browser.has("cancel")).isFalse();
        assertThat(browser.find("result").getText()).doesNotContain("access token");
    }

    @Test
    void lost_response_to_a_begin_warns_of_a_prompt_on_the_phone() {
        misbehave(post(urlPathMatching(INIT)).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        begin("smart-id", Visitor.CODE);

        ends("A request may still appear on your phone", "refuse it");
        assertThat(requests(INIT)).hasSize(1);
    }

    @Test
    void silent_gateway_is_asked_again_and_the_prompt_can_be_removed() {
        misbehave(post(urlPathMatching(CHECK)).willReturn(serviceUnavailable()));
        begin("smart-id", Visitor.CODE);

        ends("The request may still be on your phone.", "Do not confirm it.");
        assertThat(requests(CHECK)).hasSize(5);
        wellBehaved();
        browser.find("cancel").click();
        ends("Cancelled.");
        assertThat(requests(REMOVAL)).hasSize(1);
    }

    @Test
    void a_gateway_that_responds_again_is_waited_for() {
        begin("smart-id", Visitor.CODE);
        browser.script("window.told = false; new MutationObserver(() => {"
                + "  const note = document.querySelector('#unanswered > span');"
                + "  window.told ||= !note.hidden;"
                + "}).observe(document.body, {subtree: true, attributes: true});");
        misbehave(post(urlPathMatching(CHECK))
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
        ends("You are logged in as TESTNUMBER OK.");
    }

    @Test
    void what_may_not_be_removed_is_not_said_to_be_and_can_be_removed_again() {
        begin("smart-id", Visitor.CODE);
        misbehave(delete(urlPathMatching(REMOVAL)).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        browser.find("cancel").click();
        ends("It may still be on your phone.", "Do not confirm it.");
        wellBehaved();
        browser.find("cancel").click();
        ends("Cancelled.");
    }

    @Test
    void nobody_is_logged_in_as_somebody_else() {
        begin("smart-id", Visitor.CODE);
        misbehave(post(urlPathMatching(CHECK))
                .willReturn(
                        okJson("{\"status\":\"ok\",\"code\":\"30403039917\",\"name\":\"EVE\",\"surname\":\"OTHER\"}")));

        ends("somebody else");
        open();
        assertThat(browser.has("pdf")).isFalse();
    }

    @Test
    void the_browser_never_has_the_gateways_session_id() {
        begin("smart-id", Visitor.CODE);
        String all = browser.driver().getPageSource()
                + browser.driver().manage().getCookies()
                + async("const page = document.getElementById('waiting').dataset;"
                        + "fetch(page.check, {method: 'POST', headers: {[page.header]: page.token}})"
                        + ".then(response => response.text()).then(done)");
        assertThat(all).contains("\"state\":\"WAITING\"").doesNotContain("51d00000");
    }

    @Test
    void who_logs_out_leaves_no_prompt_behind() {
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
        assertThat(browser.complaints()).isEmpty();
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
        misbehave(get(urlPathMatching("/v2/document/.*/signer")).willReturn(serviceUnavailable()));
        listDocuments();

        assertThat(documents())
                .hasSize(10)
                .allSatisfy(document ->
                        assertThat(document.getText()).contains(".pdf", "The signers cannot be shown right now."));
    }

    @Test
    void list_says_so_if_the_gateway_is_unavailable() {
        misbehave(get(urlPathEqualTo("/v2/document")).willReturn(serviceUnavailable()));
        listDocuments();

        assertThat(browser.find("unavailable").getText()).startsWith("The documents cannot be shown right now.");
        assertThat(browser.has("list")).isFalse();
    }

    @Test
    void the_pages_fit_a_desktop_and_a_phone() throws IOException {
        browser.size(800, 860);
        shots("");
        browser.phone(true);
        try {
            shots("-phone");
        } finally {
            browser.phone(false);
            browser.size(1200, 900);
        }
    }

    private void shots(String width) throws IOException {
        browser.forget();
        open();
        fits("1-login" + width);
        begin("smart-id", Visitor.CODE);
        fits("2-waiting" + width);
        browser.find("refuse").click();
        ends("You refused");
        fits("3-refused" + width);
        begin("mobile-id", Visitor.CODE);
        browser.find("confirm").click();
        ends("You are logged in");
        fits("4-logged-in" + width);
        browser.find("continue").click();
        eventually(() -> browser.find("pdf"));
        fits("5-sign" + width);
        browser.find("documents").click();
        eventually(() -> assertThat(documents()).hasSize(10));
        fits("9-documents" + width);
        browser.find("sign").click();
        eventually(() -> browser.find("pdf"));
        browser.find("smart-id").click();
        eventually(() -> browser.find("confirm").click());
        ends("signed");
        fits("6-signed" + width);
        troubles("7-wrong" + width);
    }

    private void troubles(String name) throws IOException {
        browser.find("logout").click();
        eventually(() -> assertThat(browser.find("smart-id").getText()).startsWith("Log in"));
        browser.type("personal-code", "123");
        browser.find("smart-id").click();
        eventually(() -> browser.find("personal-code-wrong"));
        fits(name);
        misbehave(post(urlPathMatching(CHECK)).willReturn(serviceUnavailable()));
        begin("smart-id", Visitor.CODE);
        ends("may still be on your phone");
        fits(name.replace("7-wrong", "8-lost"));
        wellBehaved();
    }

    private static void fits(String name) throws IOException {
        browser.screenshot(name);
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .as(name)
                .isEqualTo(true);
    }
}
