package lt.marksign.sample;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An API for other programs, which know the gateway's session id. */
@RestController
class SessionController {
    private final LocalizedClients clients;

    SessionController(LocalizedClients clients) {
        this.clients = clients;
    }

    /** Responds 204 if the session was removed. The gateway's message is in the language of the request. */
    @DeleteMapping("/sessions/{sessionId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String sessionId, Locale language) {
        clients.forLanguage(language).smartIdSessions().remove(sessionId);
    }
}
