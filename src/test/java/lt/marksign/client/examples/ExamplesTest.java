package lt.marksign.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.gateway.ForwardProxy;
import lt.marksign.client.gateway.MockGateway;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.DocumentsQuery;
import lt.marksign.client.model.InvitedPerson;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example against the mock gateway. */
class ExamplesTest {
    @RegisterExtension
    static final MockGateway GATEWAY = new MockGateway();

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(console);
    }

    private static MarkSignClientBuilder builder() {
        return MarkSignClient.builder()
                .baseUrl(GATEWAY.baseUrl())
                .accessToken(MockGateway.ACCESS_TOKEN)
                .locale(MarkSignLocale.EN)
                .pollInterval(Duration.ofMillis(20))
                .signaturePollInterval(Duration.ofMillis(20), Duration.ofMillis(20));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Path pdf() throws IOException {
        return Files.writeString(folder.resolve("contract.pdf"), "%PDF-1.4");
    }

    @Test
    void log_in_greets_the_person_or_prints_the_failure() {
        try (MarkSignClient client = builder().build()) {
            LogIn.logIn(client, MockGateway.PERSONAL_CODE);
            LogIn.logIn(client, MockGateway.PERSONAL_CODE_THAT_REFUSES);
            LogIn.logIn(client, "3030303991");
            LogIn.logIn(client, MockGateway.personalCodeRefusedWith(50000));
        }

        assertThat(printed())
                .contains("Compare with your phone: 4387", "Welcome, TESTNUMBER")
                .contains("You can solve this: User refused")
                .contains("Please correct this field: code ")
                .contains("error_code 50000", "If your phone shows a prompt, refuse it.");
    }

    @Test
    void readme_contains_the_log_in_example() throws IOException {
        Path source = Path.of("src", "test", "java", "lt", "marksign", "client", "examples", "LogIn.java");

        assertThat(Files.readString(Path.of("README.md")))
                .contains(Files.readString(source).replaceFirst("package .*;\n\n", ""));
    }

    @Test
    void sign_pdf_writes_the_signed_document() throws IOException {
        Path signed = folder.resolve("signed.pdf");
        try (MarkSignClient client = builder().build()) {
            SignPdf.sign(client, MockGateway.PERSONAL_CODE, pdf(), signed);
        }

        assertThat(signed).content(StandardCharsets.ISO_8859_1).startsWith("%PDF-");
    }

    @Test
    void upload_and_wait_downloads_the_signed_document() throws IOException {
        Path signed = folder.resolve("signed.pdf");
        InvitedPerson person =
                new InvitedPerson().name("Testnumber").surname("Ok").email("ok@example.com");
        try (MarkSignClient client = builder().build()) {
            UploadAndWait.haveSigned(client.workspace(), pdf(), person, signed);
        }

        assertThat(printed()).isEqualToIgnoringNewLines("Signed");
        assertThat(signed).content(StandardCharsets.ISO_8859_1).startsWith("%PDF-");
    }

    @Test
    void upload_and_wait_prints_the_reason_of_a_rejection() throws IOException {
        Path signed = folder.resolve("signed.pdf");
        InvitedPerson person =
                new InvitedPerson().name("Testnumber").surname("Notok").email(MockGateway.EMAIL_THAT_REJECTS);
        try (MarkSignClient client = builder().build()) {
            UploadAndWait.haveSigned(client.workspace(), pdf(), person, signed);
        }

        assertThat(printed()).contains("rejected it: The amount is wrong.");
        assertThat(signed).doesNotExist();
    }

    @Test
    void cancel_removes_a_session_once() {
        try (MarkSignClient client = builder().build()) {
            String id = client.smartIdSessions()
                    .authenticate(new SmartIdAuthenticationRequest()
                            .code(MockGateway.PERSONAL_CODE_THAT_WAITS)
                            .country(Country.LT))
                    .id();

            assertThat(Cancel.cancel(client, id)).isEqualTo("The session is removed");
            assertThat(Cancel.cancel(client, id)).startsWith("Unknown");
        }
    }

    @Test
    void two_accounts_uses_the_token_of_each_client() {
        try (MarkSignClient first = builder().build()) {
            assertThat(TwoAccounts.count(first)).isEqualTo("25 documents");
            assertThat(TwoAccounts.count(first.withAccessToken("another")))
                    .isEqualTo("The gateway did not accept the token");
        }
    }

    @Test
    void behind_proxy_calls_through_the_proxy() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.of("user", "secret");
                MarkSignClient client =
                        BehindProxy.client(builder().allowPlainHttp(), "127.0.0.1", proxy.port(), "user", "secret")) {
            assertThat(client.workspace().page(new DocumentsQuery()).getTotal()).isEqualTo(25);
            assertThat(proxy.heads()).isNotEmpty();
        }
    }
}
