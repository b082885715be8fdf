package lt.marksign.client.call;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import feign.Feign;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.codec.EncodeException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lt.marksign.client.Documents;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.ApiClient;
import lt.marksign.client.api.DocumentsApi;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.SpecExtension;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that everything that is not specific to an operation also works for other interfaces. */
class OtherInterfacesTest {
    /** An interface as the generator would write it for other operations. */
    interface Documents extends ApiClient.Api {
        @RequestLine("DELETE /api/smartid/session/{first}?part={part}")
        @Headers("Content-Type: application/json")
        Map<String, Object> withQuery(
                @Param("first") String first, @Param("part") String part, Map<String, String> body);

        @RequestLine("DELETE /api/smartid/session/{first}")
        @Headers("Content-Type: application/json")
        List<String> list(@Param("first") String first, Map<String, String> body);

        @RequestLine("DELETE /api/smartid/session/{first}")
        @Headers({"Content-Type: application/json", "Accept: application/json", "X-Part: {part}"})
        Map<String, Object> withHeaders(
                @Param("first") String first, @Param("part") String part, Map<String, String> body);

        @RequestLine("GET /api/business/status.json")
        @Headers("Accept: application/json")
        Map<String, Object> withoutParameters();

        default String twice(String first) {
            return withQuery(first, "1", Map.of()).get("status") + " and "
                    + withQuery(first, "2", Map.of()).get("status");
        }
    }

    @Test
    @Tag(SpecExtension.OFF)
    void custom_interface_sends_the_token_and_reports_refusals() throws IOException {
        RawGateway.inspectRequests(request -> {}); // The spec has no such query parameter.
        try (RawGateway gateway = RawGateway.respondingInTurn(
                        response("200 OK", OK), response("200 OK", OK), response("404 No", "{\"status\":\"error\"}"));
                MarkSignClient client = builder(gateway).build()) {
            Documents documents = client.api(Documents.class);

            assertThat(documents.twice("d-1")).isEqualTo("ok and ok");
            assertThat(gateway.requests().get(0).text()).isEqualTo("{\"access_token\":\"token\"}");
            assertThatExceptionOfType(MarkSignApiException.class)
                    .isThrownBy(() -> documents.withQuery("document-1", "a/../b", Map.of()))
                    .withMessageStartingWith("withQuery(first=docum…): ");
        }
    }

    @Test
    @Tag(SpecExtension.OFF)
    void method_without_parameters_sends_the_token_in_the_query() throws IOException {
        RawGateway.inspectRequests(request -> {}); // The spec has no such operation.
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            assertThat(client.api(Documents.class).withoutParameters()).containsEntry("status", "ok");
            assertThat(gateway.requests().get(0).path()).isEqualTo("/api/business/status.json?access_token=token");
        }
    }

    @Test
    void explicit_query_token_is_sent_and_a_blank_one_is_rejected() throws IOException {
        String done = "{\"status\":\"ok\",\"data\":{\"document_status\":\"signed\"}}";
        try (RawGateway gateway = RawGateway.responding(response("200 OK", done));
                MarkSignClient client = builder(gateway).build()) {
            DocumentsApi documents = client.api(DocumentsApi.class);

            documents.checkDocumentStatus("d-1", "o+n");
            documents.checkDocumentStatus("d-1", new DocumentsApi.CheckDocumentStatusQueryParams().accessToken("o+n"));
            documents.checkDocumentStatus("d-1", new DocumentsApi.CheckDocumentStatusQueryParams());

            assertThat(gateway.requests())
                    .extracting(request -> request.path().split("=", 2)[1])
                    .containsExactly("o%2Bn", "o%2Bn", "token");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> documents.checkDocumentStatus("d-1", " "))
                    .withMessage("access_token must not be blank");
        }
    }

    @Test
    void explicit_query_token_is_redacted_in_exceptions() throws IOException {
        String explicitToken = "own-access-token";
        try (RawGateway gateway = RawGateway.responding(
                        response("404 No", "{\"status\":\"error\",\"message\":\"not for " + explicitToken + "\"}"));
                MarkSignClient client = builder(gateway).build();
                MarkSignClient failing = builder(gateway)
                        .customizeFeign(feign -> feign.requestInterceptor(request -> {
                            throw new EncodeException(request.url());
                        }))
                        .build()) {
            for (MarkSignClient either : List.of(client, failing)) {
                Throwable failure =
                        catchThrowable(() -> either.api(DocumentsApi.class).checkDocumentStatus("d-1", explicitToken));

                assertThat(failure).isNotNull();
                assertThat(failure).asString().doesNotContain(explicitToken);
            }
        }
    }

    @Test
    void method_with_a_query_object_maps_to_its_english_method() throws NoSuchMethodException {
        for (String form : List.of("", "WithHttpInfo")) {
            Method method = DocumentsApi.class.getMethod(
                    "checkDocumentStatus" + form, String.class, DocumentsApi.CheckDocumentStatusQueryParams.class);

            assertThat(GatewayMethod.inEnglish(method))
                    .isEqualTo(DocumentsApi.class.getMethod(
                            "checkDocumentStatusEn" + form,
                            String.class,
                            DocumentsApi.CheckDocumentStatusEnQueryParams.class));
        }
    }

    @Test
    void templated_header_is_sent_with_the_constant_headers() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            client.api(Documents.class).withHeaders("d-1", "third", Map.of());

            RawGateway.Request request = gateway.requests().get(0);
            assertThat(request.header("X-Part")).isEqualTo("third");
            assertThat(request.header("Accept")).isEqualTo("application/json");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void header_of_an_interceptor_replaces_the_library_header() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .customizeFeign(
                                feign -> feign.requestInterceptor(request -> request.header("user-agent", "own")))
                        .build()) {
            client.smartIdSessions().remove("s-1");

            assertThat(gateway.requests().get(0).head().toLowerCase(Locale.ROOT).lines())
                    .filteredOn(line -> line.startsWith("user-agent:"))
                    .containsExactly("user-agent: own");
        }
    }

    @Test
    void ok_with_the_wrong_json_type_is_unexpected() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> client.api(Documents.class).list("document-1", Map.of()))
                    .withMessageContaining("a required field has another type than the spec says")
                    .satisfies(e -> assertThat(e.outcomeUnknown()).isTrue());
        }
    }

    @Test
    void the_transport_refuses_a_feign_builder_without_the_capability() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                OkHttpTransport transport = (OkHttpTransport)
                        MarkSignClient.builder().accessToken("token").transport()) {
            SmartIdSessionsApi api = Feign.builder()
                    .client(transport)
                    .encoder((object, type, template) -> template.body("{\"access_token\":\"t\"}"))
                    .target(SmartIdSessionsApi.class, gateway.baseUrl());

            assertThatIllegalStateException()
                    .isThrownBy(() -> api.removeSmartIdSession("session-1", new AccessTokenRequest()))
                    .withMessageContaining("capability()");
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @Test
    @Timeout(20)
    void closing_the_client_closes_its_connections() throws Exception {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK))) {
            MarkSignClient client =
                    builder(gateway).baseUrl(URI.create(gateway.baseUrl())).build();
            client.smartIdSessions().remove("session-1");
            client.close();

            gateway.awaitNoConnections();
            assertThat(gateway.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void boundary_values_of_settings_are_accepted() {
        for (java.time.Duration edge :
                List.of(java.time.Duration.ofMillis(1), java.time.Duration.ofMillis(Integer.MAX_VALUE))) {
            MarkSignClient.builder()
                    .accessToken("t")
                    .baseUrl("https://example.org:65535")
                    .callTimeout(edge)
                    .connectTimeout(edge)
                    .readTimeout(edge)
                    .maxRetries(0)
                    .retryBackoff(edge, edge)
                    .build()
                    .close();
        }
    }
}
