package lt.marksign.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows in Java is Java. */
class ReadmeTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS = Stream.of(
                    "java.nio.file.*",
                    "java.time.*",
                    "java.util.*",
                    "lt.marksign.client.*",
                    "lt.marksign.client.api.*",
                    "lt.marksign.client.error.*",
                    "lt.marksign.client.model.*",
                    "lt.marksign.client.spring.*",
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
        return SNIPPET.matcher(Files.readString(Path.of("README.md"))).results().map(result -> result.group(1));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void each_snippet_compiles(String snippet) {
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

        boolean compiles = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source(whole(snippet))))
                .call();

        assertThat(compiles).as(snippet + complaints).isTrue();
    }

    /** A program stands as it is; declarations and statements get what they need around them. */
    private static String whole(String snippet) {
        if (snippet.startsWith("import ")) {
            return snippet.replace("public class", "class");
        }
        if (Pattern.compile("^(class|interface|@Service|@FeignClient)", Pattern.MULTILINE)
                .matcher(snippet)
                .find()) {
            return IMPORTS + snippet;
        }
        return snippet.startsWith("@Bean")
                ? IMPORTS + "class Snippet {" + snippet + "}"
                : IMPORTS + "class Snippet { void run(MarkSignClient client) throws Exception {" + snippet + "} }";
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
