package lt.marksign.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FileContentTest {
    private final FileContent content = FileContent.of(new byte[] {1, 2});

    @Test
    void contents_of_equal_bytes_are_equal() {
        assertThat(content)
                .isEqualTo(FileContent.of(new byte[] {1, 2}))
                .hasSameHashCodeAs(FileContent.of(new byte[] {1, 2}))
                .isNotEqualTo(FileContent.of(new byte[] {1, 3}))
                .isNotEqualTo(FileContent.of(new byte[] {1}));
    }

    @Test
    void contents_of_the_same_path_are_equal() {
        FileContent file = FileContent.of(Path.of("a.pdf"));

        assertThat(file)
                .isEqualTo(FileContent.of(Path.of("a.pdf")))
                .hasSameHashCodeAs(FileContent.of(Path.of("a.pdf")))
                .isNotEqualTo(FileContent.of(Path.of("b.pdf")))
                .isNotEqualTo(content);
    }

    @Test
    void contents_of_the_same_supplier_are_equal() {
        Supplier<InputStream> source = () -> new ByteArrayInputStream(new byte[1]);

        assertThat(FileContent.of(source)).isEqualTo(FileContent.of(source)).isNotEqualTo(FileContent.of(() -> null));
    }

    @Test
    void contents_with_the_same_progress_are_equal() {
        TransferProgress progress = (bytes, total) -> {};

        assertThat(content.withProgress(progress))
                .isEqualTo(FileContent.of(new byte[] {1, 2}).withProgress(progress))
                .isNotEqualTo(content);
    }

    @Test
    void requests_with_equal_contents_are_equal() {
        assertThat(new SigningFile().name("a").content(content))
                .isEqualTo(new SigningFile().name("a").content(FileContent.of(new byte[] {1, 2})));
    }
}
