package lt.marksign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests of a class in a separate JVM with these options. The class fails if one of its tests fails. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SeparateJvm.Runner.class)
public @interface SeparateJvm {
    /** The options, for instance {@code -Xmx64m}. */
    String[] value();

    /** Starts the separate JVM before the tests of the class, and skips them in the JVM that started it. */
    final class Runner implements BeforeAllCallback, InvocationInterceptor {
        private static final String SEPARATE_JVM = "marksign.own-jvm";

        private static boolean isSeparateJvm() {
            return Boolean.getBoolean(SEPARATE_JVM);
        }

        @Override
        public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
            if (isSeparateJvm()) {
                return;
            }
            SeparateJvm options = context.getRequiredTestClass().getAnnotation(SeparateJvm.class);
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(options.value()));
            command.addAll(List.of("-D" + SEPARATE_JVM + "=true", "-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(Runner.class.getName(), context.getUniqueId()));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        }

        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            proceedInSeparateJvm(invocation);
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            proceedInSeparateJvm(invocation);
        }

        private static void proceedInSeparateJvm(Invocation<Void> invocation) throws Throwable {
            if (isSeparateJvm()) {
                invocation.proceed();
            } else {
                invocation.skip();
            }
        }

        /** Runs the tests with a unique id. Exits with 0 if there was at least one test and all tests succeeded. */
        public static void main(String[] arguments) {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(request().selectors(selectUniqueId(arguments[0])).build(), listener);
            TestExecutionSummary summary = listener.getSummary();
            summary.printFailuresTo(new PrintWriter(System.out, true));
            boolean succeeded = summary.getTestsSucceededCount() > 0
                    && summary.getTestsSucceededCount() == summary.getTestsFoundCount()
                    && summary.getTotalFailureCount() == 0;
            System.exit(succeeded ? 0 : 1);
        }
    }
}
