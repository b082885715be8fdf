import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import lt.marksign.jmh.Contender;
import lt.marksign.jmh.DocumentContender;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.DocumentsApi;
import org.openapitools.client.api.SmartIdSessionsApi;
import org.openapitools.client.model.Access;
import org.openapitools.client.model.AccessTokenRequest;
import org.openapitools.client.model.BegunSession;
import org.openapitools.client.model.CheckStatus;
import org.openapitools.client.model.Country;
import org.openapitools.client.model.DocumentFile;
import org.openapitools.client.model.Signer;
import org.openapitools.client.model.SmartIdAuthenticationRequest;
import org.openapitools.client.model.Status;
import org.openapitools.client.model.UploadDocumentRequest;

/** openapi-generator's {@code feign} library with its defaults. */
public final class StockFeign implements Contender, DocumentContender {
    private final SmartIdSessionsApi api;
    private final DocumentsApi documents;

    public StockFeign(URI gateway) {
        api = new ApiClient().setBasePath(gateway.toString()).buildClient(SmartIdSessionsApi.class);
        documents = new ApiClient().setBasePath(gateway.toString()).buildClient(DocumentsApi.class);
    }

    @Override
    public void remove() {
        AccessTokenRequest body = new AccessTokenRequest().accessToken(TOKEN);
        if (api.removeSmartIdSessionEn(SESSION, body).getStatus() != Status.OK) {
            throw new IllegalStateException("not removed");
        }
    }

    @Override
    public String init() {
        SmartIdAuthenticationRequest body =
                new SmartIdAuthenticationRequest().accessToken(TOKEN).code(CODE).country(Country.LT);
        BegunSession begun = api.initSmartIdAuthenticationEn(body);
        if (begun.getStatus() != Status.OK) {
            throw new IllegalStateException("not begun");
        }
        return begun.getToken();
    }

    @Override
    public void check(String session) {
        AccessTokenRequest body = new AccessTokenRequest().accessToken(TOKEN);
        if (api.checkSmartIdAuthenticationEn(session, body).getStatus() != CheckStatus.WAITING) {
            throw new IllegalStateException("not waiting");
        }
    }

    @Override
    public Callable<String> upload(Path document) throws IOException {
        UploadDocumentRequest request = new UploadDocumentRequest()
                .accessToken(TOKEN)
                .access(Access.PRIVATE)
                .file(new DocumentFile().filename("contract.pdf").content(Files.readAllBytes(document)))
                .addSignersItem(new Signer().name("Ona").surname("Onaitė").email("ona@example.org"));
        return () -> documents.uploadDocument(request).getDocument().getUuid();
    }

    @Override
    public Callable<Long> download(String id, Path target) {
        // The generated client chooses a file, which is then moved to the target.
        return () -> Files.size(Files.move(
                documents.downloadDocument(id, TOKEN).toPath(), target, StandardCopyOption.REPLACE_EXISTING));
    }
}
