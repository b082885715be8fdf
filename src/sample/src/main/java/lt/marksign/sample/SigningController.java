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
import lt.marksign.sample.Asked.Means;
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
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final String SAMPLE = "sample.pdf";

    private final Prompts prompts;
    private final Gateway gateway;

    SigningController(Prompts prompts, Gateway gateway) {
        this.prompts = prompts;
        this.gateway = gateway;
    }

    /** Begins the signing. The signer is always the logged-in person. */
    @PostMapping("/sign")
    RedirectView begin(
            HttpSession http,
            Locale language,
            RedirectAttributes next,
            @AuthenticationPrincipal Person person,
            @RequestParam String form,
            @RequestParam String means,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam MultipartFile pdf)
            throws IOException {
        Asked asked =
                new Asked(Means.of(means), person.asked().code(), person.asked().country(), phone);
        byte[] content = pdf.isEmpty() ? sample() : pdf.getBytes();
        File file = File.of(pdf.isEmpty() ? SAMPLE : name(pdf), content);
        boolean isPdf = Arrays.equals(PDF, Arrays.copyOf(content, PDF.length));
        if (!asked.wrongField().isEmpty() || !isPdf) {
            next.addFlashAttribute("asked", asked);
            next.addFlashAttribute("noPdf", !isPdf);
            return SeeOther.to("/");
        }
        MarkSignClient client = gateway.in(language);
        SigningFile signed = new SigningFile().name(file.name()).content(FileContent.of(content));
        return SeeOther.to("/prompts/"
                + prompts.begin(http, form, Purpose.SIGNATURE, asked, file, () -> sign(client, asked, signed)));
    }

    private static Session<SignedDocument> sign(MarkSignClient client, Asked asked, SigningFile file) {
        SigningFiles files = new SigningFiles().files(List.of(file));
        return asked.means() == Means.SMART_ID
                ? client.smartIdSessions()
                        .sign(new SmartIdSigningRequest()
                                .type(ContainerType.PDF)
                                .pdf(files)
                                .code(asked.code())
                                .country(asked.country()))
                : client.mobileIdSessions()
                        .sign(new MobileIdSigningRequest()
                                .type(ContainerType.PDF)
                                .pdf(files)
                                .code(asked.code())
                                .phone(asked.phone()));
    }

    private static byte[] sample() throws IOException {
        try (InputStream in = new ClassPathResource("static/" + SAMPLE).getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static String name(MultipartFile pdf) {
        String name = pdf.getOriginalFilename();
        return name == null || name.isBlank() ? "document.pdf" : name;
    }

    /** Returns the signed document from the visitor's HTTP session, to download or to view. */
    @GetMapping("/prompts/{id}/signed.pdf")
    ResponseEntity<byte[]> signed(HttpSession http, @PathVariable String id, @RequestParam Optional<String> view) {
        return prompts.find(http, id)
                .filter(prompt -> prompt.signed() != null)
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
                        .body(prompt.signed()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Handles a file that is too long in a request that is not. */
    @ExceptionHandler(MaxUploadSizeExceededException.class)
    RedirectView tooLong() {
        return SeeOther.to("/?long");
    }
}
