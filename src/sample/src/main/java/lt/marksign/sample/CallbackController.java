package lt.marksign.sample;

import java.io.IOException;
import java.io.InputStream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Receives the callback that the gateway posts to a {@code callback_url} when a document is signed. Callbacks are not
 * authenticated, so anyone can send one. The controller therefore asks the gateway for the document's status, and trusts only
 * that response.
 */
@RestController
class CallbackController {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackController.class);
    private static final int MAX_BODY_SIZE = 256 * 1024;

    private final MarkSignClient markSign;
    private final ApplicationEventPublisher events;

    CallbackController(MarkSignClient markSign, ApplicationEventPublisher events) {
        this.markSign = markSign;
        this.events = events;
    }

    /**
     * Tells the rest of the application that all signers have signed a document. The event may be published twice for a
     * document.
     *
     * @param documentId the document's id
     */
    record DocumentSigned(String documentId) {}

    /** Responds 204 if the gateway returned the status, whatever it is. The callback contains names, so it is not logged. */
    @PostMapping("/callback")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void receive(InputStream body) throws IOException {
        byte[] json = body.readNBytes(MAX_BODY_SIZE + 1);
        if (json.length > MAX_BODY_SIZE) {
            throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE);
        }
        String documentId = Workspace.parseCallback(json).getUuid();
        String status = markSign.workspace().status(documentId).getData().getDocumentStatus();
        if ("signed".equals(status)) {
            LOG.info("A document is signed");
            events.publishEvent(new DocumentSigned(documentId));
        }
    }
}
