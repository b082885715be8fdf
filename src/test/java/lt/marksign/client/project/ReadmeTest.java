package lt.marksign.client.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import lt.marksign.client.error.MarkSignApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that the Java snippets of README.md, SPRING.md and the Javadoc's first page compile, and that README.md's figures of
 * speed were measured.
 */
class ReadmeTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SNIPPET_OF_JAVADOC = Pattern.compile("<pre>\\{@code\\n(.*?)}</pre>", Pattern.DOTALL);
    private static final String IMPORTS = Stream.of(
                    "com.github.tomakehurst.wiremock.junit5.*",
                    "static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options",
                    "java.nio.file.*",
                    "java.time.*",
                    "java.util.*",
                    "lt.marksign.client.*",
                    "lt.marksign.client.api.*",
                    "lt.marksign.client.error.*",
                    "lt.marksign.client.model.*",
                    "lt.marksign.client.spring.*",
                    "org.junit.jupiter.api.extension.*",
                    "org.springframework.beans.factory.annotation.*",
                    "org.springframework.boot.autoconfigure.*",
                    "org.springframework.cloud.openfeign.*",
                    "org.springframework.context.annotation.*",
                    "org.springframework.core.env.*",
                    "org.springframework.stereotype.*")
            .map(name -> "import " + name + ";")
            .reduce("", String::concat);

    @TempDir
    private Path classes;

    static Stream<String> snippets() throws IOException {
        return Stream.of(
                        snippets(SNIPPET, Path.of("README.md")),
                        snippets(SNIPPET, Path.of("SPRING.md")),
                        snippets(SNIPPET_OF_JAVADOC, Path.of("src", "main", "javadoc", "overview.html")))
                .flatMap(snippets -> snippets);
    }

    private static Stream<String> snippets(Pattern pattern, Path file) throws IOException {
        List<String> snippets = pattern.matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(snippets).as(file.toString()).isNotEmpty();
        return snippets.stream();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void each_snippet_compiles(String snippet) {
        StringWriter diagnostics = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

        boolean compiles = compiler.getTask(
                        diagnostics,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source(toCompilationUnit(snippet))))
                .call();

        assertThat(compiles).as(snippet + diagnostics).isTrue();
    }

    @Test
    void readme_speed_figures_match_the_benchmarks() throws IOException {
        JsonNode results = new ObjectMapper()
                .readTree(Path.of("src", "jmh", "results.json").toFile());
        JsonNode removal = results.at("/oneCall/awake/remove/Library");
        JsonNode callers = results.at("/callers/tls/Library/64/perSecond");
        String readme = Files.readString(Path.of("README.md"));
        String speed = readme.substring(readme.indexOf("- Speed:"), readme.indexOf("- Secrets"));

        assertThat(Pattern.compile("\\d[\\d,.]*(?<![,.])")
                        .matcher(speed)
                        .results()
                        .map(MatchResult::group))
                .containsExactly(
                        format("%.0f", removal.at("/micros/median")),
                        "64",
                        "%.0f".formatted(callers.asDouble() / (64 / 0.02) * 100));
    }

    /** Each row of the table has the error code, its meaning, the exception and what to do. */
    @Test
    void error_codes_map_to_the_documented_exceptions() throws IOException {
        List<MatchResult> rows = Pattern.compile("^\\| (\\d{5}) \\|.*\\| `(\\w+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("openapi", "error-codes.md")))
                .results()
                .toList();

        assertThat(rows).hasSize(16).allSatisfy(row -> {
            OptionalInt code = OptionalInt.of(Integer.parseInt(row.group(1)));
            assertThat(MarkSignApiException.of("test", "", code, 400, false)
                            .getClass()
                            .getSimpleName())
                    .isEqualTo(row.group(2));
        });
    }

    private static String format(String format, JsonNode number) {
        return String.format(Locale.ROOT, format, number.asDouble());
    }

    /** Returns a program unchanged, and completes declarations and statements to a class. */
    private static String toCompilationUnit(String snippet) {
        if (snippet.startsWith("import ")) {
            return snippet.replace("public class", "class");
        }
        if (Pattern.compile("^(class|interface|@Service|@FeignClient)", Pattern.MULTILINE)
                .matcher(snippet)
                .find()) {
            return IMPORTS + snippet;
        }
        return snippet.matches("(?s)@(Bean|RegisterExtension).*")
                ? IMPORTS + "class Snippet {" + snippet + "}"
                : IMPORTS + "class Snippet { MarkSignClient client; void run() throws Exception {" + snippet + "} }";
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
