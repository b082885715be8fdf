package lt.marksign.client.okhttp;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.gateway.ForwardProxy;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Unreachable;
import lt.marksign.client.transport.Timeouts;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoutesTest {
    private static final Call CALL = new OkHttpClient()
            .newCall(new Request.Builder().url("http://several.example").build());

    private final ProxySelector system = ProxySelector.getDefault();

    @AfterEach
    void forget() {
        ProxySelector.setDefault(system);
    }

    private static List<InetAddress> addresses(String... addresses) throws UnknownHostException {
        List<InetAddress> result = new ArrayList<>();
        for (String address : addresses) {
            result.add(InetAddress.getByName(address));
        }
        return result;
    }

    private static Proxy httpProxy(int port) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port));
    }

    private static void select(List<Proxy> proxies, List<SocketAddress> failed) {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return proxies;
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                failed.add(address);
            }
        });
    }

    private static void fail(Routes routes, String address, Proxy proxy) {
        routes.connectFailed(CALL, new InetSocketAddress(address, 443), proxy, null, new IOException("dead"));
    }

    @Test
    void what_failed_comes_last_and_what_failed_first_before_the_rest_of_that() throws IOException {
        Routes routes = new Routes(host -> addressesOf(host));
        assertThat(routes.lookup("a.b.c")).isEqualTo(addresses("10.0.0.1", "10.0.0.2", "10.0.0.3"));

        fail(routes, "10.0.0.1", Proxy.NO_PROXY);
        assertThat(routes.lookup("a.b.c")).isEqualTo(addresses("10.0.0.2", "10.0.0.3", "10.0.0.1"));
        fail(routes, "10.0.0.3", Proxy.NO_PROXY);
        fail(routes, "10.0.0.2", Proxy.NO_PROXY);
        assertThat(routes.lookup("a.b.c")).isEqualTo(addresses("10.0.0.1", "10.0.0.3", "10.0.0.2"));

        routes.connectEnd(CALL, new InetSocketAddress("10.0.0.2", 443), Proxy.NO_PROXY, null);
        assertThat(routes.lookup("a.b.c")).isEqualTo(addresses("10.0.0.2", "10.0.0.1", "10.0.0.3"));
    }

    private static List<InetAddress> addressesOf(String host) throws UnknownHostException {
        assertThat(host).isEqualTo("a.b.c");
        return addresses("10.0.0.1", "10.0.0.2", "10.0.0.3");
    }

    @Test
    void what_is_remembered_is_bounded() throws IOException {
        Routes routes = new Routes(host -> addresses("10.0.0.1", "10.0.0.2"));
        fail(routes, "10.0.0.1", Proxy.NO_PROXY);
        for (int i = 0; i < 100; i++) {
            fail(routes, "10.0.1." + i, Proxy.NO_PROXY);
        }
        assertThat(routes.lookup("any")).isEqualTo(addresses("10.0.0.1", "10.0.0.2"));
    }

    @Test
    void proxies_are_put_in_order_as_well_and_the_system_is_told() throws IOException {
        List<SocketAddress> failed = new ArrayList<>();
        select(List.of(httpProxy(1), httpProxy(2)), failed);
        Routes routes = new Routes(host -> addresses("10.0.0.1"));
        ProxySelector proxies = routes.proxies();
        URI uri = URI.create("https://several.example");

        assertThat(proxies.select(uri)).containsExactly(httpProxy(1), httpProxy(2));
        fail(routes, "127.0.0.1", httpProxy(1));
        assertThat(proxies.select(uri)).containsExactly(httpProxy(2), httpProxy(1));
        proxies.connectFailed(uri, httpProxy(1).address(), new IOException("dead"));
        assertThat(failed).containsExactly(httpProxy(1).address());
        routes.connectEnd(CALL, new InetSocketAddress("127.0.0.1", 1), httpProxy(1), null);
        assertThat(proxies.select(uri)).containsExactly(httpProxy(1), httpProxy(2));

        ProxySelector.setDefault(null);
        assertThat(proxies.select(uri)).containsExactly(Proxy.NO_PROXY);
        proxies.connectFailed(uri, httpProxy(1).address(), new IOException("dead"));
    }

    @Test
    void a_proxy_without_an_address_of_its_own_can_fail_too() throws IOException {
        Routes routes = new Routes(host -> addresses("10.0.0.1"));
        Proxy socks = new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("proxy.example", 1080));
        select(List.of(socks, Proxy.NO_PROXY), new ArrayList<>());
        InetSocketAddress gateway = InetSocketAddress.createUnresolved("several.example", 443);

        routes.connectFailed(CALL, gateway, socks, null, new IOException("dead"));
        assertThat(routes.proxies().select(URI.create("https://several.example")))
                .containsExactly(Proxy.NO_PROXY, socks);
        routes.connectEnd(CALL, gateway, socks, null);
        assertThat(routes.proxies().select(URI.create("https://several.example")))
                .containsExactly(socks, Proxy.NO_PROXY);
    }

    @Test
    void a_call_goes_on_from_an_address_that_refuses_or_is_silent() throws IOException {
        try (RawGateway gateway = RawGateway.answering(response("200 OK", OK))) {
            assertReached(gateway, 1);
            try (Unreachable silent = new Unreachable("127.0.0.2", gateway.port())) {
                assertReached(gateway, 2);
            }
        }
    }

    private static void assertReached(RawGateway gateway, int calls) {
        try (OkHttpTransport transport = new OkHttpTransport(
                        Timeouts.DEFAULT, null, null, null, host -> addresses("127.0.0.2", "127.0.0.1"));
                MarkSignClient client = MarkSignClient.builder()
                        .accessToken("token")
                        .httpClient(transport)
                        .connectTimeout(Duration.ofMillis(200))
                        .baseUrl("http://several.example:" + gateway.port())
                        .allowPlainHttp()
                        .retryBackoff(Duration.ZERO, Duration.ZERO)
                        .maxRetries(1)
                        .build()) {
            client.smartIdSessions().remove("session-1");
            assertThat(gateway.requests()).hasSize(calls);
        }
    }

    @Test
    void a_call_goes_on_from_a_proxy_that_is_dead() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (RawGateway gateway = RawGateway.answering(response("200 OK", OK));
                ForwardProxy proxy = new ForwardProxy()) {
            select(List.of(httpProxy(nobody), httpProxy(proxy.port())), new ArrayList<>());
            try (MarkSignClient client = MarkSignClient.builder()
                    .accessToken("token")
                    .baseUrl(gateway.baseUrl())
                    .allowPlainHttp()
                    .retryBackoff(Duration.ZERO, Duration.ZERO)
                    .maxRetries(1)
                    .build()) {
                client.smartIdSessions().remove("session-1");
            }
            assertThat(proxy.targets()).hasSize(1);
        }
    }
}
