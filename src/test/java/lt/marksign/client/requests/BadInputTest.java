package lt.marksign.client.requests;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.gateway.EntryPoint;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Spec;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                ".",
                "..",
                "../../document/x/remove.json",
                "a/b",
                "/",
                "a%2Fb",
                "%2e%2e",
                "a;b",
                "a?b",
                "a#b",
                "a\\b",
                "a b",
                "a\n",
                "\u0000",
                "\u007f",
                "é",
                "\ud83d\ude00",
                "\ud800",
                "a\udc00",
                "{sessionId}",
                "a+b",
                "a:b",
                "a@b",
                "a&b"
            })
    void invalid_session_id_is_rejected_before_sending(String sessionId) throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            for (EntryPoint entrance : EntryPoint.values()) {
                for (MarkSignLocale locale : MarkSignLocale.values()) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> entrance.remove(client, locale, sessionId))
                            .withMessageStartingWith("sessionId must");
                }
            }
            assertThat(gateway.connectionsAccepted()).isZero();
        }
        if (sessionId != null) {
            assertThat(sessionId).doesNotMatch(specPattern());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "...", "..a", ".a", "a..", "~", "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f"})
    void valid_session_id_matches_the_spec_and_is_sent(String sessionId) throws IOException {
        assertThat(sessionId).matches(specPattern());
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            client.smartIdSessions().remove(sessionId);
            assertThat(gateway.requests().get(0).path()).endsWith("/session/" + sessionId);
        }
    }

    private static String specPattern() {
        return Spec.get()
                .contract()
                .getRawContract()
                .getJsonObject("components")
                .getJsonObject("parameters")
                .getJsonObject("SessionId")
                .getJsonObject("schema")
                .getString("pattern");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "a b", " token", "token\n", "to\u0000ken", "\ud800", "${MARKSIGN_ACCESS_TOKEN}"})
    void invalid_access_token_is_rejected(String token) throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().accessToken(token))
                .withMessageStartingWith("accessToken must not");

        Supplier<String> supplier = () -> token;
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).accessToken(supplier).build()) {
            for (EntryPoint entrance : EntryPoint.values()) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> entrance.remove(client, MarkSignLocale.LT, "s-1"))
                        .withMessageStartingWith("the accessToken that the supplier gave must not");
            }
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @Test
    void invalid_body_token_in_the_generated_interface_is_rejected() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway).build()) {
            SmartIdSessionsApi api = client.api(SmartIdSessionsApi.class);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> api.removeSmartIdSession("s-1", new AccessTokenRequest().accessToken(" ")))
                    .withMessage("access_token must not be blank");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> api.removeSmartIdSession("s-1", new AccessTokenRequest().accessToken("\ud800")))
                    .withMessageStartingWith("access_token must not contain");
            assertThatIllegalArgumentException().isThrownBy(() -> api.removeSmartIdSession("s-1", null));
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @Test
    void runtime_exception_of_the_token_supplier_is_thrown_unchanged() throws IOException {
        RuntimeException failure = new RuntimeException("the vault is sealed");
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(gateway)
                        .accessToken(() -> {
                            throw failure;
                        })
                        .build()) {
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> client.smartIdSessions().remove("s-1"))
                    .isSameAs(failure);
        }
    }

    @Test
    void checked_exception_of_the_token_supplier_becomes_a_cause() throws IOException {
        for (Exception failure : List.of(new IOException("the vault is sealed"), new InterruptedException())) {
            try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                    MarkSignClient client = builder(gateway)
                            .accessToken((Supplier<String>) () -> BadInputTest.<RuntimeException>doThrow(failure))
                            .build()) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> client.smartIdSessions().remove("s-1"))
                        .withMessage("the accessToken supplier threw "
                                + failure.getClass().getName())
                        .havingCause()
                        .isSameAs(failure);
                assertThat(Thread.interrupted()).isEqualTo(failure instanceof InterruptedException);
                assertThat(gateway.connectionsAccepted()).isZero();
            }
        }
    }

    /** Throws a checked exception that is not declared, as code in Kotlin and Scala can. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> String doThrow(Exception failure) throws E {
        throw (E) failure;
    }

    @Test
    void a_client_without_a_token_is_not_built() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MarkSignClient.builder().build())
                .withMessage("accessToken is not set: call accessToken(...) before build()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().accessToken((Supplier<String>) null))
                .withMessage("accessToken must not be null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null | must not be null or blank",
                "'' | must not be null or blank",
                "' ' | must not be null or blank",
                "api.marksign.eu | must begin with https://",
                "ftp://api.marksign.eu | must begin with https://",
                "mailto:a@b | must begin with https://",
                "https:///api | must be a URL with a host",
                "https: | must begin with https://",
                "https://a b | must be a URL with a host and a port that can be called, but is https://a b",
                "https://ž..lt | must be a URL with a host and a port that can be called",
                "https://a..lt | must be a URL with a host and a port that can be called, but is https://a..lt",
                "https://[::1 | must be a URL with a host and a port that can be called, but is https://[::1",
                "https://[fe80::1%25lo] | must be a URL with a host and a port that can be called, but is https://[fe80::1%25lo]",
                "https://[::1::] | must be a URL with a host and a port that can be called, but is https://[::1::]",
                "https://user:secret@api.marksign.eu | must not have user info",
                "https://user:secret@a_b | must not have user info, but is https://***@a_b",
                "https://api.marksign.eu/a;b | must be a URL with a host",
                "https://user:s?secret@a_b | must",
                "https://user:s/secret@a_b | must",
                "user:secret@a_b | must begin with https://, but is ***@a_b",
                "https://api.marksign.eu?a=secret | must not have a query, but is https://api.marksign.eu…",
                "https://api.marksign.eu#a | must not have a fragment",
                "https://api.marksign.eu:65536 | must be a URL with a host and a port that can be called, but is https://api.marksign.eu:65536",
                "https://api.marksign.eu:0 | must be a URL with a host and a port that can be called",
            })
    void invalid_base_url_is_rejected_and_its_secrets_are_redacted(String baseUrl, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().baseUrl(baseUrl))
                .withMessageStartingWith("baseUrl " + rule)
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    @Test
    void invalid_base_url_of_type_uri_is_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().baseUrl((URI) null))
                .withMessage("baseUrl must not be null or blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().baseUrl(URI.create("https://api.marksign.eu/?a")))
                .withMessage("baseUrl must not have a query, but is https://api.marksign.eu/…");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://API.MarkSign.EU, https://api.marksign.eu",
        "https://api.marksign.eu/, https://api.marksign.eu",
        "https://api.marksign.eu:, https://api.marksign.eu",
        "https://api.marksign.eu/a/../b, https://api.marksign.eu/b",
        "https://a%62.lt, https://ab.lt",
        "https://api.marksign.eu:443/Gateway/, https://api.marksign.eu/Gateway",
        "https://api.marksign.eu:8443/a%20b, https://api.marksign.eu:8443/a%20b",
        "https://žąsis.lt:8443, https://xn--sis-hpa81d.lt:8443",
        "https://ŽĄSIS.lt, https://xn--sis-hpa81d.lt",
        "http://marksign_gateway:8080, http://marksign_gateway:8080",
        "https://my_gateway.example.org./x, https://my_gateway.example.org./x",
        "'https://[2001:DB8:0:0::1]:8443', 'https://[2001:db8::1]:8443'",
    })
    void base_url_is_normalized(String written, String called) {
        for (Object baseUrl : new Object[] {written, URI.create(written)}) {
            MarkSignClientBuilder builder =
                    MarkSignClient.builder().accessToken("token").allowPlainHttp();
            builder = baseUrl instanceof URI uri ? builder.baseUrl(uri) : builder.baseUrl(written);
            try (MarkSignClient client = builder.build()) {
                assertThat(client).hasToString("MarkSignClient[" + called + ", LT]");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP://marksign_gateway:8080/X, http://marksign_gateway:8080/X",
        "http://žąsis.lt, http://xn--sis-hpa81d.lt",
    })
    void normalized_base_url_is_called(String written, String called) throws IOException {
        try (RawGateway proxy = RawGateway.responding(response("200 OK", OK));
                MarkSignClient client = builder(proxy)
                        .baseUrl(written)
                        .allowPlainHttp()
                        .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.port())))
                        .build()) {
            client.smartIdSessions().remove("s-1");

            assertThat(proxy.requests().get(0).path()).isEqualTo(called + "/api/smartid/session/s-1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.marksign.eu",
                "http://marksign_gateway:8080",
                "http://localhost_",
                "http://127.0.0.1.example.com",
                "http://127.1",
                "http://127.0.0.256",
                "http://0x7f000001",
                "http://10.0.0.1",
                "http://localhost.example.com"
            })
    void plain_http_beyond_loopback_requires_allow_plain_http(String baseUrl) {
        MarkSignClientBuilder builder =
                MarkSignClient.builder().accessToken("token").baseUrl(baseUrl);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageStartingWith("baseUrl must begin with https://")
                .withMessageContaining("allowPlainHttp()");
        assertThatNoException()
                .isThrownBy(() -> builder.allowPlainHttp().build().close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1",
                "http://127.0.0.1:1",
                "http://127.8.8.8",
                "http://[::1]:1",
                "http://[0:0:0:0:0:0:0:1]:1",
                "HTTP://LOCALHOST:1",
                "HTTPS://api.marksign.eu",
                "https://api.marksign.eu/"
            })
    void https_and_loopback_do_not_require_allow_plain_http(String baseUrl) {
        assertThatNoException()
                .isThrownBy(() -> MarkSignClient.builder()
                        .accessToken("token")
                        .baseUrl(baseUrl)
                        .build()
                        .close());
    }

    @Test
    void setting_out_of_range_is_rejected_with_its_name() {
        MarkSignClientBuilder builder = MarkSignClient.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.callTimeout(Duration.ZERO))
                .withMessageStartingWith("callTimeout must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.connectTimeout(Duration.ofSeconds(-1)))
                .withMessageStartingWith("connectTimeout must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.readTimeout(Duration.ofDays(25)))
                .withMessageStartingWith("readTimeout must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxRetries(-1))
                .withMessage("maxRetries must not be negative, but is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.retryBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageStartingWith("retryBackoff must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.retryBackoff(Duration.ofSeconds(-2), Duration.ofSeconds(1)))
                .withMessageStartingWith("retryBackoff must");
    }

    @ParameterizedTest
    @NullSource
    void null_setting_is_rejected_with_its_name(Object nullValue) {
        MarkSignClientBuilder builder = MarkSignClient.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.callTimeout((Duration) nullValue))
                .withMessageContaining("callTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.retryBackoff((Duration) nullValue, Duration.ZERO))
                .withMessageContaining("retryBackoff");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.retryBackoff(Duration.ZERO, (Duration) nullValue))
                .withMessageContaining("retryBackoff");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.locale((MarkSignLocale) nullValue))
                .withMessageContaining("locale");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.sslContext(null))
                .withMessageContaining("sslContext");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.proxy(null))
                .withMessageContaining("proxy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.httpClient(null))
                .withMessageContaining("httpClient");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.customizeFeign(null))
                .withMessageContaining("customizer");
        try (MarkSignClient client = builder.accessToken("token").build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.withLocale(null))
                    .withMessageContaining("locale");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.api(null))
                    .withMessageContaining("api");
        }
    }

    @Test
    void proxy_with_a_custom_client_is_rejected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MarkSignClient.builder()
                        .accessToken("token")
                        .httpClient((request, options) -> null)
                        .proxy(Proxy.NO_PROXY)
                        .build())
                .withMessageContaining("httpClient");
    }

    @Test
    void closed_client_rejects_calls() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK))) {
            MarkSignClient client = builder(gateway).build();
            client.close();
            client.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> client.smartIdSessions().remove("s-1"))
                    .withMessage("the MarkSignClient is closed");
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.withLocale(MarkSignLocale.EN)
                            .smartIdSessions()
                            .remove("s-1"));
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    private static MarkSignClientBuilder builder(RawGateway gateway) {
        return MarkSignClient.builder().accessToken("token").baseUrl(gateway.baseUrl());
    }
}
