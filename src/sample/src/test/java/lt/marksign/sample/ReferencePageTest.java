package lt.marksign.sample;

import static lt.marksign.sample.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The reference page of the library, as its build has left it, in a browser. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "..", "target", "reference", "index.html");
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        assertThat(PAGE).as("made by mvn install").exists();
        browser = new Browser("en");
        browser.driver().get(PAGE.toRealPath().toUri().toString());
        eventually(() -> assertThat(operations()).isNotEmpty());
    }

    @AfterAll
    static void close() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    private static List<WebElement> operations() {
        return browser.driver().findElements(By.cssSelector("[id*='/operation/']"));
    }

    private static WebElement operation(String id) {
        return browser.driver().findElement(By.cssSelector("[id$='/operation/" + id + "']"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(String expression) {
        return (List<String>) browser.script(
                "const spec = jsyaml.load(document.getElementById('spec').textContent);" + "return " + expression);
    }

    @Test
    void an_operation_is_one_entry_which_names_the_paths_of_both_languages() {
        List<String> ids = list("Object.entries(spec.paths).filter(([path]) => !path.startsWith('/en/'))"
                + ".flatMap(([, methods]) => Object.values(methods)).map(operation => operation.operationId)");

        assertThat(operations().stream().map(entry -> entry.getDomAttribute("id")))
                .extracting(id -> id.substring(id.lastIndexOf('/') + 1))
                .containsExactlyInAnyOrderElementsOf(ids);
        List<String> calls = list("Object.entries(spec.paths).flatMap(([path, methods]) =>"
                + " Object.keys(methods).map(method => method.toUpperCase() + ' ' + path))");
        String text = text();
        assertThat(calls).isNotEmpty().allSatisfy(call -> assertThat(text).containsOnlyOnce(": " + call + " "));
    }

    @Test
    void what_each_tag_parameter_body_response_and_field_is_stands_there_without_a_click() {
        List<String> descriptions = list(
                "[spec.tags, ...['parameters', 'requestBodies', 'responses']"
                        + ".map(kind => Object.values(spec.components[kind])), Object.values(spec.components.schemas)"
                        + ".flatMap(schema => Object.values(schema.properties ?? {}))"
                        + ".map(({ $ref, ...field }) => $ref ? spec.components.schemas[$ref.split('/').pop()] : field)]"
                        + ".flat().map(node => node.description).filter(Boolean).map(text => text.replaceAll('`', '').replace(/\\s+/g, ' ').trim())");

        String text = text();
        assertThat(descriptions)
                .hasSizeGreaterThan(100)
                .allSatisfy(description ->
                        assertThat(text.contains(description)).as(description).isTrue());
    }

    /** What is seen, on one line. */
    private static String text() {
        return ((String) browser.script("return document.body.innerText")).replaceAll("\\s+", " ");
    }

    @Test
    void success_comes_before_refusals_and_these_before_the_rest() {
        assertThat(operations()).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.findElements(By.cssSelector("[role=tab]")).stream()
                            .map(WebElement::getText)
                            .filter(text -> !text.equals("Payload")))
                    .containsExactly("200", "4XX", "default");
            assertThat(operation.getText().replaceAll("\\s+", " ")).matches(".* 200 .* 4XX .* default .*");
        });
    }

    @Test
    void the_examples_are_lithuanian_for_lithuanian_paths_and_english_for_english_ones() {
        WebElement refusals = samples("removeSmartIdSession", "4XX");
        assertThat(refusals.getText()).contains("Užklausos numeris neteisingas").doesNotContain("is invalid");
        choose(refusals, "English");
        eventually(() -> assertThat(refusals.getText()).contains("Request number is invalid"));

        assertThat(samples("inviteSigner", "200").getText()).contains("Pasirašantysis pakviestas");
        assertThat(samples("removeSigner", "4XX").getText())
                .contains("Užklausos numeris neteisingas")
                .doesNotContain("English");
    }

    /** The panel with the examples of a response. */
    private static WebElement samples(String operation, String status) {
        WebElement tab = operation(operation).findElements(By.cssSelector("[role=tab]")).stream()
                .filter(each -> each.getText().equals(status))
                .findFirst()
                .orElseThrow();
        browser.script("arguments[0].click()", tab);
        return browser.driver().findElement(By.id(tab.getDomAttribute("aria-controls")));
    }

    private static void choose(WebElement panel, String example) {
        WebElement option = panel.findElements(By.tagName("option")).stream()
                .filter(each -> each.getDomProperty("textContent").contains(example))
                .findFirst()
                .orElseThrow();
        browser.script(
                "const select = arguments[0].closest('select'); select.value = arguments[0].value;"
                        + "select.dispatchEvent(new Event('change', { bubbles: true }))",
                option);
    }

    @Test
    void it_fits_a_desktop_and_a_phone_and_nothing_is_cut() throws IOException {
        fits("reference");
        browser.phone(true);
        try {
            fits("reference-phone");
        } finally {
            browser.phone(false);
        }
    }

    private static void fits(String name) throws IOException {
        eventually(() -> assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .as(name)
                .isEqualTo(true));
        browser.screenshot(name);
        assertThat(list("[...document.querySelectorAll('body *')].filter(each => each.clientWidth > 0)"
                        + ".filter(each => getComputedStyle(each).overflowX !== 'visible')"
                        + ".filter(each => each.scrollWidth > each.clientWidth + 1)"
                        + ".map(each => each.textContent)"))
                .as(name)
                .isEmpty();
    }

    @Test
    void it_loads_nothing_and_complains_of_nothing() {
        assertThat(list("performance.getEntriesByType('resource').map(each => each.name)"
                        + ".filter(name => !name.startsWith('data:'))"))
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }
}
