package lt.marksign.client.examples;

import java.nio.file.Path;
import java.time.Duration;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Workspace;
import lt.marksign.client.error.MarkSignRejectedException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.model.BillingType;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.InvitedPerson;
import lt.marksign.client.model.WorkspaceInvitationRequest;

/** Invites a person by email to sign a PDF, and waits for an hour. The arguments are the PDF, the person, and the signed PDF. */
public class UploadAndWait {
    public static void main(String[] args) {
        try (MarkSignClient client = MarkSignClient.fromEnv()) {
            InvitedPerson person =
                    new InvitedPerson().name(args[1]).surname(args[2]).email(args[3]);
            haveSigned(client.workspace(), Path.of(args[0]), person, Path.of(args[4]));
        }
    }

    static void haveSigned(Workspace workspace, Path pdf, InvitedPerson person, Path signed) {
        String documentId = workspace
                .upload(FileContent.of(pdf), pdf.getFileName().toString(), BillingType.DOCUMENT_OWNER)
                .getUuid();
        workspace.invite(documentId, new WorkspaceInvitationRequest().signer(person));
        try {
            workspace.awaitSigned(documentId, Duration.ofHours(1));
            workspace.download(documentId, signed);
            System.out.println("Signed");
        } catch (MarkSignRejectedException e) {
            System.out.println(e.signer() + " rejected it: " + e.reason());
        } catch (MarkSignTimeoutException e) {
            System.out.println("Nobody signed yet. The document can still be signed: " + documentId);
        }
    }
}
