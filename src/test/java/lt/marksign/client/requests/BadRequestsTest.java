package lt.marksign.client.requests;

import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Workspace;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.MultipartForm;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.BillingType;
import lt.marksign.client.model.CreateSigningLinkRequest;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.DocumentsQuery;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.RemoveSignerRequest;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.UploadDocumentRequest;
import lt.marksign.client.model.WorkspaceInvitationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that invalid requests are not sent, and that requests that may be valid are. */
class BadRequestsTest {
    static Stream<GeneratedCall> calls() {
        return GeneratedCall.all().filter(call -> call.requestSchema().isPresent());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void missing_or_blank_required_field_is_named(GeneratedCall call) throws IOException {
        JsonObject body = call.requestBody(true);
        forEachRequired(call.requestSchema().orElseThrow(), body, "", (holder, name) -> {
            String field = name.substring(name.lastIndexOf('.') + 1);
            Object value = holder.getValue(field);
            for (Object nullOrBlank : value instanceof String ? new Object[] {null, "", " \t"} : new Object[] {null}) {
                if (nullOrBlank != null && !isText(call, name)) {
                    continue;
                }
                holder.put(field, nullOrBlank);
                assertRejected(call, body, name + " must not be null or blank");
            }
            holder.put(field, value);
        });
        assertSent(call, body);
    }

    /** A file's content and an enumeration's value have no blank form. */
    private static boolean isText(GeneratedCall call, String name) {
        JsonObject schema = call.requestSchema().orElseThrow();
        for (String part : name.replaceAll("\\[\\d+]", "").split("\\.")) {
            JsonObject property =
                    GeneratedCall.resolve(schema.getJsonObject("properties").getJsonObject(part));
            schema = property.containsKey("items") ? GeneratedCall.resolve(property.getJsonObject("items")) : property;
        }
        return !schema.containsKey("enum") && !List.of("byte", "binary").contains(schema.getString("format", ""));
    }

    private static void forEachRequired(
            JsonObject schema, JsonObject holder, String path, BiConsumer<JsonObject, String> visitor) {
        GeneratedCall.names(schema, "required").stream()
                .filter(name -> !name.equals("access_token"))
                .forEach(name -> visitor.accept(holder, path + name));
        for (String name : List.copyOf(holder.fieldNames())) {
            JsonObject property =
                    GeneratedCall.resolve(schema.getJsonObject("properties").getJsonObject(name));
            if (holder.getValue(name) instanceof JsonObject inner) {
                forEachRequired(property, inner, path + name + ".", visitor);
            } else if (holder.getValue(name) instanceof JsonArray items
                    && items.getValue(0) instanceof JsonObject item) {
                forEachRequired(
                        GeneratedCall.resolve(property.getJsonObject("items")), item, path + name + "[0].", visitor);
            }
        }
    }

    static Stream<GeneratedCall> callsWithABody() {
        return calls().filter(call -> !call.isForm());
    }

    @ParameterizedTest
    @MethodSource("callsWithABody")
    void null_request_is_rejected(GeneratedCall call) throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> connection.close());
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertThatExceptionOfType(MarkSignValidationException.class)
                    .isThrownBy(() -> call.invoke(client, null))
                    .withMessage("request must not be null");
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "initSmartIdAuthentication | /code | \"3030303991\" | code must match",
                "initSmartIdAuthentication | /code | \"303030399145\" | code must match",
                "initSmartIdAuthentication | /code | \"30303039914\\n\" | code must match",
                "initSmartIdAuthentication | /code | \" 30303039914\" | code must match",
                "initSmartIdAuthentication | /code | \"3030303991A\" | code must match",
                "initSmartIdAuthentication | /code | \"30303-039914\" | code must match",
                "initSmartIdAuthentication | /code | \"３０３０３０３９９１４\" | code must match",
                "initMobileIdAuthentication | /phone | \"+370 60000666\" | phone must match",
                "initMobileIdAuthentication | /phone | \"+37060000666\\n\" | phone must match",
                "initMobileIdAuthentication | /phone | \"++37060000666\" | phone must match",
                "initMobileIdAuthentication | /phone | \"1234\" | phone must match",
                "initMobileIdAuthentication | /phone | \"me\" | phone must match",
                "initSmartIdHashSigning | /hash | \"žžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžž\" | hash must match",
                "initSmartIdSigning | /adoc | {\"files\":[{\"name\":\"a\",\"content\":\"QQ==\"}]} | pdf, adoc, bdoc, asice must be given, exactly one of them",
                "initSmartIdSigning | /pdf | null | pdf, adoc, bdoc, asice must be given, exactly one of them",
                "initMobileIdSigning | /asice | {\"files\":[{\"name\":\"a\",\"content\":\"QQ==\"}]} | pdf, adoc, bdoc, asice must be given",
                "initSmartIdSigning | /pdf/files | [] | pdf.files must have at least 1",
                "initSmartIdSigning | /pdf/files | [null] | pdf.files must not contain null",
                "createSigningLink | /file | {\"filename\":\"a\",\"content\":\"QQ==\"} | document_id, file must be given, exactly one of them",
                "createSigningLink | /document_id | null | document_id, file must be given, exactly one of them",
                "createSigningLink | /document_id | \"a/b\" | document_id must match",
                "createSigningLink | /document_id | \"..\" | document_id must match",
                "createSigningLink | /document_id | \"a\\n\" | document_id must match",
                "createSigningLink | /expire_after | 0 | expire_after must be at least 1",
                "createSigningLink | /signers | [{\"phone_number\":\"me\"}] | signers[0].phone_number must match",
                "createSigningLink | /signers | [{\"personal_code\":\"1\"}] | signers[0].personal_code must match",
                "listSigners | /document_id | \"a/b\" | document_id must match",
                "removeSigner | /email | \"me\" | email must match",
                "uploadDocument | /signers/0/email | \"me\" | signers[0].email must match",
                "uploadDocument | /signers/0/email | \"a@b@c\" | signers[0].email must match",
                "uploadDocument | /signers | [null] | signers must not contain null",
                "inviteSigner | /signer/email | \"a b@c\" | signer.email must match",
                "inviteSignerV2 | /signer | null | signer must not be null or blank",
                "inviteSignerV2 | /signer/name | \" \" | signer.name must not be null or blank",
                "createSigningLinks | /documents | [] | documents must have at least 1",
                "createSigningLinks | /documents | [null] | documents must not contain null",
                "createSigningLinks | /document_type | \"asice\" | documents, document_type must be given, exactly one of them",
                "createSigningLinks | /documents | null | documents, document_type must be given, exactly one of them",
                "createSigningLinks | /expire_after | 0 | expire_after must be at least 1",
                "createSigningLinks | /delete_document_after | 0 | delete_document_after must be at least 1",
                "createSigningLinks | /document_files | [{}] | document_files[0].file_id must not be null or blank",
                "createSigningLinks | /signers | [{\"name\":\"N\"}] | signers[0].id, email must be given, exactly one of them",
                "createSigningLinks | /signers | [{\"email\":\"me\"}] | signers[0].email must match",
                "uploadDocumentV2 | /billing_type | null | billing_type must not be null or blank",
                "uploadFile | /files[] | null | files[] must not be null or blank",
            })
    void invalid_field_is_named_and_the_request_is_not_sent(
            String operation, String pointer, String value, String message) throws IOException {
        GeneratedCall call = GeneratedCall.of(operation);
        assertRejected(call, bodyWith(call, pointer, value), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "initSmartIdAuthentication | /code | \"32345678901\"",
                "initSmartIdAuthentication | /code | \"010101-12345\"",
                "initSmartIdAuthentication | /code | \"01010112345\"",
                "initMobileIdAuthentication | /phone | \"37060000666\"",
                "initMobileIdAuthentication | /phone | \"60000666\"",
                "initMobileIdAuthentication | /message | \"12345678901234567890123456789012345678901\"",
                "initSmartIdAuthentication | /message | \"123456789012345678901234567890123456789012345678901234567890\"",
                "initSmartIdHashSigning | /hash | \"n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\"",
                "uploadDocument | /signers | []",
                "uploadDocument | /signers/0/email | \"žydrė@ąžuolas.lt\"",
                "initSmartIdHashSigning | /hash | \"9f86d081\"",
                "createSigningLink | | {\"expire_after\":30,\"delete_document_after\":29}",
                "createSigningLink | | {\"expire_after\":90}",
                "createSigningLink | /signers | [{}]",
                "removeSigner | | {\"name\":null,\"personal_code\":\"010101-12345\"}",
                "listSigners | /document_id | null",
            })
    void possibly_valid_field_is_sent_unchanged(String operation, String pointer, String value) throws IOException {
        GeneratedCall call = GeneratedCall.of(operation);
        assertSent(call, bodyWith(call, pointer, value));
    }

    private static JsonObject bodyWith(GeneratedCall call, String pointer, String json) {
        JsonObject body = call.requestBody(false);
        Object value = new JsonArray("[" + json + "]").getValue(0);
        if (pointer == null) {
            ((JsonObject) value).forEach(entry -> body.put(entry.getKey(), entry.getValue()));
        } else {
            JsonPointer.from(pointer).writeJson(body, value);
        }
        return body;
    }

    private static void assertRejected(GeneratedCall call, JsonObject body, String message) {
        try (RawGateway gateway = new RawGateway((request, connection) -> connection.close());
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertThatExceptionOfType(MarkSignValidationException.class)
                    .as(call + " " + body.encode())
                    .isThrownBy(() -> call.invoke(client, body))
                    .withMessageStartingWith(message)
                    .withNoCause();
            assertThat(gateway.connectionsAccepted()).isZero();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSent(GeneratedCall call, JsonObject body) throws IOException {
        try (RawGateway gateway = new RawGateway(
                        (request, connection) -> send(connection, call.kind().successResponse()));
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertThatNoException().isThrownBy(() -> call.invoke(client, body));
            JsonObject sent = sent(call, gateway.requests().get(0));
            body.getMap().values().removeIf(value -> value == null);
            if (!call.hasTokenInHeader()) {
                assertThat(sent.getMap()).containsAllEntriesOf(Map.of("access_token", "token"));
                sent.remove("access_token");
            }
            assertThat(sent).isEqualTo(body);
        }
    }

    private static JsonObject sent(GeneratedCall call, RawGateway.Request request) {
        if (!call.isForm()) {
            return new JsonObject(request.text());
        }
        JsonObject fields = new JsonObject();
        MultipartForm.parts(request.header("Content-Type"), request.body())
                .forEach(part -> fields.put(part.getName(), part.getBody().asString()));
        return fields;
    }

    @Test
    void validation_exception_has_the_field_and_the_rule() throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> connection.close());
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertViolation(
                    "file.filename",
                    "must not be null or blank",
                    () -> client.documents().validate(new DocumentFile().content(FileContent.of(new byte[1]))));
            assertViolation(
                    "document_id, file",
                    "must be given, exactly one of them",
                    () -> client.signingLinks().create(new CreateSigningLinkRequest().callbackUrl("u")));
            assertViolation(
                    "sessionId",
                    "must not be empty",
                    () -> client.smartIdSessions().remove(""));
            assertViolation(
                    "limit",
                    "must be from 1 ms to 24 days, but is PT0S",
                    () -> client.smartIdSessions().authentication("s-1").await(Duration.ZERO));
            assertViolation("accessToken", "must not be blank", () -> client.withAccessToken(" "));
            assertViolation("maxRetries", "must not be negative, but is -1", () -> client.withMaxRetries(-1));
            assertViolation(
                    "baseUrl",
                    "must not be null or blank",
                    () -> MarkSignClient.builder().baseUrl(""));
            assertViolation("content", "must not be null", () -> FileContent.of((byte[]) null));
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    private static void assertViolation(
            String field, String rule, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(MarkSignValidationException.class)
                .isThrownBy(call)
                .withMessage(field + " " + rule)
                .returns(field, MarkSignValidationException::field)
                .returns(rule, MarkSignValidationException::rule);
    }

    @Test
    void facades_reject_invalid_arguments() throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> connection.close());
                MarkSignClient client = Clients.builder(gateway).build()) {
            Signer signer = new Signer().name("N").surname("S").email("me");
            DocumentFile file = new DocumentFile().content(FileContent.of(new byte[1]));

            assertRejected(
                    "file.filename must not be null or blank",
                    () -> client.documents().validate(file));
            assertRejected(
                    "file must not be null or blank", () -> client.documents().validate((DocumentFile) null));
            assertRejected("signer.email must match", () -> client.documents().inviteSigner("d-1", signer));
            assertRejected(
                    "signer must not be null or blank", () -> client.documents().inviteSigner("d-1", null));
            assertRejected("request must not be null", () -> client.documents().upload(null));
            assertRejected(
                    "access must not be null or blank", () -> client.documents().upload(new UploadDocumentRequest()));
            for (String documentId : new String[] {null, "", "a/b", ".."}) {
                assertRejected("documentId must", () -> client.documents().remove(documentId));
                assertRejected("documentId must", () -> client.documents().checkStatus(documentId));
                assertRejected("documentId must", () -> client.documents().validate(documentId));
                assertRejected("documentId must", () -> client.signingLinks().signers(documentId));
                assertRejected(
                        "documentId must",
                        () -> client.signingLinks().removeSigner(documentId, new RemoveSignerRequest().name("N")));
            }
            assertRejected(
                    "document_id, file must be given",
                    () -> client.signingLinks().create(new CreateSigningLinkRequest().callbackUrl("u")));
            assertRejectedByTheWorkspace(client.workspace());
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    private static void assertRejected(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(MarkSignValidationException.class)
                .isThrownBy(call)
                .withMessageStartingWith(message);
    }

    private static void assertRejectedByTheWorkspace(Workspace workspace) throws IOException {
        FileContent content = FileContent.of(new byte[1]);
        Duration limit = Duration.ofSeconds(1);
        for (String id : new String[] {null, "", "a/b", "..", "a b", "a?b", "a%2Fb"}) {
            assertRejected("documentId must", () -> workspace.remove(id));
            assertRejected("documentId must", () -> workspace.status(id));
            assertRejected("documentId must", () -> workspace.signers(id));
            assertRejected("documentId must", () -> workspace.invite(id, new WorkspaceInvitationRequest()));
            assertRejected("documentId must", () -> workspace.extendToLt(id));
            assertRejected("documentId must", () -> workspace.extendToLta(id));
            assertRejected("documentId must", () -> workspace.download(id, OutputStream.nullOutputStream()));
            assertRejected("documentId must", () -> workspace.validate(id, limit));
            assertRejected("documentId must", () -> workspace.awaitSigned(id, limit));
            assertRejected("temporarySigningLinkId must", () -> workspace.deleteSigningLink(id));
        }
        for (String name : new String[] {null, "", " ", "a\r\nb.pdf", "a\u0000", "a\u0085"}) {
            assertRejected("filename must not", () -> workspace.uploadFile(content, name));
            assertRejected("filename must not", () -> workspace.upload(content, name, BillingType.EACH_SIGNER));
        }
        assertRejected("content must not be null", () -> workspace.uploadFile(null, "a.pdf"));
        assertRejected("billing_type must not be null or blank", () -> workspace.upload(content, "a.pdf", null));
        assertRejected("files[] must not be empty", () -> workspace.uploadFile(FileContent.of(new byte[0]), "a.pdf"));
        assertRejected("query must not be null", () -> workspace.page(null));
        assertRejected("query must not be null", () -> workspace.documents(null));
        assertRejected("offset must be at least 0", () -> workspace.page(new DocumentsQuery().offset(-1)));
        assertRejected("limit must be at least 1", () -> workspace.page(new DocumentsQuery().limit(0)));
        assertRejected(
                "limit must be at least 1",
                () -> workspace.documents(new DocumentsQuery().limit(0)).toList());
        assertRejected("limit must", () -> workspace.validate("d-1", Duration.ZERO));
        assertRejected("limit must", () -> workspace.awaitSigned("d-1", null));
    }
}
