package lt.marksign.client.requests;

import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.Workspace;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.api.MobileIdSessionsApi;
import lt.marksign.client.api.SigningLinksApi;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.api.WorkspaceApi;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.MultipartForm;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Request;
import lt.marksign.client.model.Access;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.AdocFileType;
import lt.marksign.client.model.BillingType;
import lt.marksign.client.model.CertificateLevel;
import lt.marksign.client.model.ContainerDocumentType;
import lt.marksign.client.model.ContainerFile;
import lt.marksign.client.model.ContainerType;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.CreateSigningLinkRequest;
import lt.marksign.client.model.DocumentFile;
import lt.marksign.client.model.DocumentsQuery;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.HashAlgorithm;
import lt.marksign.client.model.InvitationLanguage;
import lt.marksign.client.model.InvitationPurpose;
import lt.marksign.client.model.InviteSignerRequest;
import lt.marksign.client.model.InvitedPerson;
import lt.marksign.client.model.LinkSigner;
import lt.marksign.client.model.LinkedSigner;
import lt.marksign.client.model.ListSignersRequest;
import lt.marksign.client.model.MessageFormat;
import lt.marksign.client.model.MobileIdAuthenticationRequest;
import lt.marksign.client.model.MobileIdHashSigningRequest;
import lt.marksign.client.model.MobileIdSigningRequest;
import lt.marksign.client.model.PageLanguage;
import lt.marksign.client.model.PhoneLanguage;
import lt.marksign.client.model.RemoveSignerRequest;
import lt.marksign.client.model.SignaturePage;
import lt.marksign.client.model.SignaturePosition;
import lt.marksign.client.model.Signer;
import lt.marksign.client.model.SigningFile;
import lt.marksign.client.model.SigningFiles;
import lt.marksign.client.model.SigningPurpose;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import lt.marksign.client.model.SmartIdHashSigningRequest;
import lt.marksign.client.model.SmartIdSigningRequest;
import lt.marksign.client.model.UploadDocumentRequest;
import lt.marksign.client.model.UploadFile;
import lt.marksign.client.model.ValidateFileRequest;
import lt.marksign.client.model.WorkspaceInvitationRequest;
import lt.marksign.client.model.WorkspaceSigningLinksRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests every operation against the gateway's documentation. The expected requests are not taken from the spec. */
class EveryCallOnTheWireTest {
    private static final String TOKEN = "\"access_token\":\"t+k\"";
    private static final String CODE = "30303039914";
    private static final String PHONE = "+37060000666";
    private static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final FileContent CONTENT = FileContent.of("%PDF".getBytes());
    private static final String BASE64 = "JVBERg==";

    private static final SigningFiles FILES = new SigningFiles()
            .addFilesItem(new SigningFile().name("a.pdf").content(CONTENT).digest("d"));
    private static final String FILES_JSON = "{'files':[{'name':'a.pdf','content':'" + BASE64 + "','digest':'d'}]}";
    private static final DocumentFile FILE =
            new DocumentFile().filename("a.pdf").content(CONTENT).callbackUrl("https://example.org/c");
    private static final String FILE_JSON =
            "{'filename':'a.pdf','content':'" + BASE64 + "','callbackUrl':'https://example.org/c'}";
    private static final Signer SIGNER = new Signer()
            .name("Žydrė")
            .surname("O'K")
            .email("a@example.org")
            .successUrl("https://example.org/s")
            .noEmail(true);
    private static final String SIGNER_JSON =
            "{'name':'Žydrė','surname':'O\u0001K','email':'a@example.org','successUrl':'https://example.org/s','noEmail':true}";

    private static final String FILENAME = "Sutartis Ž \"1\".pdf";
    private static final String FILE_PART =
            "Content-Disposition: form-data; name=\"files[]\"; filename=\"Sutartis Ž %221%22.pdf\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n%PDF\r\n";

    private static final AccessTokenRequest NONE = new AccessTokenRequest();
    private static final Set<Class<?>> SINGLE_PATH = Set.of(SigningLinksApi.class, WorkspaceApi.class);
    private static final String NO_TOKEN = null;

    /**
     * A call, and the request that is expected on the wire.
     *
     * @param path the Lithuanian path
     * @param body the body without the token, with apostrophes for quotation marks; or a form with the boundary B; null if
     *     there is no body
     * @param facadeCall the call by the facade, or null if the facade does not have it
     */
    record Row<T>(
            String operation,
            String httpMethod,
            String path,
            String body,
            Class<T> api,
            BiFunction<T, Boolean, Object> call,
            FacadeCall facadeCall) {
        @Override
        public String toString() {
            return operation;
        }
    }

    /** A call by the facade. */
    interface FacadeCall {
        Object call(MarkSignClient client);
    }

    private static <T extends ApiClient.Api> Row<T> row(
            String operation,
            String request,
            String body,
            Class<T> api,
            BiFunction<T, Boolean, Object> call,
            FacadeCall facadeCall) {
        String[] line = request.split(" ");
        return new Row<>(operation, line[0], line[1], body, api, call, facadeCall);
    }

    static Stream<Row<?>> rows() {
        SmartIdAuthenticationRequest smartIdAuthentication = new SmartIdAuthenticationRequest()
                .code(CODE)
                .country(Country.LV)
                .message("m")
                .peps(true)
                .sanctions(false);
        SmartIdSigningRequest smartIdSigning = new SmartIdSigningRequest()
                .type(ContainerType.PDF)
                .country(Country.EE)
                .code(CODE)
                .pdf(FILES)
                .message("m")
                .signaturePosition(SignaturePosition.LEFT_TOP)
                .signaturePage(SignaturePage.FIRST_PAGE)
                .certificateLevel(CertificateLevel.QUALIFIED)
                .peps(false)
                .sanctions(true);
        SmartIdHashSigningRequest smartIdHash = new SmartIdHashSigningRequest()
                .hash(SHA256)
                .hashAlgorithm(HashAlgorithm.SHA256)
                .country(Country.LT)
                .code(CODE)
                .message("m");
        MobileIdAuthenticationRequest mobileIdAuthentication = new MobileIdAuthenticationRequest()
                .phone(PHONE)
                .code(CODE)
                .language(PhoneLanguage.ENG)
                .message("m")
                .messageFormat(MessageFormat.UCS_2)
                .peps(true)
                .sanctions(true);
        MobileIdSigningRequest mobileIdSigning = new MobileIdSigningRequest()
                .type(ContainerType.ASICE)
                .phone(PHONE)
                .code(CODE)
                .asice(FILES)
                .message("m")
                .messageFormat(MessageFormat.GSM_7)
                .signaturePosition(SignaturePosition.AUTO)
                .signaturePage(SignaturePage.LAST_PAGE)
                .peps(true)
                .sanctions(true);
        MobileIdHashSigningRequest mobileIdHash = new MobileIdHashSigningRequest()
                .hash("a".repeat(128))
                .hashAlgorithm(HashAlgorithm.SHA512)
                .phone(PHONE)
                .code(CODE)
                .country(Country.EE)
                .message("m");
        UploadDocumentRequest upload =
                new UploadDocumentRequest().access(Access.PRIVATE).file(FILE).addSignersItem(SIGNER);
        CreateSigningLinkRequest link = new CreateSigningLinkRequest()
                .callbackUrl("https://example.org/c")
                .documentId("d-1")
                .expireAfter(30)
                .deleteDocumentAfter(30)
                .addSignersItem(new LinkSigner()
                        .name("N")
                        .surname("S")
                        .signatureType("smart_id")
                        .phoneNumber(PHONE)
                        .personalCode(CODE)
                        .email("a@example.org"))
                .language(PageLanguage.EN);
        RemoveSignerRequest remove = new RemoveSignerRequest()
                .name("N")
                .surname("S")
                .email("a@example.org")
                .personalCode(CODE);
        WorkspaceInvitationRequest invitation = new WorkspaceInvitationRequest()
                .signer(new InvitedPerson()
                        .name("Žydrė")
                        .surname("O'K")
                        .email("a@example.org")
                        .language(InvitationLanguage.PL)
                        .successUrl("https://example.org/s")
                        .purpose(InvitationPurpose.E_SIGNATURE)
                        .noEmail(true))
                .callbackUrl("https://example.org/c");
        WorkspaceSigningLinksRequest links = new WorkspaceSigningLinksRequest()
                .documents(List.of("d-1", "d-2"))
                .addSignersItem(new LinkedSigner()
                        .email("a@example.org")
                        .name("N")
                        .surname("S")
                        .personalCode(CODE)
                        .authenticationRequired(true)
                        .position("p")
                        .structuralSubdivision("d")
                        .signingPurpose(SigningPurpose.REGISTRATION_OF_INCOMMING_DOCUMENTS))
                .callbackUrl("https://example.org/c")
                .rejectCallbackUrl("https://example.org/r")
                .expireAfter(30)
                .showRejectButton(false)
                .deleteDocumentAfter(60);
        WorkspaceSigningLinksRequest container = new WorkspaceSigningLinksRequest()
                .documentType(ContainerDocumentType.ADOC_GGEDOC)
                .addDocumentFilesItem(new ContainerFile().fileId("f-1").adocFileType(AdocFileType.MAIN));
        return Stream.of(
                row(
                        "initSmartIdAuthentication",
                        "POST /smartid/login.json",
                        "'code':'30303039914','country':'LV','message':'m','peps':true,'sanctions':false",
                        SmartIdSessionsApi.class,
                        (api, en) -> en
                                ? api.initSmartIdAuthenticationEn(smartIdAuthentication)
                                : api.initSmartIdAuthentication(smartIdAuthentication),
                        null),
                row(
                        "checkSmartIdAuthentication",
                        "POST /smartid/status/s-1.json",
                        "",
                        SmartIdSessionsApi.class,
                        (api, en) -> en
                                ? api.checkSmartIdAuthenticationEn("s-1", NONE)
                                : api.checkSmartIdAuthentication("s-1", NONE),
                        null),
                row(
                        "initSmartIdSigning",
                        "POST /smartid/sign.json",
                        "'type':'pdf','country':'EE','code':'30303039914','pdf':" + FILES_JSON
                                + ",'message':'m','signature_position':'left_top','signature_page':'first_page',"
                                + "'certificate_level':'QUALIFIED','peps':false,'sanctions':true",
                        SmartIdSessionsApi.class,
                        (api, en) ->
                                en ? api.initSmartIdSigningEn(smartIdSigning) : api.initSmartIdSigning(smartIdSigning),
                        null),
                row(
                        "checkSmartIdSigning",
                        "POST /smartid/sign/status/s-1.json",
                        "",
                        SmartIdSessionsApi.class,
                        (api, en) -> en ? api.checkSmartIdSigningEn("s-1", NONE) : api.checkSmartIdSigning("s-1", NONE),
                        null),
                row(
                        "initSmartIdHashSigning",
                        "POST /smartid/sign/hash.json",
                        "'hash':'" + SHA256
                                + "','hash_algorithm':'SHA256','country':'LT','code':'30303039914','message':'m'",
                        SmartIdSessionsApi.class,
                        (api, en) -> en
                                ? api.initSmartIdHashSigningEn(smartIdHash)
                                : api.initSmartIdHashSigning(smartIdHash),
                        null),
                row(
                        "checkSmartIdHashSigning",
                        "POST /smartid/sign/hash/status/s-1.json",
                        "",
                        SmartIdSessionsApi.class,
                        (api, en) -> en
                                ? api.checkSmartIdHashSigningEn("s-1", NONE)
                                : api.checkSmartIdHashSigning("s-1", NONE),
                        null),
                row(
                        "removeSmartIdSession",
                        "DELETE /api/smartid/session/s-1",
                        "",
                        SmartIdSessionsApi.class,
                        (api, en) ->
                                en ? api.removeSmartIdSessionEn("s-1", NONE) : api.removeSmartIdSession("s-1", NONE),
                        client -> {
                            client.smartIdSessions().remove("s-1");
                            return "";
                        }),
                row(
                        "initMobileIdAuthentication",
                        "POST /mobile/login.json",
                        "'phone':'+37060000666','code':'30303039914','language':'ENG','message':'m',"
                                + "'message_format':'UCS-2','peps':true,'sanctions':true",
                        MobileIdSessionsApi.class,
                        (api, en) -> en
                                ? api.initMobileIdAuthenticationEn(mobileIdAuthentication)
                                : api.initMobileIdAuthentication(mobileIdAuthentication),
                        null),
                row(
                        "checkMobileIdAuthentication",
                        "POST /mobile/status/s-1.json",
                        "",
                        MobileIdSessionsApi.class,
                        (api, en) -> en
                                ? api.checkMobileIdAuthenticationEn("s-1", NONE)
                                : api.checkMobileIdAuthentication("s-1", NONE),
                        null),
                row(
                        "initMobileIdSigning",
                        "POST /mobile/sign.json",
                        "'type':'asice','phone':'+37060000666','code':'30303039914','asice':" + FILES_JSON
                                + ",'message':'m','message_format':'GSM-7','signature_position':'auto',"
                                + "'signature_page':'last_page','peps':true,'sanctions':true",
                        MobileIdSessionsApi.class,
                        (api, en) -> en
                                ? api.initMobileIdSigningEn(mobileIdSigning)
                                : api.initMobileIdSigning(mobileIdSigning),
                        null),
                row(
                        "checkMobileIdSigning",
                        "POST /mobile/sign/status/s-1.json",
                        "",
                        MobileIdSessionsApi.class,
                        (api, en) ->
                                en ? api.checkMobileIdSigningEn("s-1", NONE) : api.checkMobileIdSigning("s-1", NONE),
                        null),
                row(
                        "initMobileIdHashSigning",
                        "POST /mobile/sign/hash.json",
                        "'hash':'" + "a".repeat(128) + "','hash_algorithm':'SHA512','phone':'+37060000666',"
                                + "'code':'30303039914','country':'EE','message':'m'",
                        MobileIdSessionsApi.class,
                        (api, en) -> en
                                ? api.initMobileIdHashSigningEn(mobileIdHash)
                                : api.initMobileIdHashSigning(mobileIdHash),
                        null),
                row(
                        "checkMobileIdHashSigning",
                        "POST /mobile/sign-hash/status/s-1.json",
                        "",
                        MobileIdSessionsApi.class,
                        (api, en) -> en
                                ? api.checkMobileIdHashSigningEn("s-1", NONE)
                                : api.checkMobileIdHashSigning("s-1", NONE),
                        null),
                row(
                        "removeMobileIdSession",
                        "DELETE /api/mobile/session/s-1",
                        "",
                        MobileIdSessionsApi.class,
                        (api, en) ->
                                en ? api.removeMobileIdSessionEn("s-1", NONE) : api.removeMobileIdSession("s-1", NONE),
                        client -> {
                            client.mobileIdSessions().remove("s-1");
                            return "";
                        }),
                row(
                        "uploadDocument",
                        "POST /api/document/upload.json",
                        "'access':'private','file':" + FILE_JSON + ",'signers':[" + SIGNER_JSON + "]",
                        DocumentsApi.class,
                        (api, en) -> en ? api.uploadDocumentEn(upload) : api.uploadDocument(upload),
                        client -> client.documents().upload(upload)),
                row(
                        "validateDocument",
                        "POST /api/v2/document/d-1/validation.json",
                        "",
                        DocumentsApi.class,
                        (api, en) -> en ? api.validateDocumentEn("d-1", NONE) : api.validateDocument("d-1", NONE),
                        client -> client.documents().validate("d-1")),
                row(
                        "validateFile",
                        "POST /api/v2/document/validation.json",
                        "'file':" + FILE_JSON,
                        DocumentsApi.class,
                        (api, en) -> en
                                ? api.validateFileEn(new ValidateFileRequest().file(FILE))
                                : api.validateFile(new ValidateFileRequest().file(FILE)),
                        client -> client.documents().validate(FILE)),
                row(
                        "inviteSigner",
                        "POST /api/document/d-1/invite-signer.json",
                        "'signer':" + SIGNER_JSON,
                        DocumentsApi.class,
                        (api, en) -> en
                                ? api.inviteSignerEn("d-1", new InviteSignerRequest().signer(SIGNER))
                                : api.inviteSigner("d-1", new InviteSignerRequest().signer(SIGNER)),
                        client -> client.documents().inviteSigner("d-1", SIGNER)),
                row(
                        "checkDocumentStatus",
                        "GET /api/document/d-1/check-status.json?access_token=t%2Bk",
                        null,
                        DocumentsApi.class,
                        (api, en) -> en
                                ? api.checkDocumentStatusEn("d-1", NO_TOKEN)
                                : api.checkDocumentStatus("d-1", NO_TOKEN),
                        client -> client.documents().checkStatus("d-1")),
                row(
                        "downloadDocument",
                        "GET /api/document/d-1/download.json?access_token=t%2Bk",
                        null,
                        DocumentsApi.class,
                        (api, en) ->
                                en ? api.downloadDocumentEn("d-1", NO_TOKEN) : api.downloadDocument("d-1", NO_TOKEN),
                        null),
                row(
                        "removeDocument",
                        "DELETE /api/document/d-1/remove.json",
                        "",
                        DocumentsApi.class,
                        (api, en) -> en ? api.removeDocumentEn("d-1", NONE) : api.removeDocument("d-1", NONE),
                        client -> client.documents().remove("d-1")),
                row(
                        "createSigningLink",
                        "POST /api/document/generate-temporary-signing-link.json",
                        "'callback_url':'https://example.org/c','document_id':'d-1','expire_after':30,"
                                + "'delete_document_after':30,'signers':[{'name':'N','surname':'S',"
                                + "'signature_type':'smart_id','phone_number':'+37060000666',"
                                + "'personal_code':'30303039914','email':'a@example.org'}],'language':'en'",
                        SigningLinksApi.class,
                        (api, en) -> api.createSigningLink(link),
                        client -> client.signingLinks().create(link)),
                row(
                        "listSigners",
                        "POST /api/document/d-1/signers.json",
                        "'document_id':'d-1'",
                        SigningLinksApi.class,
                        (api, en) -> api.listSigners("d-1", new ListSignersRequest().documentId("d-1")),
                        client -> client.signingLinks().signers("d-1")),
                row(
                        "removeSigner",
                        "POST /api/document/d-1/remove-temporary-signer.json",
                        "'name':'N','surname':'S','email':'a@example.org','personal_code':'30303039914'",
                        SigningLinksApi.class,
                        (api, en) -> api.removeSigner("d-1", remove),
                        client -> client.signingLinks().removeSigner("d-1", remove)),
                workspaceRow(
                        "uploadDocumentV2",
                        "POST /v2/document/upload",
                        form(FILE_PART, field("billing_type", "each_signer"), field("access", "public")),
                        api -> api.uploadDocumentV2(
                                new UploadFile(CONTENT, FILENAME), BillingType.EACH_SIGNER, Access.PUBLIC),
                        workspace -> workspace.upload(CONTENT, FILENAME, BillingType.EACH_SIGNER, Access.PUBLIC)),
                workspaceRow(
                        "uploadDocumentV2",
                        "POST /v2/document/upload",
                        form(FILE_PART, field("billing_type", "document_owner")),
                        api -> api.uploadDocumentV2(
                                new UploadFile(CONTENT, FILENAME), BillingType.DOCUMENT_OWNER, null),
                        workspace -> workspace.upload(CONTENT, FILENAME, BillingType.DOCUMENT_OWNER)),
                workspaceRow(
                        "uploadFile",
                        "POST /v3/file/upload",
                        form(FILE_PART),
                        api -> api.uploadFile(new UploadFile(CONTENT, FILENAME)),
                        workspace -> workspace.uploadFile(CONTENT, FILENAME)),
                workspaceRow(
                        "inviteSignerV2",
                        "POST /v2/document/d-1/signer",
                        "'signer':{'name':'Žydrė','surname':'O\u0001K','email':'a@example.org','language':'pl',"
                                + "'success_url':'https://example.org/s','purpose':'e_signature','no_email':true},"
                                + "'callback_url':'https://example.org/c'",
                        api -> api.inviteSignerV2("d-1", invitation),
                        workspace -> workspace.invite("d-1", invitation)),
                workspaceRow(
                        "listSignersV2",
                        "GET /v2/document/d-1/signer",
                        null,
                        api -> api.listSignersV2("d-1"),
                        workspace -> workspace.signers("d-1")),
                workspaceRow(
                        "checkDocumentStatusV2",
                        "GET /document/d-1/check-status",
                        null,
                        api -> api.checkDocumentStatusV2("d-1"),
                        workspace -> workspace.status("d-1")),
                workspaceRow(
                        "downloadDocumentV2",
                        "GET /v2/document/d-1/download",
                        null,
                        api -> api.downloadDocumentV2("d-1"),
                        workspace -> {
                            workspace.download("d-1", OutputStream.nullOutputStream());
                            return "";
                        }),
                workspaceRow(
                        "listDocuments",
                        "GET /v2/document?query=Sutartis%20%C5%BD%26%2B&offset=20&limit=5",
                        null,
                        api -> api.listDocuments("Sutartis Ž&+", 20, 5),
                        workspace -> workspace.page(new DocumentsQuery()
                                .query("Sutartis Ž&+")
                                .offset(20)
                                .limit(5))),
                // The parameters are in the order of a HashMap.
                workspaceRow(
                        "listDocuments",
                        "GET /v2/document?offset=20&query=Sutartis%20%C5%BD%26%2B&limit=5",
                        null,
                        api -> api.listDocuments(new WorkspaceApi.ListDocumentsQueryParams()
                                .query("Sutartis Ž&+")
                                .offset(20)
                                .limit(5)),
                        null),
                workspaceRow(
                        "listDocuments",
                        "GET /v2/document",
                        null,
                        api -> api.listDocuments(null, null, null),
                        workspace -> workspace.page(new DocumentsQuery())),
                workspaceRow(
                        "removeDocumentV2",
                        "DELETE /v2/document/d-1",
                        null,
                        api -> api.removeDocumentV2("d-1"),
                        workspace -> workspace.remove("d-1")),
                workspaceRow(
                        "createSigningLinks",
                        "POST /v2/document/generate-temporary-signing-link",
                        "'documents':['d-1','d-2'],'signers':[{'email':'a@example.org','name':'N','surname':'S',"
                                + "'personal_code':'30303039914','authentication_required':true,'position':'p',"
                                + "'structural_subdivision':'d',"
                                + "'signing_purpose':'registration-of-incomming-documents'}],"
                                + "'callback_url':'https://example.org/c','reject_callback_url':'https://example.org/r',"
                                + "'expire_after':30,'show_reject_button':false,'delete_document_after':60",
                        api -> api.createSigningLinks(links),
                        workspace -> workspace.createSigningLinks(links)),
                workspaceRow(
                        "createSigningLinks",
                        "POST /v2/document/generate-temporary-signing-link",
                        "'document_type':'adoc.ggedoc','document_files':[{'file_id':'f-1','adoc_file_type':'main'}]",
                        api -> api.createSigningLinks(container),
                        workspace -> workspace.createSigningLinks(container)),
                workspaceRow(
                        "deleteSigningLink",
                        "DELETE /v2/document/signing-link/l-1",
                        null,
                        api -> api.deleteSigningLink("l-1"),
                        workspace -> workspace.deleteSigningLink("l-1")),
                workspaceRow(
                        "extendDocumentToLt",
                        "POST /document/d-1/extend-to-lt",
                        "",
                        api -> api.extendDocumentToLt("d-1", Map.of()),
                        workspace -> workspace.extendToLt("d-1")),
                workspaceRow(
                        "extendDocumentToLta",
                        "POST /document/d-1/extend-to-lta",
                        "",
                        api -> api.extendDocumentToLta("d-1", Map.of()),
                        workspace -> workspace.extendToLta("d-1")),
                workspaceRow(
                        "startValidation",
                        "POST /v3/validation/document/d-1",
                        null,
                        api -> api.startValidation("d-1"),
                        null),
                workspaceRow(
                        "checkValidation",
                        "GET /v3/validation/session/s-1",
                        null,
                        api -> api.checkValidation("s-1"),
                        null));
    }

    private static Row<WorkspaceApi> workspaceRow(
            String operation,
            String request,
            String body,
            Function<WorkspaceApi, Object> call,
            Function<Workspace, Object> facadeCall) {
        return row(
                operation,
                request,
                body,
                WorkspaceApi.class,
                (api, en) -> call.apply(api),
                facadeCall == null ? null : client -> facadeCall.apply(client.workspace()));
    }

    private static String form(String... parts) {
        return Stream.of(parts).map(part -> "--B\r\n" + part).collect(Collectors.joining()) + "--B--\r\n";
    }

    private static String field(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    @Test
    void rows_cover_59_operations_of_the_spec() {
        Set<String> methods = new HashSet<>();
        rows().forEach(row -> {
            methods.add(row.operation());
            if (!SINGLE_PATH.contains(row.api())) {
                methods.add(row.operation() + "En");
            }
        });

        // Until a new operation has a row here, only the spec checks its requests.
        assertThat(GeneratedCall.all().map(GeneratedCall::toString)).containsAll(methods);
        assertThat(methods).hasSize(59);
    }

    @ParameterizedTest
    @MethodSource("rows")
    <T extends ApiClient.Api> void operation_sends_the_documented_request(Row<T> row) throws IOException {
        for (MarkSignLocale locale : MarkSignLocale.values()) {
            boolean english = locale == MarkSignLocale.EN;
            String success = GeneratedCall.of(row.operation()).kind().successResponse();
            try (RawGateway gateway = new RawGateway((request, connection) -> send(connection, success));
                    MarkSignClient client = MarkSignClient.builder()
                            .accessToken("t+k")
                            .baseUrl(gateway.baseUrl())
                            .build()) {
                assertThat(row.call().apply(client.api(row.api()), english)).isNotNull();
                if (row.facadeCall() != null) {
                    assertThat(row.facadeCall().call(client.withLocale(locale))).isNotNull();
                }

                String prefix = english && !SINGLE_PATH.contains(row.api()) ? "/en" : "";
                assertThat(gateway.requests())
                        .hasSize(row.facadeCall() == null ? 1 : 2)
                        .allSatisfy(request -> {
                            assertThat(request.method() + " " + request.path())
                                    .isEqualTo(row.httpMethod() + " " + prefix + row.path());
                            assertBody(request, row.body(), row.api() != WorkspaceApi.class);
                            assertThat(request.header("Authorization"))
                                    .isEqualTo(row.api() == WorkspaceApi.class ? "Bearer t+k" : "");
                        });
            }
        }
    }

    private static void assertBody(Request request, String body, boolean tokenInBody) {
        if (body == null) {
            assertThat(request.body()).isEmpty();
            assertThat(request.header("Content-Type")).isEmpty();
            assertThat(request.header("Content-Length"))
                    .isEqualTo(request.method().equals("POST") ? "0" : "");
            return;
        }
        if (body.startsWith("--B")) {
            assertForm(request, body);
            return;
        }
        String json = body.replace('\'', '"').replace('\u0001', '\'');
        String separator = json.isEmpty() ? "" : ",";
        assertThat(request.text()).isEqualTo("{" + json + (tokenInBody ? separator + TOKEN : "") + "}");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
    }

    private static void assertForm(Request request, String form) {
        String contentType = request.header("Content-Type");
        assertThat(contentType).matches("multipart/form-data; boundary=[0-9a-f-]{36}");
        assertThat(request.text())
                .isEqualTo(form.replace("--B", "--" + contentType.split("=")[1]));
        assertThat(request.header("Content-Length")).isEqualTo(String.valueOf(request.body().length));
        assertThat(MultipartForm.parts(contentType, request.body()))
                .hasSize(form.split("--B\r\n", -1).length - 1)
                .first()
                .satisfies(file -> {
                    assertThat(file.getName()).isEqualTo("files[]");
                    assertThat(file.getFileName()).isNotBlank();
                    assertThat(file.getBody().asBytes()).isEqualTo("%PDF".getBytes());
                });
    }
}
