import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.model.Access;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.Status;
import lt.marksign.client.model.UploadDocumentRequest;
import lt.marksign.jmh.Contender;
import lt.marksign.jmh.DocumentContender;

/** This library, through the generated interface. */
public final class LibraryRaw implements Contender, DocumentContender {
    private final SmartIdSessionsApi api;
    private final DocumentsApi documents;

    public LibraryRaw(URI gateway) {
        MarkSignClient client =
                MarkSignClient.builder().baseUrl(gateway).accessToken(TOKEN).build();
        api = client.api(SmartIdSessionsApi.class);
        documents = client.api(DocumentsApi.class);
    }

    @Override
    public void remove() {
        if (api.removeSmartIdSessionEn(SESSION, new AccessTokenRequest()).getStatus() != Status.OK) {
            throw new IllegalStateException("not removed");
        }
    }

    @Override
    public Callable<String> upload(Path document) throws IOException {
        UploadDocumentRequest request = new UploadDocumentRequest()
                .access(Access.PRIVATE)
                .file(new DocumentFile().filename("contract.pdf").content(FileContent.of(Files.readAllBytes(document))))
                .addSignersItem(new Signer().name("Ona").surname("Onaitė").email("ona@example.org"));
        return () -> documents.uploadDocument(request).getDocument().getUuid();
    }

    @Override
    public Callable<Long> download(String id, Path target) {
        return () -> (long) documents.downloadDocument(id, (String) null).length;
    }
}
