package lt.marksign.client.responses;

import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.SigningLinks;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.BegunSession;
import lt.marksign.client.model.CheckStatus;
import lt.marksign.client.model.DocumentRemoval;
import lt.marksign.client.model.DocumentStatus;
import lt.marksign.client.model.DocumentValidation;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SignedDocument;
import lt.marksign.client.model.SignedHash;
import lt.marksign.client.model.SignerLink;
import lt.marksign.client.model.SignerList;
import lt.marksign.client.model.SigningLink;
import lt.marksign.client.model.UploadedDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the forms in which a gateway written in PHP may respond, and the values that an application reads from each. */
class ResponsesOfPhpTest {
    private static final String IDENTIFIED = "\"status\":\"ok\",\"code\":\"30303039914\"";

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"\"", "ABSENT"})
    void empty_null_or_missing_field_has_no_value(String emptyValue) throws IOException {
        Identification person = identification(
                replacePlaceholders(
                        emptyValue,
                        "{" + IDENTIFIED
                                + ",\"country\":NONE,\"certificate\":NONE,\"name\":NONE,\"token\":NONE,\"message\":NONE,\"error_code\":NONE}"));
        assertThat(person.getCertificate()).isNull();
        assertThat(person.getMessage()).isIn(null, "");
        assertThat(person.getErrorCode()).isNull();
        assertThat(person.getName()).isIn(null, "");
        assertThat(person.getCode()).isEqualTo("30303039914");

        Identification inside = identification(replacePlaceholders(
                emptyValue,
                "{" + IDENTIFIED
                        + ",\"certificate\":{\"subject\":NONE,\"issuer\":NONE,\"value\":NONE,\"name\":NONE}}"));
        assertThat(inside.getCertificate().getSubject()).isNull();
        assertThat(inside.getCertificate().getValue()).isNull();

        SignedDocument waiting = call(
                "checkSmartIdSigning",
                replacePlaceholders(
                        emptyValue, "{\"status\":\"waiting\",\"file\":NONE,\"person\":NONE,\"sanctions_data\":NONE}"));
        assertThat(waiting.getStatus()).isEqualTo(CheckStatus.WAITING);
        assertThat(waiting.getFile()).isNull();
        assertThat(waiting.getPerson()).isNull();

        SignedHash hash = call(
                "checkSmartIdHashSigning",
                replacePlaceholders(emptyValue, "{\"status\":\"waiting\",\"signature_value\":NONE}"));
        assertThat(hash.getSignatureValue()).isNull();

        DocumentRemoval removal =
                call("removeDocument", replacePlaceholders(emptyValue, "{\"status\":\"ok\",\"data\":NONE}"));
        assertThat(removal.getData()).isNull();

        DocumentValidation report = call(
                "validateDocument",
                replacePlaceholders(
                        emptyValue,
                        "{\"status\":\"ok\",\"data\":{\"simpleReport\":NONE,\"diagnosticData\":NONE,\"x\":NONE}}"));
        assertThat(report.getData().getSimpleReport()).isNull();
        assertThat(report.getData().getDiagnosticData()).isIn(null, Map.of());

        UploadedDocument uploaded = call(
                "uploadDocument",
                replacePlaceholders(
                        emptyValue,
                        "{\"status\":\"ok\",\"document\":{\"uuid\":\"d-1\"},\"signers\":[{\"name\":NONE,\"invitationUrl\":NONE}]}"));
        assertThat(uploaded.getSigners().get(0).getInvitationUrl()).isIn(null, "");
    }

    private static String replacePlaceholders(String emptyValue, String json) {
        return emptyValue.equals("ABSENT")
                ? json.replaceAll("\"\\w+\":NONE,?", "").replace(",}", "}")
                : json.replace("NONE", emptyValue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"\"", "{}", "ABSENT"})
    void empty_null_or_missing_list_has_no_entries(String emptyValue) throws IOException {
        Identification person = identification(
                replacePlaceholders(emptyValue, "{" + IDENTIFIED + ",\"sanctions_data\":NONE,\"peps_data\":NONE}"));

        assertThat(person.getSanctionsData()).isIn(null, List.of());
        assertThat(person.getPepsData()).isIn(null, List.of());
    }

    @Test
    void sanctions_entry_is_read_with_its_associates() throws IOException {
        Identification person = identification(
                "{" + IDENTIFIED
                        + ",\"sanctions_data\":[{\"full_name\":\"A\",\"id\":\"7\",\"associates\":{\"x\":1.10}},{\"associates\":[]}]}");

        assertThat(person.getSanctionsData().get(0).getId()).isEqualTo(7);
        assertThat(person.getSanctionsData().get(0).getFullName()).isEqualTo("A");
        assertThat(person.getSanctionsData().get(0).getAssociates()).containsEntry("x", new BigDecimal("1.10"));
        assertThat(person.getSanctionsData().get(1).getAssociates()).isIn(null, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sanctions_data | {\"0\":{\"id\":7}}",
                "sanctions_data | {\"id\":7}",
                "sanctions_data | [\"A\"]",
                "peps_data | \"none\"",
                "certificate | \"none\"",
                "certificate | [1]",
                "message | {\"a\":1}",
                "error_code | \"none\"",
                "error_code | 99999999999",
                "country | [\"LT\"]",
                "name | {\"given\":\"A\"}",
            })
    void unreadable_optional_field_becomes_an_additional_property(String field, String json) throws Exception {
        Identification person = identification("{\"" + field + "\":" + json + "," + IDENTIFIED + "}");

        assertThat(person.getCode()).isEqualTo("30303039914");
        assertThat(person.getAdditionalProperty(field).value())
                .isEqualTo(new ObjectMapper().readValue(json, Object.class));
        assertThat(person)
                .isEqualTo(new Identification()
                        .status(CheckStatus.OK)
                        .code("30303039914")
                        .putAdditionalProperty(field, person.getAdditionalProperty(field)));
    }

    @Test
    void an_unreadable_field_leaves_its_siblings_readable() throws IOException {
        Identification person = identification(
                "{" + IDENTIFIED
                        + ",\"certificate\":{\"subject\":\"none\",\"name\":\"CN\",\"issuer\":{\"country\":[],\"organisation\":{}}}}");
        assertThat(person.getCertificate().getSubject()).isNull();
        assertThat(person.getCertificate().getName()).isEqualTo("CN");
        assertThat(person.getCertificate().getAdditionalProperty("subject").value())
                .isEqualTo("none");
        assertThat(person.getAdditionalProperties()).isNull();

        DocumentValidation report = call(
                "validateDocument",
                "{\"status\":\"ok\",\"data\":{\"simpleReport\":{\"signaturesCount\":\"two\",\"validationTime\":1,\"signatureIdList\":\"a\"},\"diagnosticData\":\"none\"}}");
        assertThat(report.getData().getDiagnosticData()).isNull();
        assertThat(report.getData().getSimpleReport().getSignaturesCount()).isNull();
        assertThat(report.getData().getSimpleReport().getValidationTime()).isEqualTo(1);
        assertThat(report.getData().getSimpleReport().getAdditionalProperties())
                .containsOnlyKeys("signaturesCount", "signatureIdList");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"code\":\"30303039914\",\"token\":[\"another\"]",
                "\"code\":\"30303039914\",\"token\":{\"a\":1}",
                "\"code\":[\"30303039914\"]",
            })
    void an_unreadable_session_token_or_code_makes_a_response_unexpected(String fields) {
        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(() -> identification("{\"status\":\"ok\"," + fields + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\"", "1"})
    void true_is_read_from_a_boolean_text_or_number(String yes) throws IOException {
        SignerList list = call(
                "listSigners",
                "{\"status\":\"ok\",\"signers\":[{\"name\":\"N\",\"isSignatureValid\":" + yes
                        + ",\"signStatus\":\"signed\"}]}");

        assertThat(list.getSigners().get(0).getIsSignatureValid()).isTrue();
        assertThat(list.getSigners().get(0).getSignStatus()).isEqualTo("signed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "\"false\"", "0"})
    void false_is_read_from_a_boolean_text_or_number(String no) throws IOException {
        SignerList list = call("listSigners", "{\"status\":\"ok\",\"signers\":[{\"isSignatureValid\":" + no + "}]}");

        assertThat(list.getSigners().get(0).getIsSignatureValid()).isFalse();
    }

    @Test
    void number_is_read_from_text_and_text_from_a_number() throws IOException {
        BegunSession session = call(
                "initMobileIdAuthentication",
                "{\"status\":\"ok\",\"token\":12345,\"control_code\":43,\"error_code\":\"0\",\"code\":30303039914}");
        assertThat(session.getToken()).isEqualTo("12345");
        assertThat(session.getControlCode()).isEqualTo("43");
        assertThat(session.getErrorCode()).isZero();
        assertThat(session.getCode()).isEqualTo("30303039914");

        DocumentValidation report = call(
                "validateDocument",
                "{\"status\":\"ok\",\"data\":{\"simpleReport\":{\"signaturesCount\":\"2\",\"validationTime\":\"1764115200000\"}}}");
        assertThat(report.getData().getSimpleReport().getSignaturesCount()).isEqualTo(2);
        assertThat(report.getData().getSimpleReport().getValidationTime()).isEqualTo(1764115200000L);
    }

    @Test
    void a_signing_link_is_read_as_documented_and_as_production_sends_it() throws IOException {
        for (String until : List.of("1334216865", "\"1334216865\"")) {
            SigningLink documented = call(
                    "createSigningLink",
                    "{\"status\":\"ok\",\"temporary_signing_link\":\"https://example.org/1\",\"valid_until\":" + until
                            + "}");
            assertThat(documented.getTemporarySigningLink()).isEqualTo("https://example.org/1");
            assertThat(documented.getValidUntil()).isEqualTo(1334216865L);
            assertThat(SigningLinks.linksOf(documented)).singleElement().satisfies(ResponsesOfPhpTest::assertLink);

            SigningLink produced = call(
                    "createSigningLink",
                    "{\"status\":\"ok\",\"document_id\":\"d-1\",\"temporary_signing_links\":"
                            + "[{\"temporary_signing_link\":\"https://example.org/1\",\"valid_until\":" + until
                            + "}]}");
            assertThat(produced.getDocumentId()).isEqualTo("d-1");
            assertThat(produced.getTemporarySigningLinks()).singleElement().satisfies(ResponsesOfPhpTest::assertLink);
            assertThat(SigningLinks.linksOf(produced)).isEqualTo(produced.getTemporarySigningLinks());
        }
    }

    private static void assertLink(SignerLink link) {
        assertThat(link.getTemporarySigningLink()).isEqualTo("https://example.org/1");
        assertThat(link.getValidUntil()).isEqualTo(1334216865L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "createSigningLink | \"temporary_signing_link\":\"\"",
                "createSigningLink | \"temporary_signing_links\":[]",
                "createSigningLink | \"temporary_signing_links\":{}",
                "createSigningLink | \"temporary_signing_link\":\"\",\"temporary_signing_links\":[]",
                "createSigningLink | \"temporary_signing_links\":[{\"valid_until\":1}]",
                "createSigningLink | \"temporary_signing_links\":[{\"temporary_signing_link\":\"\"}]",
                "initSmartIdAuthentication | \"token\":\"\"",
                "initSmartIdAuthentication | \"token\":null",
                "initSmartIdAuthentication | \"token\":[]",
                "initSmartIdAuthentication | \"token\":\" \"",
                "checkMobileIdAuthentication | \"code\":\"\"",
                "checkMobileIdSigning | \"file\":[]",
                "checkMobileIdSigning | \"file\":{\"name\":\"a\"}",
                "checkMobileIdSigning | \"file\":{\"content\":\"\"}",
                "checkMobileIdSigning | \"file\":{\"content\":null}",
                "checkMobileIdSigning | \"file\":{\"content\":\"*\"}",
                "checkMobileIdHashSigning | \"signature_value\":\"\"",
                "checkMobileIdHashSigning | \"signature_value\":\"*\"",
                "uploadDocument | \"document\":[]",
                "uploadDocument | \"document\":{\"uuid\":\"\"}",
                "validateDocument | \"data\":[]",
                "checkDocumentStatus | \"data\":[]",
                "checkDocumentStatus | \"data\":{\"document_status\":\"\"}",
                "listSigners | \"signers\":null",
                "listSigners | \"x\":1",
            })
    void ok_without_a_required_field_is_unexpected(String operation, String fields) throws IOException {
        MarkSignUnexpectedResponseException thrown = catchThrowableOfType(
                MarkSignUnexpectedResponseException.class, () -> call(operation, "{\"status\":\"ok\"," + fields + "}"));

        assertThat(thrown).as(fields).isNotNull().hasMessageStartingWith(operation + "(");
        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    @Test
    void empty_signer_list_is_accepted() throws IOException {
        SignerList list = call("listSigners", "{\"status\":\"ok\",\"signers\":[]}");
        assertThat(list.getSigners()).isEmpty();
    }

    @Test
    void free_form_data_keeps_the_precision_of_numbers() throws IOException {
        DocumentValidation report = call(
                "validateDocument",
                "{\"status\":\"ok\",\"data\":{\"simpleReport\":{\"jaxbModel\":{\"n\":[12345678901234567890.10]}},"
                        + "\"diagnosticData\":{\"amount\":12345678901234567890.10,\"e\":1e400,\"big\":123456789012345678901234567890,"
                        + "\"small\":1,\"list\":[true,null,\"t\",{\"x\":0.1}]}}}");

        Map<String, Object> data = report.getData().getDiagnosticData();
        assertThat(data.get("amount")).isEqualTo(new BigDecimal("12345678901234567890.10"));
        assertThat(data.get("amount")).hasToString("12345678901234567890.10");
        assertThat(data.get("e")).isEqualTo(new BigDecimal("1e400"));
        assertThat(data.get("big")).hasToString("123456789012345678901234567890");
        assertThat(data.get("small")).isEqualTo(1);
        assertThat(data.get("list")).hasToString("[true, null, t, {x=0.1}]");
        assertThat(report.getData().getSimpleReport().getJaxbModel())
                .containsEntry("n", List.of(new BigDecimal("12345678901234567890.10")));
    }

    @Test
    void unknown_status_country_or_error_code_is_readable() throws IOException {
        DocumentStatus status = call(
                "checkDocumentStatus",
                "{\"status\":\"ok\",\"data\":{\"status\":\"ok\",\"document_status\":\"archived\"}}");
        assertThat(status.getData().getDocumentStatus()).isEqualTo("archived");
        assertThat(identification("{" + IDENTIFIED + ",\"country\":\"PL\"}").getCountry())
                .isEqualTo("PL");

        MarkSignApiException refusal = catchThrowableOfType(
                MarkSignApiException.class,
                () -> identification("{\"status\":\"error\",\"message\":\"m\",\"error_code\":\"49999\"}"));
        assertThat(refusal.errorCode()).hasValue(49999);
    }

    private static Identification identification(String response) throws IOException {
        return call("checkSmartIdAuthentication", response);
    }

    @SuppressWarnings("unchecked")
    private static <T> T call(String operation, String response) throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", response));
                MarkSignClient client = Clients.builder(gateway).build()) {
            return (T) GeneratedCall.of(operation).invoke(client);
        }
    }
}
