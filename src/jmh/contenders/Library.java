import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.model.Access;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.UploadDocumentRequest;
import lt.marksign.jmh.Contender;
import lt.marksign.jmh.DocumentContender;

/** This library, through its facade. */
public final class Library implements Contender, DocumentContender {
    private final MarkSignClient client;

    public Library(URI gateway) {
        client = MarkSignClient.builder()
                .baseUrl(gateway)
                .accessToken(TOKEN)
                .locale(MarkSignLocale.EN)
                .build();
    }

    @Override
    public void remove() {
        client.smartIdSessions().remove(SESSION);
    }

    @Override
    public Callable<String> upload(Path document) {
        UploadDocumentRequest request = new UploadDocumentRequest()
                .access(Access.PRIVATE)
                .file(new DocumentFile().filename("contract.pdf").content(FileContent.of(document)))
                .addSignersItem(new Signer().name("Ona").surname("Onaitė").email("ona@example.org"));
        return () -> client.documents().upload(request).getDocument().getUuid();
    }

    @Override
    public Callable<Long> download(String id, Path target) {
        return () -> {
            client.documents().download(id, target);
            return Files.size(target);
        };
    }
}
