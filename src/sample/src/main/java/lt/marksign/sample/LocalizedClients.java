package lt.marksign.sample;

import java.util.Locale;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import org.springframework.stereotype.Component;

/** Provides the client in the visitor's language. */
@Component
class LocalizedClients {
    private final MarkSignClient markSign;

    LocalizedClients(MarkSignClient markSign) {
        this.markSign = markSign;
    }

    MarkSignClient forLanguage(Locale language) {
        return markSign.withLocale(language.getLanguage().equals("lt") ? MarkSignLocale.LT : MarkSignLocale.EN);
    }
}
