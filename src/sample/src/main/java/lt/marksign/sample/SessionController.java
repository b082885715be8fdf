package lt.marksign.sample;

import java.util.Locale;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SessionController {
    private final MarkSignClient markSign;

    SessionController(MarkSignClient markSign) {
        this.markSign = markSign;
    }

    /** 204 means that the session is removed. The request's language is that of the gateway's message. */
    @DeleteMapping("/sessions/{sessionId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String sessionId, Locale language) {
        MarkSignLocale locale = language.getLanguage().equals("lt") ? MarkSignLocale.LT : MarkSignLocale.EN;
        markSign.withLocale(locale).smartIdSessions().remove(sessionId);
    }
}
