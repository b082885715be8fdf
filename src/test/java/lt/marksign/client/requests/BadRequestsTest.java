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
    void what_is_required_is_named_when_it_is_missing_or_blank(GeneratedCall call) throws IOException {
        JsonObject body = call.requestBody(true);
        forEachRequired(call.requestSchema().orElseThrow(), body, "", (holder, name) -> {
            String field = name.substring(name.lastIndexOf('.') + 1);
            Object value = holder.getValue(field);
            for (Object none : value instanceof String ? new Object[] {null, "", " \t"} : new Object[] {null}) {
                if (none != null && !isText(call, name)) {
                    continue;
                }
                holder.put(field, none);
                assertRefused(call, body, name + " must not be null or blank");
            }
            holder.put(field, value);
        });
        assertTaken(call, body);
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
    void a_request_that_is_missing_as_a_whole_is_refused(GeneratedCall call) throws IOException {
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
    void what_cannot_be_right_is_named_and_not_sent(String operation, String pointer, String value, String message)
            throws IOException {
        GeneratedCall call = GeneratedCall.of(operation);
        assertRefused(call, changed(call, pointer, value), message);
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
    void what_may_be_right_is_for_the_gateway_to_refuse(String operation, String pointer, String value)
            throws IOException {
        GeneratedCall call = GeneratedCall.of(operation);
        assertTaken(call, changed(call, pointer, value));
    }

    private static JsonObject changed(GeneratedCall call, String pointer, String json) {
        JsonObject body = call.requestBody(false);
        Object value = new JsonArray("[" + json + "]").getValue(0);
        if (pointer == null) {
            ((JsonObject) value).forEach(entry -> body.put(entry.getKey(), entry.getValue()));
        } else {
            JsonPointer.from(pointer).writeJson(body, value);
        }
        return body;
    }

    private static void assertRefused(GeneratedCall call, JsonObject body, String message) {
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

    private static void assertTaken(GeneratedCall call, JsonObject body) throws IOException {
        try (RawGateway gateway = new RawGateway(
                        (request, connection) -> send(connection, call.manner().successResponse()));
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
    void a_broken_rule_is_told_with_its_field() throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> connection.close());
                MarkSignClient client = Clients.builder(gateway).build()) {
            assertBroken(
                    "file.filename",
                    "must not be null or blank",
                    () -> client.documents().validate(new DocumentFile().content(FileContent.of(new byte[1]))));
            assertBroken(
                    "document_id, file",
                    "must be given, exactly one of them",
                    () -> client.signingLinks().create(new CreateSigningLinkRequest().callbackUrl("u")));
            assertBroken(
                    "sessionId",
                    "must not be empty",
                    () -> client.smartIdSessions().remove(""));
            assertBroken(
                    "limit",
                    "must be from 1 ms to 24 days, but is PT0S",
                    () -> client.smartIdSessions().authentication("s-1").await(Duration.ZERO));
            assertBroken("accessToken", "must not be blank", () -> client.withAccessToken(" "));
            assertBroken("maxRetries", "must not be negative, but is -1", () -> client.withMaxRetries(-1));
            assertBroken(
                    "baseUrl",
                    "must not be null or blank",
                    () -> MarkSignClient.builder().baseUrl(""));
            assertBroken("content", "must not be null", () -> FileContent.of((byte[]) null));
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    private static void assertBroken(
            String field, String rule, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(MarkSignValidationException.class)
                .isThrownBy(call)
                .withMessage(field + " " + rule)
                .returns(field, MarkSignValidationException::field)
                .returns(rule, MarkSignValidationException::rule);
    }

    @Test
    void through_the_facades_it_is_the_same() throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> connection.close());
                MarkSignClient client = Clients.builder(gateway).build()) {
            Signer signer = new Signer().name("N").surname("S").email("me");
            DocumentFile file = new DocumentFile().content(FileContent.of(new byte[1]));

            assertRefused(
                    "file.filename must not be null or blank",
                    () -> client.documents().validate(file));
            assertRefused(
                    "file must not be null or blank", () -> client.documents().validate((DocumentFile) null));
            assertRefused("signer.email must match", () -> client.documents().inviteSigner("d-1", signer));
            assertRefused(
                    "signer must not be null or blank", () -> client.documents().inviteSigner("d-1", null));
            assertRefused("request must not be null", () -> client.documents().upload(null));
            assertRefused(
                    "access must not be null or blank", () -> client.documents().upload(new UploadDocumentRequest()));
            for (String documentId : new String[] {null, "", "a/b", ".."}) {
                assertRefused("documentId must", () -> client.documents().remove(documentId));
                assertRefused("documentId must", () -> client.documents().checkStatus(documentId));
                assertRefused("documentId must", () -> client.documents().validate(documentId));
                assertRefused("documentId must", () -> client.signingLinks().signers(documentId));
                assertRefused(
                        "documentId must",
                        () -> client.signingLinks().removeSigner(documentId, new RemoveSignerRequest().name("N")));
            }
            assertRefused(
                    "document_id, file must be given",
                    () -> client.signingLinks().create(new CreateSigningLinkRequest().callbackUrl("u")));
            refusedByTheWorkspace(client.workspace());
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    private static void assertRefused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(MarkSignValidationException.class)
                .isThrownBy(call)
                .withMessageStartingWith(message);
    }

    private static void refusedByTheWorkspace(Workspace workspace) throws IOException {
        FileContent content = FileContent.of(new byte[1]);
        Duration limit = Duration.ofSeconds(1);
        for (String id : new String[] {null, "", "a/b", "..", "a b", "a?b", "a%2Fb"}) {
            assertRefused("documentId must", () -> workspace.remove(id));
            assertRefused("documentId must", () -> workspace.status(id));
            assertRefused("documentId must", () -> workspace.signers(id));
            assertRefused("documentId must", () -> workspace.invite(id, new WorkspaceInvitationRequest()));
            assertRefused("documentId must", () -> workspace.extendToLt(id));
            assertRefused("documentId must", () -> workspace.extendToLta(id));
            assertRefused("documentId must", () -> workspace.download(id, OutputStream.nullOutputStream()));
            assertRefused("documentId must", () -> workspace.validate(id, limit));
            assertRefused("documentId must", () -> workspace.awaitSigned(id, limit));
            assertRefused("temporarySigningLinkId must", () -> workspace.deleteSigningLink(id));
        }
        for (String name : new String[] {null, "", " ", "a\r\nb.pdf", "a\u0000", "a\u0085"}) {
            assertRefused("filename must not", () -> workspace.uploadFile(content, name));
            assertRefused("filename must not", () -> workspace.upload(content, name, BillingType.EACH_SIGNER));
        }
        assertRefused("content must not be null", () -> workspace.uploadFile(null, "a.pdf"));
        assertRefused("billing_type must not be null or blank", () -> workspace.upload(content, "a.pdf", null));
        assertRefused("files[] must not be empty", () -> workspace.uploadFile(FileContent.of(new byte[0]), "a.pdf"));
        assertRefused("query must not be null", () -> workspace.page(null));
        assertRefused("query must not be null", () -> workspace.documents(null));
        assertRefused("offset must be at least 0", () -> workspace.page(new DocumentsQuery().offset(-1)));
        assertRefused("limit must be at least 1", () -> workspace.page(new DocumentsQuery().limit(0)));
        assertRefused(
                "limit must be at least 1",
                () -> workspace.documents(new DocumentsQuery().limit(0)).toList());
        assertRefused("limit must", () -> workspace.validate("d-1", Duration.ZERO));
        assertRefused("limit must", () -> workspace.awaitSigned("d-1", null));
    }
}
