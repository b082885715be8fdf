package lt.marksign.sample;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PDF as the page describes it.
 *
 * @param name the file's name
 * @param bytes the file's size
 * @param pages the number of pages; 0 if it cannot be determined
 */
record PdfFile(String name, long bytes, int pages) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(PdfFile.class);

    static PdfFile of(String name, byte[] pdf) {
        return new PdfFile(name, pdf.length, countPages(pdf));
    }

    /** Returns 0 if the PDF cannot be read, because it is encrypted or damaged. The gateway may still sign it. */
    private static int countPages(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        } catch (IOException | RuntimeException e) {
            LOG.debug("The pages of a PDF could not be counted", e);
            return 0;
        }
    }

    /** Returns the size in kilobytes or megabytes, in the number format of a language. */
    public String size(Locale language) {
        return bytes < 1_000_000
                ? String.format(language, "%d\u00a0kB", Math.max(1, Math.round(bytes / 1e3)))
                : String.format(language, "%.1f\u00a0MB", bytes / 1e6);
    }
}
