package lt.marksign.sample;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.model.DocumentsQuery;
import lt.marksign.client.model.WorkspaceDocument;
import lt.marksign.client.model.WorkspaceDocuments;
import lt.marksign.client.model.WorkspaceSigner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Lists the documents of the workspace with their status and signers. In this sample, every logged-in person sees all
 * documents. A real application shows a document only to the people concerned.
 */
@Controller
class DocumentsController {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentsController.class);
    private static final int PAGE_SIZE = 10;
    private static final int LAST_PAGE = 100_000;

    private final LocalizedClients clients;

    DocumentsController(LocalizedClients clients) {
        this.clients = clients;
    }

    /**
     * A row of the list.
     *
     * @param document the document as the list describes it
     * @param signers the signers, or null if the gateway did not return them
     */
    public record DocumentRow(WorkspaceDocument document, List<WorkspaceSigner> signers) {}

    /** Shows a page of the list. */
    @GetMapping("/documents")
    String page(
            Model model,
            Locale language,
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "1") int page) {
        int number = Math.min(Math.max(page, 1), LAST_PAGE);
        MarkSignClient client = clients.forLanguage(language);
        model.addAttribute("person", person);
        model.addAttribute("page", number);
        list(client, number).ifPresent(list -> {
            model.addAttribute(
                    "documents",
                    list.getData().stream()
                            .map(document -> new DocumentRow(document, signers(client, document)))
                            .toList());
            long total = Optional.ofNullable(list.getTotal()).orElse(0L);
            model.addAttribute("older", total > (long) number * PAGE_SIZE);
        });
        return "documents";
    }

    private static Optional<WorkspaceDocuments> list(MarkSignClient client, int page) {
        try {
            DocumentsQuery query =
                    new DocumentsQuery().offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE);
            return Optional.of(client.workspace().page(query));
        } catch (MarkSignException e) {
            LOG.info("The documents are not listed: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns null if the gateway does not return the signers, so that the page still shows the other documents. */
    private static List<WorkspaceSigner> signers(MarkSignClient client, WorkspaceDocument document) {
        try {
            return client.workspace().signers(document.getUuid()).getData();
        } catch (MarkSignException | IllegalArgumentException e) {
            LOG.info("The signers of a document are not listed: {}", e.getMessage());
            return null;
        }
    }
}
