import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.model.Access;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
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
    public String init() {
        return client.smartIdSessions()
                .authenticate(new SmartIdAuthenticationRequest().code(CODE).country(Country.LT))
                .id();
    }

    @Override
    public void check(String session) {
        if (client.smartIdSessions().authentication(session).poll().isPresent()) {
            throw new IllegalStateException("not waiting");
        }
    }

    @Override
    public void await(String session) {
        client.smartIdSessions().authentication(session).await(Duration.ofHours(1));
    }

    @Override
    public CompletableFuture<?> awaitAsync(String session, Duration limit) {
        return client.smartIdSessions().authentication(session).awaitAsync(limit);
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
