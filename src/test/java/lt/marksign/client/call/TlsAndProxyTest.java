package lt.marksign.client.call;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.gateway.ForwardProxy;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.TlsMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class TlsAndProxyTest {
    private static RawGateway gateway(TlsMaterial tls) throws IOException {
        return new RawGateway(tls.serverSocket(), (request, connection) -> send(connection, response("200 OK", OK)));
    }

    private static MarkSignClientBuilder builder(String baseUrl) {
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl(baseUrl)
                .maxRetries(1)
                .retryBackoff(Duration.ZERO, Duration.ZERO);
    }

    private static MarkSignClientBuilder builder(RawGateway gateway) {
        return builder("https://localhost:" + gateway.port());
    }

    @Test
    void ssl_context_trusts_a_private_ca_and_the_connection_is_reused() throws IOException {
        TlsMaterial tls = TlsMaterial.trusted();
        try (RawGateway gateway = gateway(tls);
                MarkSignClient client =
                        builder(gateway).sslContext(tls.clientContext()).build()) {
            for (int i = 0; i < 5; i++) {
                client.smartIdSessions().remove("session-1");
            }
            assertThat(gateway.requests()).hasSize(5);
            assertThat(gateway.connectionsAccepted()).isEqualTo(1);
        }
    }

    static Stream<Arguments> untrustedServers() {
        TlsMaterial trusted = TlsMaterial.trusted();
        TlsMaterial selfSigned = TlsMaterial.selfSigned();
        TlsMaterial expired = TlsMaterial.expired();
        TlsMaterial ofAnotherHost = TlsMaterial.ofAnotherHost();
        return Stream.of(
                Arguments.of("unknown to the platform", trusted, null, SSLHandshakeException.class),
                Arguments.of("self-signed", selfSigned, selfSigned.clientContext(), SSLHandshakeException.class),
                Arguments.of("expired", expired, expired.clientContext(), SSLHandshakeException.class),
                Arguments.of(
                        "wrong host", ofAnotherHost, ofAnotherHost.clientContext(), SSLPeerUnverifiedException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untrustedServers")
    void untrusted_server_gets_no_request(
            String name, TlsMaterial tls, SSLContext context, Class<? extends SSLException> cause) throws IOException {
        try (RawGateway gateway = gateway(tls)) {
            MarkSignClientBuilder builder = builder(gateway);
            MarkSignConnectionException failure = failure(context == null ? builder : builder.sslContext(context));

            assertThat(failure)
                    .hasRootCauseInstanceOf(Exception.class)
                    .hasMessageContaining("the gateway was not reached");
            assertThat(Stream.iterate((Throwable) failure, e -> e != null, Throwable::getCause))
                    .anyMatch(cause::isInstance);
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void requested_client_certificate_is_sent() throws IOException {
        TlsMaterial tls = TlsMaterial.trustedAndAskingForAClientCertificate();
        try (RawGateway gateway = gateway(tls);
                MarkSignClient client = builder(gateway)
                        .sslContext(tls.identifiedClientContext())
                        .build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void gateway_receives_no_request_without_the_client_certificate() throws IOException {
        TlsMaterial tls = TlsMaterial.trustedAndAskingForAClientCertificate();
        try (RawGateway gateway = gateway(tls)) {
            failure(builder(gateway).sslContext(tls.clientContext()));

            assertThat(gateway.requests()).isEmpty();
        }
    }

    /** In TLS 1.3 the client sends its request before it knows whether the server accepts its certificate. */
    @Test
    void outcome_is_unknown_if_a_tls_alert_follows_the_request() throws IOException {
        TlsMaterial tls = TlsMaterial.trustedAndAskingForAClientCertificate();
        try (RawGateway gateway = new RawGateway(tls.serverSocket("TLSv1.3"), (request, connection) -> {})) {
            for (int i = 0; i < 20; i++) {
                MarkSignConnectionException failure = failure(builder(gateway).sslContext(tls.clientContext()));

                assertThat(failure).hasMessageContaining("the response was lost");
                assertThat(failure.outcomeUnknown()).isTrue();
            }
        }
    }

    @Test
    void default_ssl_context_supplies_the_client_certificate() throws GeneralSecurityException, IOException {
        TlsMaterial tls = TlsMaterial.trustedAndAskingForAClientCertificate();
        SSLContext platform = SSLContext.getDefault();
        SSLContext.setDefault(tls.identifiedClientContext());
        try (RawGateway gateway = gateway(tls);
                MarkSignClient client = builder(gateway).build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(gateway.requests()).hasSize(1);
        } finally {
            SSLContext.setDefault(platform);
        }
    }

    @Test
    void closed_connections_leave_no_open_file() throws Exception {
        TlsMaterial tls = TlsMaterial.trusted();
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (RawGateway gateway = new RawGateway(tls.serverSocket(), (request, connection) -> {
                    connection.setTcpNoDelay(true);
                    send(connection, response("200 OK", OK, "Connection: close"));
                });
                MarkSignClient client =
                        builder(gateway).sslContext(tls.clientContext()).build()) {
            client.smartIdSessions().remove("session-1");
            long before = system.getOpenFileDescriptorCount();
            for (int i = 0; i < 100; i++) {
                client.smartIdSessions().remove("session-1");
            }
            gateway.awaitNoConnections();
            assertThat(gateway.connectionsAccepted()).isEqualTo(101);
            assertThat(system.getOpenFileDescriptorCount() - before).isLessThan(17);
        }
    }

    @Test
    void request_through_a_forward_proxy_arrives_unchanged() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                ForwardProxy proxy = new ForwardProxy();
                MarkSignClient client = builder(gateway.baseUrl())
                        .allowPlainHttp()
                        .proxy(proxyAt(proxy.port()))
                        .build()) {
            client.smartIdSessions().remove("session-1");
            client.smartIdSessions().remove("session-2");

            assertThat(proxy.targets()).isNotEmpty().containsOnly("127.0.0.1:" + gateway.port());
            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::text)
                    .containsExactly("{\"access_token\":\"token\"}", "{\"access_token\":\"token\"}");
            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::method)
                    .containsOnly("DELETE");
        }
    }

    @Test
    void forward_proxy_tunnels_tls_without_seeing_the_request() throws IOException {
        TlsMaterial tls = TlsMaterial.trusted();
        try (RawGateway gateway = gateway(tls);
                ForwardProxy proxy = new ForwardProxy();
                MarkSignClient client = builder(gateway)
                        .sslContext(tls.clientContext())
                        .proxy(proxyAt(proxy.port()))
                        .build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(proxy.targets()).containsExactly("localhost:" + gateway.port());
            assertThat(proxy.heads()).singleElement().asString().doesNotContain("session-1");
            assertThat(gateway.requests())
                    .singleElement()
                    .extracting(RawGateway.Request::text)
                    .isEqualTo("{\"access_token\":\"token\"}");
        }
    }

    @Test
    void outcome_is_known_if_the_proxy_refuses_the_tunnel() throws IOException {
        TlsMaterial tls = TlsMaterial.trusted();
        try (RawGateway refusing = RawGateway.responding("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) {
            MarkSignConnectionException failure = failure(builder("https://localhost:1")
                    .sslContext(tls.clientContext())
                    .proxy(proxyAt(refusing.port())));

            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(refusing.requests())
                    .extracting(RawGateway.Request::method)
                    .containsOnly("CONNECT");
            assertThat(refusing.requests()).extracting(RawGateway.Request::text).containsOnly("");
        }
    }

    private static Proxy proxyAt(int port) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port));
    }

    private static MarkSignConnectionException failure(MarkSignClientBuilder builder) {
        try (MarkSignClient client = builder.build()) {
            MarkSignConnectionException failure = catchThrowableOfType(
                    MarkSignConnectionException.class,
                    () -> client.smartIdSessions().remove("session-1"));
            assertThat(failure).isNotNull();
            return failure;
        }
    }
}
