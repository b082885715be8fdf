package lt.marksign.sample;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** For other programs, which know the gateway's session id. */
@RestController
class SessionController {
    private final Gateway gateway;

    SessionController(Gateway gateway) {
        this.gateway = gateway;
    }

    /** 204 means that the session is removed. The request's language is that of the gateway's message. */
    @DeleteMapping("/sessions/{sessionId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String sessionId, Locale language) {
        gateway.in(language).smartIdSessions().remove(sessionId);
    }
}
