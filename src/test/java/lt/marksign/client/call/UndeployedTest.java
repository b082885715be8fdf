package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UndeployedTest {
    @Test
    @Timeout(60)
    void reading_and_writing_json_does_not_leak_the_class_loader() throws Exception {
        WeakReference<ClassLoader> loader = new WeakReference<>(readAndWriteJson());
        while (loader.get() != null) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(loader.get()).isNull();
    }

    /** Reads a response in a separate class loader, because a server gives each application its own. */
    private static ClassLoader readAndWriteJson() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(new File(entry).toURI().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Method read = loader.loadClass(Verdict.class.getName())
                    .getDeclaredMethod("read", int.class, byte[].class, Set.class);
            read.setAccessible(true);
            Object verdict =
                    read.invoke(null, 200, "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8), Set.of("ok"));
            assertThat(verdict.getClass()).isNotSameAs(Verdict.class);
            Method write = loader.loadClass(Models.class.getName()).getDeclaredMethod("write", Object.class);
            write.setAccessible(true);
            write.invoke(null, List.of("one"));
            return loader;
        }
    }
}
