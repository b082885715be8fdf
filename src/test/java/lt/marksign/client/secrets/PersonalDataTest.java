package lt.marksign.client.secrets;

import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import feign.Capability;
import feign.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignRejectedException;
import lt.marksign.client.error.MarkSignResponseException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.LogCapture;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Behaviour;
import lt.marksign.client.gateway.RawGateway.Request;
import lt.marksign.client.gateway.Spec;
import lt.marksign.client.model.DocumentsQuery;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.UploadFile;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that personal data of requests and responses is redacted. */
class PersonalDataTest {
    private static final String TOKEN = "s3cret-t0ken+52900c96";
    private static final String MARK = "s3cret";

    /** Personal data of a response that no request contains. */
    private static final String PERSON =
            "\"code\":\"49901019999\",\"name\":\"Vardenis\",\"phone\":37061234567,\"x\":[\"Vardenis\",49901019999,[\"Vardenis\"]],"
                    + "\"certificate\":{\"subject\":{\"message\":\"Vardenis\",\"status\":\"Vardenis\",\"error_code\":49901019999}}";

    private static final String DOCUMENT =
            Base64.getEncoder().encodeToString("%PDF-1.4 Vardenis".getBytes(StandardCharsets.UTF_8));

    private static final List<String> RESPONSE_VALUES = List.of("49901019999", "Vardenis", "37061234567");

    static Stream<GeneratedCall> calls() {
        return GeneratedCall.all();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void personal_data_of_a_request_is_redacted_in_logs_and_exceptions(GeneratedCall call) throws IOException {
        List<Behaviour> behaviours = List.of(
                echoing("400 Bad", "{\"status\":\"error\",\"message\":%s}"),
                echoing("200 OK", "{\"status\":\"ok\",\"data\":{\"status\":\"error\",\"message\":%s}}"),
                echoing("200 OK", "{\"status\":%s}"),
                echoing("200 OK", "{\"status\":\"done\",\"message\":%s}"),
                echoing("500 Broken", "{\"error\":{\"message\":%s}}"),
                echoing("502 Bad Gateway", "<html>%s</html>"),
                echoing("502 Bad Gateway", "you sent %s"),
                (request, connection) -> send(
                        connection,
                        response(
                                "307 Go", "", "Location: https://example.org" + request.path(), "X: " + line(request))),
                (request, connection) ->
                        send(connection, response("502 Bad Gateway", "<html>", "Content-Type: " + line(request))),
                (request, connection) -> {
                    send(connection, "HTTP/1.1 " + line(request) + "\r\n\r\n");
                    connection.close();
                },
                (request, connection) -> connection.close());
        JsonObject body = new JsonObject(
                call.requestBody(true).encode().replace("\"surname\":\"OK\"", "\"surname\":\"Pavardenis\""));
        for (Behaviour behaviour : behaviours) {
            try (LogCapture log = new LogCapture();
                    RawGateway gateway = new RawGateway(behaviour);
                    MarkSignClient client = builder(gateway).build()) {
                Throwable thrown = catchThrowable(() -> call.invoke(client, body));

                assertThat(thrown).isNotNull();
                assertThat(Clients.everythingIn(thrown) + String.join("\n", log.messages()))
                        .doesNotContainIgnoringCase(
                                "30303039914",
                                "37060000666",
                                "Pavardenis",
                                "testnumber",
                                TOKEN,
                                "s3cret-t0ken",
                                "1c5cd62c-b");
                assertThat(log.ofLibrary()).isNotEmpty();
            }
        }
    }

    @Test
    void document_search_query_is_redacted_in_logs_and_exceptions() throws IOException {
        String name = "Vardenė Pavardenė";
        String echo = "{\"status\":\"error\",\"message\":%s}";
        for (Behaviour behaviour : List.of(
                echoing("400 Bad", echo),
                echoing("502 Bad Gateway", "you sent %s"),
                (request, connection) ->
                        send(connection, response("400 Bad", echo.formatted("\"nothing for " + name + "\""))))) {
            try (LogCapture log = new LogCapture();
                    RawGateway gateway = new RawGateway(behaviour);
                    MarkSignClient client = builder(gateway).build()) {
                Throwable thrown = catchThrowable(() -> client.workspace().page(new DocumentsQuery().query(name)));

                assertThat(Clients.everythingIn(thrown) + String.join("\n", log.messages()))
                        .doesNotContain("Varden", "Pavarden");
                assertThat(log.ofLibrary()).isNotEmpty();
            }
        }
    }

    @Test
    void rejection_exception_redacts_signer_and_reason() {
        MarkSignRejectedException thrown =
                new MarkSignRejectedException("awaitSigned(documentId=8f…)", "Vardenis", "too dear");

        assertThat(Clients.everythingIn(thrown)).doesNotContain("Vardenis", "too dear");
        assertThat(thrown.signer() + " " + thrown.reason()).isEqualTo("Vardenis too dear");
    }

    @Test
    void uploaded_filename_is_redacted_in_to_string() {
        assertThat(new UploadFile(FileContent.of(new byte[1]), "Vardenis.pdf")).hasToString("*");
    }

    private static Behaviour echoing(String status, String template) {
        return (request, connection) -> send(
                connection,
                response(
                        status,
                        template.formatted(
                                template.contains("\"")
                                        ? new ObjectMapper().writeValueAsString(echo(request))
                                        : echo(request))));
    }

    /** Returns the request on one line, because a line break of a form would end a line of the response's head. */
    private static String line(Request request) {
        return echo(request).replaceAll("\\R", " ");
    }

    private static String echo(Request request) {
        return request.path() + " " + request.header("Authorization") + " " + request.text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"done\",PERSON}",
                "{PERSON,\"status\":\"done\"}",
                "{\"status\":\"ok\",\"token\":{PERSON}}",
                "{\"status\":\"ok\",\"status\":\"ok\",PERSON}",
                "{\"status\":\"ok\",PERSON",
                "{\"status\":\"ok\",PERSON}}",
                "{\"status\":\"ok\",PERSON,\"valid\":nope}",
                "{'status':'ok',PERSON}",
                "[{\"status\":\"ok\"},\"Vardenis\",49901019999]",
                "[{PERSON}]",
                "{\"message\":[{PERSON}]}",
                "{\"message\":{PERSON}}",
                "\"Vardenis\"",
                "49901019999",
                "{\"a\":1}{PERSON}",
                "{\"a\":1}\"Vardenis\"",
                "\ufeff{PERSON}",
                "<br />\n<b>Notice</b>: x in /a.php on line 1<br />\n{\"status\":\"ok\",PERSON}",
                "Notice: x in /a.php on line 1\n{\"status\":\"ok\",PERSON}",
                "PADDING{PERSON}",
            })
    void unexpected_response_body_is_redacted_in_logs_and_exceptions(String template) throws IOException {
        String response = template.replace("PERSON", PERSON).replace("PADDING", " ".repeat(2000));
        for (String operation : List.of(
                "initSmartIdAuthentication",
                "removeSmartIdSession",
                "downloadDocument",
                "downloadDocumentV2",
                "listSignersV2")) {
            try (LogCapture log = new LogCapture();
                    RawGateway gateway = RawGateway.responding(response("200 OK", response));
                    MarkSignClient client = builder(gateway).build()) {
                Throwable thrown =
                        catchThrowable(() -> GeneratedCall.of(operation).invoke(client));

                assertThat(Clients.everythingIn(thrown) + String.join("\n", log.messages()))
                        .doesNotContain(RESPONSE_VALUES.toArray(String[]::new));
            }
        }
    }

    @Test
    void excerpt_of_a_document_operation_is_empty_under_http_200() throws IOException {
        for (String body :
                List.of("{\"status\":\"ok\",\"file\":{\"name\":\"Vardenis\"", "{\"status\":\"done\"}", "Vardenis")) {
            for (String operation : List.of("checkSmartIdSigning", "downloadDocument", "downloadDocumentV2")) {
                try (RawGateway gateway = RawGateway.responding(response("200 OK", body));
                        MarkSignClient client = builder(gateway).build()) {
                    assertThat(catchThrowableOfType(
                                            MarkSignUnexpectedResponseException.class,
                                            () -> GeneratedCall.of(operation).invoke(client))
                                    .excerpt())
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Broken", "404 Not Found", "302 Found"})
    void excerpt_omits_a_document_under_an_unexpected_http_status(String status) throws IOException {
        String signed = "{\"status\":\"ok\",\"file\":{\"name\":\"c\",\"content\":\"" + DOCUMENT + "\"}}";
        for (String operation : List.of("checkSmartIdSigning", "downloadDocument", "downloadDocumentV2")) {
            for (String body : List.of("%PDF-1.4 Vardenis", "PK Vardenis", "endobj Vardenis", signed)) {
                try (RawGateway gateway = RawGateway.responding(response(status, body));
                        MarkSignClient client = builder(gateway).build()) {
                    assertThat(catchThrowableOfType(
                                            MarkSignUnexpectedResponseException.class,
                                            () -> GeneratedCall.of(operation).invoke(client))
                                    .excerpt())
                            .doesNotContain("Vardenis", DOCUMENT.substring(0, 8));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"error\",\"message\":\"no file: DOCUMENT\"}",
                "{\"status\":\"error\",\"message\":\"no file: \\\"content\\\":\\\"DOCUMENT\\\"\"}",
                "{\"status\":\"done\",\"message\":\"no file: DOCUMENT\"}",
                "<html>no file: DOCUMENT</html>",
                "no file: DOCUMENT",
            })
    void echoed_upload_content_is_redacted_in_exceptions(String template) throws IOException {
        String body = template.replace("DOCUMENT", DOCUMENT);
        for (String operation : List.of("uploadDocument", "validateFile", "initSmartIdSigning")) {
            try (RawGateway gateway = RawGateway.responding(response("400 Bad Request", body));
                    MarkSignClient client = builder(gateway).build()) {
                MarkSignResponseException thrown = catchThrowableOfType(
                        MarkSignResponseException.class,
                        () -> GeneratedCall.of(operation).invoke(client));

                String excerpt = thrown instanceof MarkSignUnexpectedResponseException e ? e.excerpt() : "";
                assertThat(Clients.everythingIn(thrown) + excerpt)
                        .doesNotContain(DOCUMENT.substring(0, 8))
                        .doesNotContain(DOCUMENT.substring(10, 18));
            }
        }
    }

    @Test
    void gateway_message_redacts_unknown_ids_and_phone_numbers() throws IOException {
        String body = "{\"status\":\"error\",\"message\":"
                + "\"Session 1c5cd62c-bbf7-779e-3fb4-bad3433ad83f for +370 600 00666 is open, wait 30 s\"}";
        try (RawGateway gateway = RawGateway.responding(response("400 Bad Request", body));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(catchThrowableOfType(
                                    MarkSignApiException.class,
                                    () -> GeneratedCall.of("initSmartIdAuthentication")
                                            .invoke(client))
                            .gatewayMessage())
                    .isEqualTo("Session *** for *** is open, wait 30 s");
        }
    }

    @Test
    void custom_capability_sees_the_url_without_the_token() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        Capability watching = new SecretsTest.ClientWrapper(client -> (request, options) -> {
            Response response = client.execute(request, options);
            seen.add(request + " " + response.request() + " " + response);
            return response;
        });
        GeneratedCall call = GeneratedCall.of("checkDocumentStatus");
        try (RawGateway gateway = RawGateway.responding(call.kind().successResponse());
                MarkSignClient client = builder(gateway)
                        .customizeFeign(feign -> feign.addCapability(watching))
                        .build()) {
            call.invoke(client);

            assertThat(gateway.requests().get(0).path()).contains("s3cret-t0ken%2B52900c96");
            assertThat(seen).singleElement().asString().doesNotContain("s3cret-t0ken");
        }
    }

    static Stream<String> models() {
        return schemas()
                .filter(schema -> "object".equals(schema.getValue().getValue("type")))
                .map(Map.Entry::getKey)
                .filter(Predicate.not("EmptyRequest"::equals));
    }

    private static Stream<Map.Entry<String, JsonObject>> schemas() {
        return Spec.get().document().getJsonObject("components").getJsonObject("schemas").stream()
                .map(schema -> Map.entry(schema.getKey(), (JsonObject) schema.getValue()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void to_string_of_a_model_redacts_fields_of_format_password(String name) throws Exception {
        JsonObject schema = Spec.get()
                .document()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(name);
        String json = ((JsonObject) marked(schema, "")).encode();
        Object model = new ObjectMapper().readValue(json, Class.forName("lt.marksign.client.model." + name));

        assertThat(model.toString()).as(json).doesNotContain(MARK).doesNotContain(BASE64);
    }

    private static final String BASE64 =
            Base64.getEncoder().encodeToString((MARK + MARK).getBytes(StandardCharsets.UTF_8));

    private static final String CERTIFICATE = new HeldCertificate.Builder()
            .commonName(MARK)
            .build()
            .certificatePem()
            .replaceAll("-----[A-Z ]+-----", "");

    /** Returns a value of a schema, with a mark in each field of personal data. */
    private static Object marked(JsonObject reference, String schemaName) {
        if (reference.containsKey("$ref")) {
            String ref = reference.getString("$ref");
            return marked(GeneratedCall.resolve(reference), ref.substring(ref.lastIndexOf('/') + 1));
        }
        if (schemaName.equals("CertificateValue")) {
            return CERTIFICATE;
        }
        if (schemaName.equals("SignatureValue") || "byte".equals(reference.getString("format"))) {
            return BASE64;
        }
        if ("password".equals(reference.getString("format"))) {
            return MARK;
        }
        if (reference.containsKey("additionalProperties") && !reference.containsKey("properties")) {
            return new JsonObject().put(MARK, MARK);
        }
        if (reference.containsKey("properties")) {
            JsonObject all = new JsonObject();
            if (reference.containsKey("additionalProperties")) {
                all.put("unknown", new JsonObject().put(MARK, new JsonArray().add(MARK)));
            }
            reference
                    .getJsonObject("properties")
                    .forEach(property -> all.put(property.getKey(), marked((JsonObject) property.getValue(), "")));
            return all;
        }
        return reference.containsKey("items")
                ? new JsonArray().add(marked(reference.getJsonObject("items"), ""))
                : GeneratedCall.example(reference, true);
    }

    /** Finds the fields by their names, not by their format in the spec. */
    @Test
    void personal_fields_have_the_format_password_in_the_spec() {
        Set<String> personal = Set.of(
                "access_token",
                "token",
                "code",
                "personal_code",
                "phone",
                "phone_number",
                "email",
                "control_code",
                "surname",
                "first_name",
                "last_name",
                "full_name",
                "aka",
                "gender",
                "date_of_birth",
                "place_of_birth",
                "country_of_origin",
                "document_number",
                "political_position",
                "date_of_death",
                "image_url",
                "serial_number",
                "temporary_signing_link",
                "invitationUrl",
                "rejectionReason",
                "rejection_reason",
                "invitation_url",
                "position",
                "structural_subdivision",
                "member_name",
                "member_surname",
                "member_email");
        Set<String> schemasOfPeople = Set.of(
                "Signer",
                "LinkSigner",
                "RemoveSignerRequest",
                "InvitedPerson",
                "LinkedSigner",
                "WorkspaceSigner",
                "Identification",
                "Person",
                "InvitedSigner",
                "SignerLink",
                "ListedSigner",
                "Certificate",
                "CertificateSubject");
        List<String> notRedacted = schemas()
                .filter(schema -> schema.getValue().containsKey("properties"))
                .flatMap(schema -> schema.getValue().getJsonObject("properties").stream()
                        .filter(property -> personal.contains(property.getKey())
                                || property.getKey().equals("name") && schemasOfPeople.contains(schema.getKey()))
                        .filter(property -> !"password"
                                .equals(GeneratedCall.resolve((JsonObject) property.getValue())
                                        .getString("format")))
                        .map(property -> schema.getKey() + "." + property.getKey()))
                .collect(Collectors.toList());

        assertThat(notRedacted).isEmpty();
    }

    private static MarkSignClientBuilder builder(RawGateway gateway) {
        return Clients.builder(gateway).accessToken(TOKEN);
    }
}
