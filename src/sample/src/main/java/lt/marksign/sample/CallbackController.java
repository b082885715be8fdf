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
 * Receives what the gateway posts to a {@code callback_url} when a document is signed. Nothing signs a callback, so anyone may have
 * sent it: it is only a reason to ask the gateway, and what the gateway says decides.
 */
@RestController
class CallbackController {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackController.class);
    private static final int LONGEST = 256 * 1024;

    private final MarkSignClient markSign;
    private final ApplicationEventPublisher events;

    CallbackController(MarkSignClient markSign, ApplicationEventPublisher events) {
        this.markSign = markSign;
        this.events = events;
    }

    /**
     * Tells the rest of the application that everybody signed a document. It may be told twice of the same one.
     *
     * @param documentId the document
     */
    record DocumentSigned(String documentId) {}

    /** 204 means that the gateway was asked, whatever it said. What it posts has names in it, so nothing of it is logged. */
    @PostMapping("/callback")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void posted(InputStream body) throws IOException {
        byte[] json = body.readNBytes(LONGEST + 1);
        if (json.length > LONGEST) {
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
