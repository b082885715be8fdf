package lt.marksign.client.gateway;

import static lt.marksign.client.gateway.MockGateway.ACCESS_TOKEN;
import static lt.marksign.client.gateway.MockGateway.DOCUMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the mock gateway with the JDK's HTTP client. {@link MockGateway} checks all requests and responses against the spec.
 */
class MockGatewayTest {
    @RegisterExtension
    static final MockGateway GATEWAY = new MockGateway();

    private static final String UNKNOWN_ID = "11111111-2222-4333-8444-555555555555";
    private static final String BEARER = "Bearer " + ACCESS_TOKEN;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Set<String> succeeded = new HashSet<>();

    private enum Language {
        LITHUANIAN(""),
        ENGLISH("/en");

        final String prefix;

        Language(String prefix) {
            this.prefix = prefix;
        }

        String either(String lithuanian, String english) {
            return this == ENGLISH ? english : lithuanian;
        }
    }

    /** A kind of session, with its requests and its id. */
    private enum Kind {
        SMART_ID_AUTHENTICATION("/smartid/login.json", "/smartid/status/", MockGateway.SMART_ID_AUTHENTICATION) {
            @Override
            JsonObject request(String code) {
                return new JsonObject().put("code", code).put("country", "LT");
            }
        },
        SMART_ID_SIGNING("/smartid/sign.json", "/smartid/sign/status/", MockGateway.SMART_ID_SIGNING) {
            @Override
            JsonObject request(String code) {
                return files(code).put("country", "LT");
            }
        },
        SMART_ID_HASH_SIGNING(
                "/smartid/sign/hash.json", "/smartid/sign/hash/status/", MockGateway.SMART_ID_HASH_SIGNING) {
            @Override
            JsonObject request(String code) {
                return hash(code);
            }
        },
        MOBILE_ID_AUTHENTICATION("/mobile/login.json", "/mobile/status/", MockGateway.MOBILE_ID_AUTHENTICATION) {
            @Override
            JsonObject request(String code) {
                return new JsonObject().put("code", code).put("phone", MockGateway.PHONE);
            }
        },
        MOBILE_ID_SIGNING("/mobile/sign.json", "/mobile/sign/status/", MockGateway.MOBILE_ID_SIGNING) {
            @Override
            JsonObject request(String code) {
                return files(code).put("phone", MockGateway.PHONE);
            }
        },
        MOBILE_ID_HASH_SIGNING(
                "/mobile/sign/hash.json", "/mobile/sign-hash/status/", MockGateway.MOBILE_ID_HASH_SIGNING) {
            @Override
            JsonObject request(String code) {
                return hash(code).put("phone", MockGateway.PHONE);
            }
        };

        final String init;
        final String check;
        final String token;

        Kind(String init, String check, String token) {
            this.init = init;
            this.check = check;
            this.token = token;
        }

        abstract JsonObject request(String code);

        String removal() {
            return "/api/" + init.split("/")[1] + "/session/";
        }

        private static JsonObject files(String code) {
            JsonObject file = new JsonObject().put("name", "contract.pdf").put("content", "JVBERi0xLjQKJSVFT0YK");
            return new JsonObject()
                    .put("code", code)
                    .put("type", "pdf")
                    .put("pdf", new JsonObject().put("files", List.of(file)));
        }

        private static JsonObject hash(String code) {
            return new JsonObject()
                    .put("code", code)
                    .put("country", "LT")
                    .put("hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                    .put("hash_algorithm", "SHA256");
        }
    }

    static Stream<Arguments> kindsAndLanguages() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Language.values()).map(language -> Arguments.of(kind, language)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void session_waits_at_two_checks_and_then_repeats_its_result(Kind kind, Language language) {
        confirm(kind, language);

        assertThat(check(kind, language, kind.token).status())
                .as("a check whose response was lost is repeated")
                .isEqualTo("ok");
    }

    private Response confirm(Kind kind, Language language) {
        Response begun = begin(kind, language, MockGateway.PERSONAL_CODE);
        assertThat(begun.json().getString("token")).isEqualTo(kind.token);
        assertThat(begun.json().getString("control_code")).matches("[0-9]{4}");
        assertThat(check(kind, language, kind.token).status()).isEqualTo("waiting");
        assertThat(check(kind, language, kind.token).status()).isEqualTo("waiting");
        Response result = check(kind, language, kind.token);
        assertThat(result.status()).isEqualTo("ok");
        return result;
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void session_removed_at_any_stage_cannot_be_checked_or_removed_again(Kind kind, Language language) {
        for (int checks = 0; checks <= 2; checks++) {
            begin(kind, language, MockGateway.PERSONAL_CODE);
            for (int i = 0; i < checks; i++) {
                check(kind, language, kind.token);
            }
            assertThat(remove(kind, language, kind.token).status()).isEqualTo("ok");

            check(kind, language, kind.token)
                    .assertRefusal(400, 40402, language.either("Sesija nerasta", "No session for the given token"));
            remove(kind, language, kind.token)
                    .assertRefusal(
                            400, null, language.either("Užklausos numeris neteisingas", "Request number is invalid"));
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void session_that_was_not_begun_is_not_found(Kind kind, Language language) {
        for (String token : List.of(kind.token, UNKNOWN_ID)) {
            assertThat(check(kind, language, token).errorCode()).isEqualTo(40402);
            assertThat(remove(kind, language, token).status()).isEqualTo("error");
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void predefined_sessions_are_removed_once_or_refused_with_http_200(Kind kind, Language language) {
        for (String session : List.of(MockGateway.SESSION, MockGateway.OTHER_SESSION)) {
            assertThat(remove(kind, language, session).status()).isEqualTo("ok");
            remove(kind, language, session)
                    .assertRefusal(
                            400, null, language.either("Užklausos numeris neteisingas", "Request number is invalid"));
        }
        remove(kind, language, MockGateway.REFUSED_WITH_200)
                .assertRefusal(
                        200, null, language.either("Užklausos numeris neteisingas", "Request number is invalid"));
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void session_is_not_found_by_the_check_of_another_kind(Kind kind, Language language) {
        begin(kind, language, MockGateway.PERSONAL_CODE);

        for (Kind other : Kind.values()) {
            if (other != kind) {
                assertThat(check(other, language, kind.token).errorCode()).isEqualTo(40402);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void personal_code_selects_refusal_or_expiry_of_a_session(Kind kind, Language language) {
        for (String code : List.of(MockGateway.PERSONAL_CODE_THAT_REFUSES, "00000040020")) {
            beginAndAwaitFailure(kind, language, code, MockGateway.SESSION_THAT_IS_REFUSED)
                    .assertRefusal(400, 40020, language.either("Naudotojas atsisakė", "User refused"));
        }
        for (String code : List.of(MockGateway.PERSONAL_CODE_THAT_EXPIRES, "00000040021")) {
            beginAndAwaitFailure(kind, language, code, MockGateway.SESSION_THAT_EXPIRES)
                    .assertRefusal(
                            200,
                            40021,
                            language.either(
                                    "Sesija baigėsi, naudotojui nepatvirtinus",
                                    "Session expired before the user confirmed"));
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void session_of_an_inactive_person_waits_until_it_is_removed(Kind kind, Language language) {
        String token = begin(kind, language, MockGateway.PERSONAL_CODE_THAT_WAITS)
                .json()
                .getString("token");

        assertThat(token).isEqualTo(MockGateway.SESSION_THAT_WAITS);
        for (int checks = 0; checks < 10; checks++) {
            assertThat(check(kind, language, token).status()).isEqualTo("waiting");
        }
        assertThat(remove(kind, language, token).status()).isEqualTo("ok");
        assertThat(check(kind, language, token).errorCode()).isEqualTo(40402);
        assertThat(remove(kind, language, token).status()).isEqualTo("error");
    }

    private Response beginAndAwaitFailure(Kind kind, Language language, String code, String token) {
        assertThat(begin(kind, language, code).json().getString("token")).isEqualTo(token);
        assertThat(check(kind, language, token).status()).isEqualTo("waiting");
        assertThat(check(kind, language, token).status()).isEqualTo("waiting");
        return check(kind, language, token);
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void session_can_be_removed_at_any_stage_before_it_fails(Kind kind, Language language) {
        for (String code : List.of(MockGateway.PERSONAL_CODE_THAT_REFUSES, MockGateway.PERSONAL_CODE_THAT_EXPIRES)) {
            for (int checks = 0; checks <= 2; checks++) {
                String token = begin(kind, language, code).json().getString("token");
                for (int i = 0; i < checks; i++) {
                    check(kind, language, token);
                }
                assertThat(remove(kind, language, token).status()).isEqualTo("ok");
                assertThat(check(kind, language, token).errorCode()).isEqualTo(40402);
                assertThat(remove(kind, language, token).status()).isEqualTo("error");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void personal_code_selects_the_error_that_refuses_a_session(Kind kind, Language language) {
        Set<String> messages = new HashSet<>();
        for (int errorCode : MockGateway.REFUSALS_OF_A_BEGINNING) {
            Response response = begin(kind, language, MockGateway.personalCodeRefusedWith(errorCode));
            response.assertRefusal(errorCode < 50000 ? 400 : 500, errorCode, response.message());
            assertThat(response.message()).isNotBlank();
            messages.add(response.message());
        }
        assertThat(messages).hasSameSizeAs(MockGateway.REFUSALS_OF_A_BEGINNING);
    }

    @ParameterizedTest
    @MethodSource("kindsAndLanguages")
    void unknown_malformed_or_missing_personal_code_is_refused(Kind kind, Language language) {
        begin(kind, language, "12345678901")
                .assertRefusal(400, 40401, language.either("Naudotojo paskyra nerasta", "User account not found"));

        GATEWAY.allowRequestsThatBreakTheSpec();
        begin(kind, language, "abc")
                .assertRefusal(400, 40005, language.either("Neteisingas asmens kodas", "Personal code is malformed"));
        begin(kind, language, null)
                .assertRefusal(400, 40001, language.either("Trūksta parametro", "A required parameter is missing"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SMART_ID_AUTHENTICATION", "MOBILE_ID_AUTHENTICATION"})
    void identification_has_the_certificate_of_the_person(Kind kind) throws Exception {
        JsonObject identified = confirm(kind, Language.ENGLISH).json();

        assertThat(identified.getString("code")).isEqualTo(MockGateway.PERSONAL_CODE);
        assertThat(identified.getString("token")).isEqualTo(kind.token);
        JsonObject described = identified.getJsonObject("certificate");
        X509Certificate certificate = certificate(described.getString("value"));
        assertThat(certificate.getSubjectX500Principal().getName("RFC1779", SERIAL_NUMBER))
                .contains("SERIALNUMBER=" + described.getJsonObject("subject").getString("serial_number"));
        assertThat(described.getJsonObject("subject").getString("serial_number"))
                .isEqualTo("PNOLT-" + MockGateway.PERSONAL_CODE);
        assertThat(certificate.getNotBefore().toInstant()).asString().startsWith(described.getString("valid_from"));
        assertThat(certificate.getNotAfter().toInstant()).asString().startsWith(described.getString("valid_to"));
    }

    private static final Map<String, String> SERIAL_NUMBER = Map.of("2.5.4.5", "SERIALNUMBER");

    private static X509Certificate certificate(String value) throws Exception {
        byte[] der = Base64.getDecoder().decode(Base64.getDecoder().decode(value));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    @Test
    void hash_signature_verifies_with_the_certificate_and_the_word_test() throws Exception {
        String certificate = confirm(Kind.SMART_ID_AUTHENTICATION, Language.ENGLISH)
                .json()
                .getJsonObject("certificate")
                .getString("value");
        String smartId =
                confirm(Kind.SMART_ID_HASH_SIGNING, Language.ENGLISH).json().getString("signature_value");
        String mobileId =
                confirm(Kind.MOBILE_ID_HASH_SIGNING, Language.ENGLISH).json().getString("signature_value");

        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(certificate(certificate));
        signature.update("test".getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getDecoder().decode(mobileId))).isTrue();
        assertThat(Base64.getDecoder().decode(smartId)).asString().isEqualTo(mobileId);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SMART_ID_SIGNING", "MOBILE_ID_SIGNING"})
    void a_signing_returns_the_pdf_that_a_download_returns(Kind kind) {
        JsonObject file = confirm(kind, Language.ENGLISH).json().getJsonObject("file");
        upload(Language.ENGLISH, "contract.pdf");

        assertThat(Base64.getDecoder().decode(file.getString("content")))
                .isEqualTo(get("/api/document/" + DOCUMENT + "/download.json").body());
    }

    private static void assertPdf(byte[] document) {
        String text = new String(document, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF-").endsWith("%%EOF\n");
        String[] end = text.substring(text.lastIndexOf("startxref")).split("\n");
        assertThat(text.substring(Integer.parseInt(end[1]))).startsWith("xref\n");
    }

    @ParameterizedTest
    @EnumSource
    void a_document_is_uploaded_signed_downloaded_and_removed(Language language) {
        String path = language.prefix + "/api/document/" + DOCUMENT;
        for (int i = 0; i < 2; i++) {
            assertThat(upload(language, "contract.pdf")
                            .json()
                            .getJsonObject("document")
                            .getString("uuid"))
                    .isEqualTo(DOCUMENT);
            assertThat(documentStatuses(path)).containsExactly("saved", "signed_partially", "signed", "signed");
            assertThat(post(path + "/invite-signer.json", new JsonObject().put("signer", signer()))
                            .message())
                    .isEqualTo(language.either("Pasirašantysis pakviestas", "Signer was invited"));
            assertThat(documentStatuses(path)).containsExactly("saved", "signed_partially", "signed", "signed");
            assertPdf(get(path + "/download.json").body());
            assertThat(delete(path + "/remove.json")
                            .json()
                            .getJsonObject("data")
                            .getString("status"))
                    .isEqualTo("ok");

            for (Response response : List.of(
                    get(path + "/download.json"),
                    get(path + "/check-status.json"),
                    post(path + "/invite-signer.json", new JsonObject().put("signer", signer())),
                    post(path.replace("/api/", "/api/v2/") + "/validation.json", new JsonObject()),
                    delete(path + "/remove.json"))) {
                response.assertRefusal(404, null, language.either("Dokumentas nerastas", "Document not found"));
            }
        }
    }

    private List<String> documentStatuses(String path) {
        return Stream.generate(() -> get(path + "/check-status.json"))
                .limit(4)
                .map(response -> response.json().getJsonObject("data").getString("document_status"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void unknown_document_is_not_found(Language language) {
        String path = language.prefix + "/api/document/" + UNKNOWN_ID;
        for (Response response : List.of(
                get(path + "/download.json"),
                get(path + "/check-status.json"),
                post(path + "/invite-signer.json", new JsonObject().put("signer", signer())),
                post(path.replace("/api/", "/api/v2/") + "/validation.json", new JsonObject()),
                delete(path + "/remove.json"))) {
            response.assertRefusal(404, null, language.either("Dokumentas nerastas", "Document not found"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void failed_document_removal_returns_ok_with_error_in_its_data(Language language) {
        JsonObject response = delete(
                        language.prefix + "/api/document/" + MockGateway.DOCUMENT_THAT_STAYS + "/remove.json")
                .json();

        assertThat(response.getString("status")).isEqualTo("ok");
        assertThat(response.getJsonObject("data").getString("status")).isEqualTo("error");
    }

    @ParameterizedTest
    @EnumSource
    void file_with_the_corrupt_filename_is_refused(Language language) {
        String message = language.either("Dokumentas sugadintas", "Document is corrupt");
        upload(language, MockGateway.CORRUPT_FILENAME).assertRefusal(400, 40022, message);
        post(
                        language.prefix + "/api/v2/document/validation.json",
                        new JsonObject().put("file", file(MockGateway.CORRUPT_FILENAME)))
                .assertRefusal(400, 40022, message);
    }

    @ParameterizedTest
    @EnumSource
    void a_document_and_a_file_are_validated(Language language) {
        upload(language, "contract.pdf");

        for (Response response : List.of(
                post(language.prefix + "/api/v2/document/" + DOCUMENT + "/validation.json", new JsonObject()),
                post(
                        language.prefix + "/api/v2/document/validation.json",
                        new JsonObject().put("file", file("contract.pdf"))))) {
            assertThat(response.json()
                            .getJsonObject("data")
                            .getJsonObject("simpleReport")
                            .getInteger("validSignaturesCount"))
                    .isEqualTo(1);
        }
    }

    @Test
    void signing_link_has_one_form_for_a_file_and_one_for_a_document() {
        JsonObject documented =
                link(new JsonObject().put("file", file("contract.pdf"))).json();
        assertThat(documented.getString("temporary_signing_link")).startsWith("https://");
        assertThat(documented.getValue("valid_until")).isInstanceOf(String.class);

        JsonObject ofDocument = new JsonObject().put("document_id", DOCUMENT);
        link(ofDocument).assertRefusal(404, null, "Dokumentas nerastas");
        upload(Language.LITHUANIAN, "contract.pdf");
        JsonObject seen = link(ofDocument).json();
        assertThat(seen.getString("document_id")).isEqualTo(DOCUMENT);
        assertThat(seen.getJsonArray("temporary_signing_links").getJsonObject(0).getValue("valid_until"))
                .isInstanceOf(Number.class);
        link(new JsonObject().put("document_id", UNKNOWN_ID)).assertRefusal(404, null, "Dokumentas nerastas");
        link(new JsonObject().put("file", file(MockGateway.CORRUPT_FILENAME)))
                .assertRefusal(400, 40022, "Dokumentas sugadintas");
    }

    @Test
    void signers_of_a_document_are_listed_and_removed() {
        String path = "/api/document/" + DOCUMENT;
        JsonObject signer = new JsonObject().put("email", "testnumber@example.org");
        post(path + "/signers.json", new JsonObject()).assertRefusal(404, null, "Dokumentas nerastas");
        post(path + "/remove-temporary-signer.json", signer).assertRefusal(404, null, "Dokumentas nerastas");

        upload(Language.LITHUANIAN, "contract.pdf");
        assertThat(post(path + "/signers.json", new JsonObject())
                        .json()
                        .getJsonArray("signers")
                        .getJsonObject(0)
                        .getString("signStatus"))
                .isEqualTo("signed");
        assertThat(post(path + "/remove-temporary-signer.json", signer).status())
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void upload_without_its_required_fields_is_refused(Language language) {
        GATEWAY.allowRequestsThatBreakTheSpec();
        post(language.prefix + "/api/document/upload.json", new JsonObject())
                .assertRefusal(400, 40001, language.either("Trūksta parametro", "A required parameter is missing"));
    }

    @Test
    void document_can_be_uploaded_without_signers() {
        assertThat(post(
                                "/api/document/upload.json",
                                new JsonObject()
                                        .put("access", "public")
                                        .put("file", file("contract.pdf"))
                                        .put("signers", List.of()))
                        .status())
                .isEqualTo("ok");
    }

    @Test
    void every_operation_refuses_a_wrong_or_missing_token() {
        GATEWAY.allowRequestsThatBreakTheSpec();
        upload(Language.LITHUANIAN, "contract.pdf");
        uploadToTheWorkspace("contract.pdf");
        for (Kind kind : Kind.values()) {
            begin(kind, Language.LITHUANIAN, MockGateway.PERSONAL_CODE);
        }
        Set<String> refused = new HashSet<>();
        Spec.get()
                .document()
                .getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue()).forEach(operation -> {
                    String method = operation.getKey();
                    String target = path.getKey()
                            .replace("{documentId}", DOCUMENT)
                            .replaceAll("\\{.*?}", Kind.SMART_ID_AUTHENTICATION.token);
                    if (target.matches("/(v2|v3|document)/.*")) {
                        for (String authorization : new String[] {"Bearer wrong", null}) {
                            send(method, target, authorization, null, null).assertRefusal(401, null, "Unauthorized");
                        }
                    } else {
                        assertWrongAndMissingTokenRefused(method, target);
                    }
                    Spec.get()
                            .operationId(method.toUpperCase(Locale.ROOT), target)
                            .ifPresent(refused::add);
                }));

        assertThat(refused).containsExactlyInAnyOrderElementsOf(operationIds());
    }

    private void assertWrongAndMissingTokenRefused(String method, String target) {
        boolean get = method.equals("get");
        JsonObject body =
                Kind.SMART_ID_AUTHENTICATION.request(MockGateway.PERSONAL_CODE).put("phone", MockGateway.PHONE);
        Language language = target.startsWith("/en/") ? Language.ENGLISH : Language.LITHUANIAN;

        send(
                        method,
                        get ? target + "?access_token=wrong" : target,
                        get ? null : body.copy().put("access_token", "wrong"))
                .assertRefusal(400, 40003, language.either("Neteisingas prieigos raktas", "Invalid access token"));
        send(method, target, get ? null : body)
                .assertRefusal(
                        400,
                        40001,
                        language.either("Trūksta parametro access_token", "Missing parameter access_token"));
    }

    @Test
    void a_document_of_the_workspace_is_uploaded_signed_downloaded_and_removed() {
        for (int i = 0; i < 2; i++) {
            assertThat(uploadToTheWorkspace("contract.pdf")
                            .json()
                            .getJsonArray("data")
                            .getJsonObject(0)
                            .getString("uuid"))
                    .isEqualTo(DOCUMENT);
            assertThat(progress(DOCUMENT, 5))
                    .containsExactly(
                            "pending, pending",
                            "saved",
                            "pending, pending",
                            "signed_partially",
                            "signed, pending",
                            "signed",
                            "signed, signed",
                            "signed",
                            "signed, signed");
            assertThat(invite(DOCUMENT, "ok@example.com", false).json()).isEqualTo(JsonObject.of("status", "ok"));
            assertThat(progress(DOCUMENT, 2)).containsExactly("pending, pending", "saved", "pending, pending");
            assertPdf(workspace("GET", "/v2/document/" + DOCUMENT + "/download", null)
                    .body());
            for (String level : List.of("lt", "lta")) {
                assertThat(extend(DOCUMENT, level).status()).isEqualTo("ok");
            }
            assertThat(workspace("DELETE", "/v2/document/" + DOCUMENT, null).status())
                    .isEqualTo("ok");
            assertNotFound(DOCUMENT);
        }
    }

    /** Returns the states of the signers and of the document, in turn. */
    private List<String> progress(String document, int signers) {
        List<String> progress = new ArrayList<>(List.of(signerStatuses(document)));
        for (int i = 1; i < signers; i++) {
            progress.add(workspace("GET", "/document/" + document + "/check-status", null)
                    .json()
                    .getJsonObject("data")
                    .getString("document_status"));
            progress.add(signerStatuses(document));
        }
        return progress;
    }

    private String signerStatuses(String document) {
        return workspace("GET", "/v2/document/" + document + "/signer", null).json().getJsonArray("data").stream()
                .map(signer -> ((JsonObject) signer).getString("status"))
                .collect(Collectors.joining(", "));
    }

    private void assertNotFound(String document) {
        for (Response response : List.of(
                workspace("GET", "/v2/document/" + document + "/signer", null),
                workspace("GET", "/v2/document/" + document + "/download", null),
                workspace("GET", "/document/" + document + "/check-status", null),
                workspace("POST", "/v3/validation/document/" + document, null),
                workspace("DELETE", "/v2/document/" + document, null),
                invite(document, "ok@example.com", false),
                invite(document, MockGateway.EMAIL_THAT_REJECTS, true),
                extend(document, "lt"),
                extend(document, "lta"),
                links(new JsonObject().put("documents", List.of(document))))) {
            response.assertRefusal(404, null, "Document not found");
        }
    }

    @Test
    void unknown_workspace_document_is_not_found() {
        assertNotFound(UNKNOWN_ID);
        assertNotFound(DOCUMENT);
    }

    @Test
    void rejection_appears_in_the_signers_but_not_in_the_document_status() {
        for (boolean noEmail : new boolean[] {false, true}) {
            uploadToTheWorkspace("contract.pdf");
            Response invited = invite(DOCUMENT, MockGateway.EMAIL_THAT_REJECTS, noEmail);
            assertThat(invited.json().containsKey("data")).isEqualTo(noEmail);
            assertThat(progress(DOCUMENT, 2))
                    .containsExactly("signed, rejected", "signed_partially", "signed, rejected");
        }
        assertThat(progress(MockGateway.DOCUMENT_THAT_IS_REJECTED, 2))
                .containsExactly("signed, rejected", "signed_partially", "signed, rejected");
        JsonObject signer = workspace("GET", "/v2/document/" + MockGateway.DOCUMENT_THAT_IS_REJECTED + "/signer", null)
                .json()
                .getJsonArray("data")
                .getJsonObject(1);
        assertThat(signer.getString("email")).isEqualTo(MockGateway.EMAIL_THAT_REJECTS);
        assertThat(signer.getString("rejection_reason")).isEqualTo("The amount is wrong.");
    }

    @Test
    void an_invitation_without_an_email_has_a_personal_link() {
        uploadToTheWorkspace("contract.pdf");

        for (String document : List.of(DOCUMENT, MockGateway.DOCUMENT_THAT_IS_REJECTED)) {
            assertThat(invite(document, "ok@example.com", true)
                            .json()
                            .getJsonObject("data")
                            .getString("invitation_url"))
                    .startsWith("https://");
        }
    }

    @Test
    void the_documents_of_the_workspace_are_listed_in_pages_of_ten() {
        List<String> listed = new ArrayList<>();
        for (String page : List.of("", "?offset=10", "?offset=20&limit=10&query=contract", "?offset=25")) {
            JsonObject response = workspace("GET", "/v2/document" + page, null).json();
            assertThat(response.getInteger("total")).isEqualTo(MockGateway.LISTED_DOCUMENTS);
            response.getJsonArray("data").forEach(document -> listed.add(((JsonObject) document).encode()));
        }
        assertThat(listed).doesNotHaveDuplicates().hasSize(MockGateway.LISTED_DOCUMENTS);
        assertThat(workspace("GET", "/v2/document?query=contract-07", null)
                        .json()
                        .getInteger("total"))
                .isEqualTo(1);
        for (String page : List.of("?limit=5", "?offset=1", "?query=other")) {
            workspace("GET", "/v2/document" + page, null)
                    .assertRefusal(400, null, "Only pages of 10 documents are here");
        }
        listed.stream().map(JsonObject::new).forEach(document -> {
            assertThat(progress(document.getString("uuid"), 2)).element(1).isEqualTo(document.getString("status"));
            assertPdf(workspace("GET", "/v2/document/" + document.getString("uuid") + "/download", null)
                    .body());
        });
    }

    @Test
    void personal_and_open_signing_links_are_created_and_deleted() {
        uploadToTheWorkspace("contract.pdf");
        uploadForAContainer("contract.pdf");
        JsonObject document = new JsonObject().put("documents", List.of(DOCUMENT));
        JsonObject container = new JsonObject()
                .put("document_type", "asice")
                .put("document_files", List.of(JsonObject.of("file_id", MockGateway.CONTAINER_FILE)));
        for (JsonObject request : List.of(document, container)) {
            for (boolean named : new boolean[] {false, true}) {
                List<JsonObject> signers = List.of(JsonObject.of("email", "ok@example.com"));
                JsonObject link = links(named ? request.copy().put("signers", signers) : request)
                        .json()
                        .getJsonArray("temporary_signing_links")
                        .getJsonObject(0);
                assertThat(link.containsKey("member_email")).isEqualTo(named);
                String path = "/v2/document/signing-link/" + link.getString("temporary_signing_link_id");
                assertThat(workspace("DELETE", path, null).status()).isEqualTo("ok");
            }
        }
        workspace("DELETE", "/v2/document/signing-link/" + UNKNOWN_ID, null)
                .assertRefusal(404, null, "Signing link not found");
    }

    @Test
    void validation_waits_once_and_then_returns_its_report() {
        String path = "/v3/validation/session/" + MockGateway.VALIDATION;
        workspace("GET", path, null).assertRefusal(404, null, "Validation session not found");
        uploadToTheWorkspace("contract.pdf");
        for (int i = 0; i < 2; i++) {
            assertThat(workspace("POST", "/v3/validation/document/" + DOCUMENT, null)
                            .json()
                            .getJsonObject("data")
                            .getString("session_id"))
                    .isEqualTo(MockGateway.VALIDATION);
            assertThat(workspace("GET", path, null).status()).isEqualTo("waiting");
            for (int checks = 0; checks < 2; checks++) {
                assertThat(workspace("GET", path, null)
                                .json()
                                .getJsonObject("data")
                                .getJsonObject("document")
                                .getBoolean("is_valid"))
                        .isTrue();
            }
        }
    }

    @Test
    void corrupt_file_or_missing_field_is_refused_by_the_workspace() {
        uploadToTheWorkspace(MockGateway.CORRUPT_FILENAME).assertRefusal(400, null, "Document is corrupt");
        uploadForAContainer(MockGateway.CORRUPT_FILENAME).assertRefusal(400, null, "Document is corrupt");

        GATEWAY.allowRequestsThatBreakTheSpec();
        uploadToTheWorkspace("contract.pdf");
        String missing = "A required parameter is missing";
        form("/v2/document/upload", part("files[]", "contract.pdf", "%PDF")).assertRefusal(400, null, missing);
        form("/v2/document/upload", part("billing_type", null, "each_signer")).assertRefusal(400, null, missing);
        form("/v2/document/upload", part("files[]", "contract.pdf", "%PDF"), part("billing_type", null, "nobody"))
                .assertRefusal(400, null, missing);
        form("/v3/file/upload", part("files", "contract.pdf", "%PDF")).assertRefusal(400, null, missing);
        links(new JsonObject()).assertRefusal(400, null, missing);
        workspace("POST", "/v2/document/" + DOCUMENT + "/signer", new JsonObject())
                .assertRefusal(400, null, missing);
        workspace("POST", "/document/" + DOCUMENT + "/extend-to-lt", JsonObject.of("level", "lt"))
                .assertRefusal(400, null, missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[null]", "[[null]]", "[]", "{}", "{\"a\":null}", "1", "true", "\"\""})
    void field_of_the_wrong_type_gets_a_response_in_json(String value) {
        GATEWAY.allowRequestsThatBreakTheSpec();
        Set<String> fields = new HashSet<>(List.of("access_token", "file", "signer", "signers", "pdf"));
        for (Kind kind : Kind.values()) {
            fields.addAll(kind.request(MockGateway.PERSONAL_CODE)
                    .put("phone", MockGateway.PHONE)
                    .fieldNames());
        }
        for (String operation : List.of(
                "POST /smartid/login.json",
                "POST /en/smartid/sign.json",
                "POST /smartid/sign/hash.json",
                "POST /en/mobile/login.json",
                "POST /mobile/sign/hash.json",
                "POST /smartid/status/" + Kind.SMART_ID_AUTHENTICATION.token + ".json",
                "DELETE /en/api/smartid/session/" + MockGateway.SESSION,
                "POST /api/document/upload.json",
                "POST /en/api/document/" + DOCUMENT + "/invite-signer.json",
                "POST /api/document/generate-temporary-signing-link.json",
                "DELETE /api/document/" + DOCUMENT + "/remove.json")) {
            String[] line = operation.split(" ");
            for (String field : fields) {
                JsonObject body = new JsonObject().put("access_token", ACCESS_TOKEN);
                Response response =
                        send(line[0], line[1], body.put(field, new JsonArray("[" + value + "]").getValue(0)));

                assertThat(response.http())
                        .as("%s with %s in %s: %s", operation, value, field, response.text())
                        .isIn(200, 400, 404);
                assertThat(response.status()).isIn("ok", "error", "waiting");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "[null]", "[{\"access_token\":\"" + MockGateway.ACCESS_TOKEN + "\"}]", "1", "{", ""})
    void non_object_body_is_refused_as_missing_the_access_token(String body) throws Exception {
        GATEWAY.allowRequestsThatBreakTheSpec();
        HttpResponse<byte[]> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(GATEWAY.baseUrl() + "/en/api/smartid/session/" + MockGateway.SESSION))
                        .header("Content-Type", "application/json")
                        .method("DELETE", BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());

        new Response(response.statusCode(), response.body())
                .assertRefusal(400, 40001, "Missing parameter access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null]", "[]", "{}", "1"})
    void email_of_the_wrong_type_gets_a_response_in_json(String value) {
        GATEWAY.allowRequestsThatBreakTheSpec();
        uploadToTheWorkspace("contract.pdf");
        JsonObject signer = signer().put("email", new JsonArray("[" + value + "]").getValue(0));

        assertThat(workspace("POST", "/v2/document/" + DOCUMENT + "/signer", new JsonObject().put("signer", signer))
                        .status())
                .isIn("ok", "error");
    }

    @Test
    void every_operation_of_the_spec_can_succeed() {
        for (Language language : Language.values()) {
            for (Kind kind : Kind.values()) {
                confirm(kind, language);
                remove(kind, language, kind.token);
            }
            upload(language, "contract.pdf");
            String path = "/api/document/" + DOCUMENT;
            post(language.prefix + path + "/invite-signer.json", new JsonObject().put("signer", signer()));
            post(language.prefix + "/api/v2/document/" + DOCUMENT + "/validation.json", new JsonObject());
            post(
                    language.prefix + "/api/v2/document/validation.json",
                    new JsonObject().put("file", file("contract.pdf")));
            get(language.prefix + path + "/check-status.json");
            get(language.prefix + path + "/download.json");
            if (language == Language.LITHUANIAN) {
                link(new JsonObject().put("document_id", DOCUMENT));
                post(path + "/signers.json", new JsonObject());
                post(path + "/remove-temporary-signer.json", signer());
            }
            delete(language.prefix + path + "/remove.json");
        }
        uploadToTheWorkspace("contract.pdf");
        uploadForAContainer("contract.pdf");
        links(new JsonObject().put("documents", List.of(DOCUMENT)));
        invite(DOCUMENT, "ok@example.com", false);
        extend(DOCUMENT, "lt");
        extend(DOCUMENT, "lta");
        workspace("POST", "/v3/validation/document/" + DOCUMENT, null);
        for (String target : List.of(
                "/v2/document",
                "/v2/document/" + DOCUMENT + "/signer",
                "/v2/document/" + DOCUMENT + "/download",
                "/document/" + DOCUMENT + "/check-status",
                "/v3/validation/session/" + MockGateway.VALIDATION,
                "/v3/validation/session/" + MockGateway.VALIDATION)) {
            workspace("GET", target, null);
        }
        workspace("DELETE", "/v2/document/signing-link/" + MockGateway.SIGNING_LINK, null);
        workspace("DELETE", "/v2/document/" + DOCUMENT, null);
        callWithTheExamplesOfTheSpec(operationIds().stream()
                .filter(Predicate.not(succeeded::contains))
                .toList());

        assertThat(succeeded).containsExactlyInAnyOrderElementsOf(operationIds());
    }

    /** Calls operations that need no particular order. Before each call there is a document. */
    private void callWithTheExamplesOfTheSpec(List<String> operationIds) {
        try (MarkSignClient client = MarkSignClient.builder()
                .baseUrl(GATEWAY.baseUrl())
                .accessToken(MockGateway.ACCESS_TOKEN)
                .build()) {
            for (String operationId : operationIds) {
                upload(Language.LITHUANIAN, "contract.pdf");
                uploadToTheWorkspace("contract.pdf");
                GeneratedCall.of(operationId).invoke(client);
                succeeded.add(operationId);
            }
        }
    }

    private Response uploadToTheWorkspace(String filename) {
        return form(
                "/v2/document/upload",
                part("files[]", filename, "%PDF"),
                part("billing_type", null, "document_owner"),
                part("access", null, "private"));
    }

    private Response uploadForAContainer(String filename) {
        return form("/v3/file/upload", part("files[]", filename, "%PDF"));
    }

    private static String part(String name, String filename, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\""
                + (filename == null
                        ? "\r\n\r\n"
                        : "; filename=\"" + filename + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                + content + "\r\n";
    }

    private Response form(String target, String... parts) {
        return send("POST", target, BEARER, "multipart/form-data; boundary=b", String.join("", parts) + "--b--\r\n");
    }

    private Response invite(String document, String email, boolean noEmail) {
        JsonObject signer = signer().put("email", email).put("no_email", noEmail);
        return workspace("POST", "/v2/document/" + document + "/signer", JsonObject.of("signer", signer));
    }

    private Response extend(String document, String level) {
        return workspace("POST", "/document/" + document + "/extend-to-" + level, new JsonObject());
    }

    private Response links(JsonObject request) {
        return workspace("POST", "/v2/document/generate-temporary-signing-link", request);
    }

    private Response workspace(String method, String target, JsonObject body) {
        return send(
                method, target, BEARER, body == null ? null : "application/json", body == null ? null : body.encode());
    }

    private static List<String> operationIds() {
        return Spec.get().document().getJsonObject("paths").stream()
                .flatMap(path -> ((JsonObject) path.getValue()).stream())
                .map(operation -> ((JsonObject) operation.getValue()).getString("operationId"))
                .toList();
    }

    private Response begin(Kind kind, Language language, String code) {
        return post(language.prefix + kind.init, kind.request(code));
    }

    private Response check(Kind kind, Language language, String token) {
        return post(language.prefix + kind.check + token + ".json", new JsonObject());
    }

    private Response remove(Kind kind, Language language, String token) {
        return delete(language.prefix + kind.removal() + token);
    }

    private Response upload(Language language, String filename) {
        return post(
                language.prefix + "/api/document/upload.json",
                new JsonObject()
                        .put("access", "private")
                        .put("file", file(filename))
                        .put("signers", List.of(signer())));
    }

    private Response link(JsonObject request) {
        return post(
                "/api/document/generate-temporary-signing-link.json",
                request.copy().put("callback_url", "https://example.org/signed"));
    }

    private static JsonObject file(String filename) {
        return new JsonObject().put("filename", filename).put("content", "JVBERi0xLjQKJSVFT0YK");
    }

    private static JsonObject signer() {
        return new JsonObject().put("name", "TESTNUMBER").put("surname", "OK").put("email", "testnumber@example.org");
    }

    private Response post(String target, JsonObject body) {
        return send("POST", target, body.copy().put("access_token", ACCESS_TOKEN));
    }

    private Response delete(String target) {
        return send("DELETE", target, new JsonObject().put("access_token", ACCESS_TOKEN));
    }

    private Response get(String target) {
        return send("GET", target + "?access_token=" + ACCESS_TOKEN, null);
    }

    private Response send(String method, String target, JsonObject body) {
        return body == null
                ? send(method, target, null, null, null)
                : send(method, target, null, "application/json", body.encode());
    }

    private Response send(String method, String target, String authorization, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(GATEWAY.baseUrl() + target))
                .method(
                        method.toUpperCase(Locale.ROOT),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<byte[]> received = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            Response response = new Response(received.statusCode(), received.body());
            if (response.text().startsWith("%PDF-") || response.status().equals("ok")) {
                Spec.get().operationId(method, target).ifPresent(succeeded::add);
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Response(int http, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonObject json() {
            return new JsonObject(text());
        }

        String status() {
            return json().getString("status");
        }

        Integer errorCode() {
            return json().getInteger("error_code");
        }

        String message() {
            return json().getString("message");
        }

        void assertRefusal(int expectedHttp, Integer errorCode, String message) {
            assertThat(List.of(http, status(), String.valueOf(errorCode()), message()))
                    .containsExactly(expectedHttp, "error", String.valueOf(errorCode), message);
        }
    }
}
