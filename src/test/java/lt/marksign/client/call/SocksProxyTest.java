package lt.marksign.client.call;

import static lt.marksign.client.gateway.Clients.failure;
import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.SocksProxy;
import lt.marksign.client.gateway.TlsMaterial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SocksProxyTest {
    private static final String REFUSED = response("404 Not Found", "{\"status\":\"error\",\"message\":\"unknown\"}");

    private final ProxySelector selector = ProxySelector.getDefault();

    @AfterEach
    void restoreProxySelector() {
        ProxySelector.setDefault(selector);
    }

    private static MarkSignClientBuilder builder(RawGateway gateway, SocksProxy proxy) {
        return Clients.builder(gateway).allowPlainHttp().proxy(proxy.proxy()).maxRetries(0);
    }

    private static void select(Proxy proxy) {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxy);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void each_call_opens_a_new_connection(boolean fromProxySelector) throws Exception {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                SocksProxy proxy = new SocksProxy()) {
            MarkSignClientBuilder builder = Clients.builder(gateway).allowPlainHttp();
            if (fromProxySelector) {
                select(proxy.proxy());
            } else {
                builder.proxy(proxy.proxy());
            }
            try (MarkSignClient client = builder.build()) {
                client.smartIdSessions().remove("session-1");
                gateway.awaitNoConnections();
                client.smartIdSessions().remove("session-2");
            }
            assertThat(proxy.targets()).hasSize(2).containsOnly("127.0.0.1:" + gateway.port());
            assertThat(gateway.requests())
                    .extracting(RawGateway.Request::text)
                    .containsExactly("{\"access_token\":\"token\"}", "{\"access_token\":\"token\"}");
        }
    }

    @Test
    void socks_proxy_of_the_system_does_not_get_a_plain_http_request() throws IOException {
        try (RawGateway gateway = RawGateway.responding(response("200 OK", OK));
                SocksProxy proxy = new SocksProxy();
                MarkSignClient client = MarkSignClient.builder()
                        .accessToken("token")
                        .baseUrl(gateway.baseUrl())
                        .build()) {
            select(proxy.proxy());

            client.smartIdSessions().remove("session-1");

            assertThat(gateway.requests()).hasSize(1);
            assertThat(proxy.targets()).isEmpty();
        }
    }

    @Test
    void tls_calls_go_through_the_socks_proxy() throws IOException {
        TlsMaterial tls = TlsMaterial.trusted();
        try (RawGateway gateway = new RawGateway(
                        tls.serverSocket(), (request, connection) -> send(connection, response("200 OK", OK)));
                SocksProxy proxy = new SocksProxy();
                MarkSignClient client = builder(gateway, proxy)
                        .baseUrl("https://localhost:" + gateway.port())
                        .sslContext(tls.clientContext())
                        .build()) {
            client.smartIdSessions().remove("session-1");
            client.smartIdSessions().remove("session-2");

            assertThat(proxy.targets()).containsOnly("localhost:" + gateway.port());
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    @Test
    void unsolicited_response_is_not_matched_to_the_next_request() throws IOException {
        String ok = response("200 OK", OK);
        try (RawGateway gateway = RawGateway.respondingInTurn(ok + ok, REFUSED);
                SocksProxy proxy = new SocksProxy();
                MarkSignClient client = builder(gateway, proxy).build()) {
            client.smartIdSessions().remove("session-1");

            assertThat(catchThrowableOfType(
                            MarkSignApiException.class,
                            () -> client.smartIdSessions().remove("session-2")))
                    .satisfies(refusal -> assertThat(refusal.gatewayMessage()).isEqualTo("unknown"));
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    @Test
    void unsolicited_response_before_the_first_request_is_rejected() throws IOException {
        try (RawGateway gateway = RawGateway.responding(REFUSED);
                SocksProxy proxy = new SocksProxy(response("200 OK", OK))) {
            MarkSignException failure = failure(builder(gateway, proxy).maxRetries(1));

            assertThat(failure)
                    .isInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("the gateway was not reached: an unsolicited response arrived before");
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void response_longer_than_one_mebibyte_is_unexpected() throws IOException {
        for (int spaces : new int[] {1024 * 1024 - OK.length(), 1024 * 1024 - OK.length() + 1, 3_000_000}) {
            try (RawGateway gateway = RawGateway.responding(response("200 OK", OK + " ".repeat(spaces)));
                    SocksProxy proxy = new SocksProxy()) {
                MarkSignException failure = failure(builder(gateway, proxy));
                if (OK.length() + spaces <= 1024 * 1024) {
                    assertThat(failure).isNull();
                } else {
                    assertThat(failure)
                            .isInstanceOf(MarkSignUnexpectedResponseException.class)
                            .hasMessageContaining("longer than 1048576 bytes");
                }
            }
        }
    }

    @Test
    void outcome_is_unknown_after_a_truncated_response() throws IOException {
        try (RawGateway gateway = new RawGateway((request, connection) -> {
                    send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + OK);
                    connection.close();
                });
                SocksProxy proxy = new SocksProxy()) {
            MarkSignException failure = failure(builder(gateway, proxy));

            assertThat(failure).isInstanceOf(MarkSignConnectionException.class);
            assertThat(failure.outcomeUnknown()).isTrue();
        }
    }
}
