package lt.marksign.client.call;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.ForwardProxy;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.TlsMaterial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProxyCredentialsTest {
    private static final String USER = "jūra";
    private static final String PASSWORD = "secret:ė";

    private final TlsMaterial tls = TlsMaterial.trusted();
    private final ProxySelector selector = ProxySelector.getDefault();

    @AfterEach
    void restoreDefaults() {
        Authenticator.setDefault(null);
        ProxySelector.setDefault(selector);
    }

    private RawGateway gateway(boolean encrypted) throws IOException {
        return encrypted
                ? new RawGateway(tls.serverSocket(), (request, connection) -> send(connection, response("200 OK", OK)))
                : RawGateway.responding(response("200 OK", OK));
    }

    private MarkSignClientBuilder builder(RawGateway gateway, boolean encrypted, int proxyPort) {
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl((encrypted ? "https" : "http") + "://localhost:" + gateway.port())
                .allowPlainHttp()
                .sslContext(tls.clientContext())
                .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxyPort)))
                .maxRetries(0);
    }

    private MarkSignClientBuilder direct(RawGateway gateway) {
        ProxySelector.setDefault(null);
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl("https://localhost:" + gateway.port())
                .sslContext(tls.clientContext())
                .proxyCredentials("user", "password");
    }

    private static void setAuthenticator(String user, String password) {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? new PasswordAuthentication(user, password.toCharArray())
                        : null;
            }
        });
    }

    private static MarkSignException failure(MarkSignClientBuilder builder) {
        return Clients.failure(builder);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void challenged_proxy_gets_the_credentials_and_the_gateway_does_not(boolean encrypted) throws IOException {
        try (RawGateway gateway = gateway(encrypted);
                ForwardProxy proxy = ForwardProxy.of(USER, PASSWORD);
                MarkSignClient client = builder(gateway, encrypted, proxy.port())
                        .proxyCredentials(USER, PASSWORD)
                        .build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(proxy.heads()).hasSize(2).first().asString().doesNotContain("Proxy-Authorization");
            assertThat(gateway.requests())
                    .singleElement()
                    .extracting(RawGateway.Request::text)
                    .isEqualTo("{\"access_token\":\"token\"}");
            if (encrypted) {
                assertThat(gateway.requests().get(0).header("Proxy-Authorization"))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void javas_authenticator_supplies_proxy_credentials_by_default(boolean encrypted) throws IOException {
        setAuthenticator("user", "password");
        try (RawGateway gateway = gateway(encrypted);
                ForwardProxy proxy = ForwardProxy.of("user", "password");
                MarkSignClient client =
                        builder(gateway, encrypted, proxy.port()).build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void wrong_tunnel_password_is_sent_once_and_no_request_follows() throws IOException {
        setAuthenticator("user", "wrong");
        try (RawGateway gateway = gateway(true);
                ForwardProxy proxy = ForwardProxy.of("user", "password")) {
            for (MarkSignClientBuilder builder : List.of(
                    builder(gateway, true, proxy.port()),
                    builder(gateway, true, proxy.port()).proxyCredentials("user", "wrong"))) {
                MarkSignException failure = failure(builder);

                assertThat(failure)
                        .isInstanceOf(MarkSignConnectionException.class)
                        .hasMessageContaining("the gateway was not reached: Failed to authenticate with proxy");
                assertThat(failure.outcomeUnknown()).isFalse();
            }
            assertThat(proxy.heads()).hasSize(4);
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void wrong_proxy_password_is_sent_once_and_reported_as_407() throws IOException {
        try (RawGateway gateway = gateway(false);
                ForwardProxy proxy = ForwardProxy.of("user", "password")) {
            for (Consumer<MarkSignClientBuilder> change : List.<Consumer<MarkSignClientBuilder>>of(
                    builder -> {}, builder -> builder.proxyCredentials("user", "wrong"))) {
                MarkSignClientBuilder builder = builder(gateway, false, proxy.port());
                change.accept(builder);

                assertThat(failure(builder))
                        .isInstanceOfSatisfying(
                                MarkSignUnexpectedResponseException.class,
                                failure -> assertThat(failure.httpStatus()).isEqualTo(407));
            }
            assertThat(proxy.heads()).hasSize(3);
        }
    }

    @Test
    void a_challenge_other_than_basic_gets_no_credentials() throws IOException {
        String digest = "HTTP/1.1 407 No\r\nProxy-Authenticate: Digest realm=\"p\", nonce=\"1\"\r\n"
                + "Content-Length: 0\r\n\r\n";
        try (RawGateway proxy = RawGateway.responding(digest)) {
            assertThat(failure(builder(proxy, false, proxy.port()).proxyCredentials(USER, PASSWORD)))
                    .hasMessageContaining("407");
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gateway_that_responds_407_gets_no_proxy_credentials(boolean throughATunnel) throws IOException {
        String challenge = response("407 Who", "{\"status\":\"error\"}", "Proxy-Authenticate: Basic realm=\"proxy\"");
        try (RawGateway gateway =
                        new RawGateway(tls.serverSocket(), (request, connection) -> send(connection, challenge));
                ForwardProxy proxy = new ForwardProxy()) {
            MarkSignClientBuilder builder = builder(gateway, true, proxy.port()).proxyCredentials("user", "password");

            assertThat(failure(throughATunnel ? builder : direct(gateway))).hasMessageContaining("407");
            assertThat(gateway.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.header("Proxy-Authorization")).isEmpty());
        }
    }

    @Test
    void outcome_is_unknown_if_javas_authenticator_throws() throws IOException {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                throw new IllegalStateException("no terminal to ask at");
            }
        });
        try (RawGateway gateway = gateway(false);
                ForwardProxy proxy = ForwardProxy.of("user", "password")) {
            MarkSignException failure = failure(builder(gateway, false, proxy.port()));

            assertThat(failure)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("the response was lost")
                    .hasRootCauseMessage("no terminal to ask at");
            assertThat(failure.outcomeUnknown()).isTrue();
        }
    }

    @Test
    void gateway_was_not_reached_if_the_proxy_selector_throws() throws IOException {
        AtomicInteger selections = new AtomicInteger();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                selections.incrementAndGet();
                throw new IllegalArgumentException("no such script");
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
        MarkSignException failure = failure(MarkSignClient.builder()
                .accessToken("token")
                .baseUrl("https://localhost:1")
                .retryBackoff(Duration.ZERO, Duration.ZERO)
                .maxRetries(1));

        assertThat(failure)
                .isInstanceOf(MarkSignConnectionException.class)
                .hasMessageContaining("the gateway was not reached")
                .hasRootCauseMessage("no such script");
        assertThat(failure.outcomeUnknown()).isFalse();
        assertThat(selections).hasValue(2);
    }

    @Test
    void plain_http_to_loopback_does_not_go_through_a_proxy() throws IOException {
        try (RawGateway gateway = gateway(false);
                ForwardProxy proxy = new ForwardProxy()) {
            MarkSignClientBuilder builder =
                    MarkSignClient.builder().accessToken("token").baseUrl(gateway.baseUrl());
            Proxy httpProxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.port()));
            ProxySelector.setDefault(ProxySelector.of((InetSocketAddress) httpProxy.address()));
            try (MarkSignClient client = builder.build()) {
                client.smartIdSessions().remove("session-1");
            }

            assertThatIllegalStateException()
                    .isThrownBy(() -> builder.proxy(httpProxy).build())
                    .withMessageContaining("proxy")
                    .withMessageContaining("allowPlainHttp()");
            assertThat(proxy.heads()).isEmpty();
            assertThat(gateway.requests()).hasSize(1);
            builder.proxy(Proxy.NO_PROXY).build().close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {"NULL, p", "'', p", "' ', p", "a:b, p", "user, NULL"},
            nullValues = "NULL")
    void invalid_proxy_credentials_are_rejected(String user, String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkSignClient.builder().proxyCredentials(user, password))
                .withMessageContaining(password == null ? "password" : "user")
                .withMessageContaining("proxyCredentials");
    }

    @Test
    void proxy_credentials_for_socks_or_no_proxy_are_rejected() {
        Proxy socks = new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", 1));
        for (Proxy proxy : List.of(socks, Proxy.NO_PROXY)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> MarkSignClient.builder()
                            .accessToken("token")
                            .proxy(proxy)
                            .proxyCredentials("user", "password")
                            .build())
                    .withMessageContaining("proxyCredentials")
                    .withMessageContaining(proxy.type().toString());
        }
    }

    @Test
    void proxy_credentials_with_a_custom_client_are_rejected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MarkSignClient.builder()
                        .accessToken("token")
                        .httpClient((request, options) -> null)
                        .proxyCredentials("user", "password")
                        .build())
                .withMessageContaining("proxyCredentials");
    }
}
