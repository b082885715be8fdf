package lt.marksign.sample;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Session;
import lt.marksign.client.model.ContainerType;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.MobileIdSigningRequest;
import lt.marksign.client.model.SignedDocument;
import lt.marksign.client.model.SigningFile;
import lt.marksign.client.model.SigningFiles;
import lt.marksign.client.model.SmartIdSigningRequest;
import lt.marksign.sample.PersonForm.EidMethod;
import lt.marksign.sample.Prompt.Purpose;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/** Has the visitor sign an uploaded PDF, or the sample. */
@Controller
class SigningController {
    private static final byte[] PDF_HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final String SAMPLE_FILE = "sample.pdf";

    private final Prompts prompts;
    private final LocalizedClients clients;

    SigningController(Prompts prompts, LocalizedClients clients) {
        this.prompts = prompts;
        this.clients = clients;
    }

    /** Begins the signing. The signer is always the logged-in person. */
    @PostMapping("/sign")
    RedirectView begin(
            HttpSession http,
            Locale language,
            RedirectAttributes redirect,
            @AuthenticationPrincipal Person person,
            @RequestParam("form") String formId,
            @RequestParam String means,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam MultipartFile pdf)
            throws IOException {
        PersonForm form = new PersonForm(
                EidMethod.of(means), person.form().code(), person.form().country(), phone);
        byte[] content = pdf.isEmpty() ? samplePdf() : pdf.getBytes();
        PdfFile file = PdfFile.of(pdf.isEmpty() ? SAMPLE_FILE : name(pdf), content);
        boolean isPdf = Arrays.equals(PDF_HEADER, Arrays.copyOf(content, PDF_HEADER.length));
        if (!form.invalidField().isEmpty() || !isPdf) {
            redirect.addFlashAttribute("form", form);
            redirect.addFlashAttribute("notPdf", !isPdf);
            return SeeOther.to("/");
        }
        MarkSignClient client = clients.forLanguage(language);
        SigningFile signingFile = new SigningFile().name(file.name()).content(FileContent.of(content));
        return SeeOther.to("/prompts/"
                + prompts.begin(http, formId, Purpose.SIGNATURE, form, file, () -> sign(client, form, signingFile)));
    }

    private static Session<SignedDocument> sign(MarkSignClient client, PersonForm form, SigningFile file) {
        SigningFiles files = new SigningFiles().files(List.of(file));
        return form.method() == EidMethod.SMART_ID
                ? client.smartIdSessions()
                        .sign(new SmartIdSigningRequest()
                                .type(ContainerType.PDF)
                                .pdf(files)
                                .code(form.code())
                                .country(form.country()))
                : client.mobileIdSessions()
                        .sign(new MobileIdSigningRequest()
                                .type(ContainerType.PDF)
                                .pdf(files)
                                .code(form.code())
                                .phone(form.phone()));
    }

    private static byte[] samplePdf() throws IOException {
        try (InputStream in = new ClassPathResource("static/" + SAMPLE_FILE).getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static String name(MultipartFile pdf) {
        String name = pdf.getOriginalFilename();
        return name == null || name.isBlank() ? "document.pdf" : name;
    }

    /** Returns the signed document from the visitor's HTTP session, to download or to view. */
    @GetMapping("/prompts/{id}/signed.pdf")
    ResponseEntity<byte[]> signedPdf(HttpSession http, @PathVariable String id, @RequestParam Optional<String> view) {
        return prompts.find(http, id)
                .filter(prompt -> prompt.signedPdf() != null)
                .map(prompt -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_PDF)
                        // The policy of the pages blocks even the browser's own viewer.
                        .header("Content-Security-Policy", "frame-ancestors 'none'")
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.builder(view.isPresent() ? "inline" : "attachment")
                                        .filename(prompt.file().name(), StandardCharsets.UTF_8)
                                        .build()
                                        .toString())
                        .body(prompt.signedPdf()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Handles a file that is too long in a request that is not. */
    @ExceptionHandler(MaxUploadSizeExceededException.class)
    RedirectView tooLarge() {
        return SeeOther.to("/?long");
    }
}
