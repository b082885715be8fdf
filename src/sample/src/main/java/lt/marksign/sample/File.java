package lt.marksign.sample;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the page tells of a PDF.
 *
 * @param name its name
 * @param bytes its size
 * @param pages how many pages it has; 0 if that cannot be told
 */
record File(String name, long bytes, int pages) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(File.class);

    static File of(String name, byte[] pdf) {
        return new File(name, pdf.length, pages(pdf));
    }

    /** Not every PDF that the gateway signs can be read here: it may be encrypted, or damaged. */
    private static int pages(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        } catch (IOException | RuntimeException e) {
            LOG.debug("The pages of a PDF could not be counted", e);
            return 0;
        }
    }

    /** Its size, as a person reads it. */
    public String size(Locale language) {
        return bytes < 1_000_000
                ? String.format(language, "%d\u00a0kB", Math.max(1, Math.round(bytes / 1e3)))
                : String.format(language, "%.1f\u00a0MB", bytes / 1e6);
    }
}
