package lt.marksign.sample;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.springframework.util.FileSystemUtils;

/** A headless Chromium with a visitor's language settings. */
final class Browser implements AutoCloseable {
    private final Path profile;
    private final ChromeDriver driver;

    /**
     * Starts the browser.
     *
     * @param languages the value of {@code Accept-Language}
     */
    Browser(String languages) throws IOException {
        this(languages, true);
    }

    /**
     * Starts the browser.
     *
     * @param languages the value of {@code Accept-Language}
     * @param scripts whether it runs scripts
     */
    Browser(String languages, boolean scripts) throws IOException {
        File chromium = program("chromium");
        File chromedriver = program("chromedriver");
        profile = Files.createTempDirectory("marksign-sample-");
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "intl.accept_languages",
                        languages,
                        "profile.managed_default_content_settings.javascript",
                        scripts ? 1 : 2));
        options.setCapability("goog:loggingPrefs", console);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver)
                        .usingAnyFreePort()
                        .build(),
                options);
        resize(1200, 900);
    }

    /** Skips the tests if the program is not installed. If {@code CI} is {@code true}, they fail instead. */
    private static File program(String name) {
        List<File> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .toList();
        if (found.isEmpty()) {
            String missing = name + " is not on the PATH";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(missing);
            }
            Assumptions.abort(missing);
        }
        return found.get(0);
    }

    ChromeDriver driver() {
        return driver;
    }

    void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Sets the size of a phone's screen, which a window cannot have. */
    void emulatePhone(boolean on) {
        if (on) {
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        } else {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** Cuts or restores the connection from the browser to the application. */
    void setOffline(boolean on) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", on, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    WebElement find(String id) {
        return driver.findElement(By.id(id));
    }

    boolean has(String id) {
        return !driver.findElements(By.id(id)).isEmpty();
    }

    void type(String id, String text) {
        find(id).clear();
        find(id).sendKeys(text);
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        return tab();
    }

    String tab() {
        return driver.getWindowHandle();
    }

    void tab(String handle) {
        driver.switchTo().window(handle);
    }

    /** Closes all tabs except one, and deletes the cookies. */
    void reset() {
        List<String> tabs = List.copyOf(driver.getWindowHandles());
        tabs.subList(1, tabs.size())
                .forEach(each -> driver.switchTo().window(each).close());
        tab(tabs.get(0));
        driver.manage().deleteAllCookies();
        // A page that is still waiting would log errors.
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
    }

    /** Returns the browser's warnings, for instance about a script that the page's policy blocks. */
    List<String> consoleWarnings() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    void screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        FileSystemUtils.deleteRecursively(profile);
    }
}
