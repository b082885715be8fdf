package lt.marksign.client.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Session;
import lt.marksign.client.model.ContainerType;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.SignedDocument;
import lt.marksign.client.model.SigningFile;
import lt.marksign.client.model.SigningFiles;
import lt.marksign.client.model.SmartIdSigningRequest;

/** Has one person sign a PDF now, with Smart-ID. The arguments are the personal code, the PDF, and the signed PDF to write. */
public class SignPdf {
    public static void main(String[] args) throws IOException {
        try (MarkSignClient client = MarkSignClient.fromEnv()) {
            sign(client, args[0], Path.of(args[1]), Path.of(args[2]));
        }
    }

    static void sign(MarkSignClient client, String personalCode, Path pdf, Path signed) throws IOException {
        SigningFile file = new SigningFile().name(pdf.getFileName().toString()).content(FileContent.of(pdf));
        Session<SignedDocument> signing = client.smartIdSessions()
                .sign(new SmartIdSigningRequest()
                        .type(ContainerType.PDF)
                        .pdf(new SigningFiles().addFilesItem(file))
                        .code(personalCode)
                        .country(Country.LT));
        System.out.println("Compare with your phone: " + signing.controlCode().orElse("no code"));
        Files.write(signed, signing.await().getFile().getContent());
    }
}
