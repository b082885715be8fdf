package lt.marksign.client.okhttp;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Request;
import feign.Request.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.transport.Timeouts;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PooledClientTest {
    private static final int CALLERS = 300;
    private static final Request.Options OPTIONS = new Request.Options();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final OkHttpTransport transport = new OkHttpTransport(Timeouts.DEFAULT, null, Proxy.NO_PROXY, null);

    @AfterEach
    void close() {
        transport.close();
        threads.shutdown();
    }

    private int call(RawGateway gateway) {
        return call(gateway.baseUrl() + "/");
    }

    private int call(String url) {
        Request request = Request.create(HttpMethod.DELETE, url, Map.of(), null, null, null);
        try (feign.Response response = transport.execute(request, OPTIONS)) {
            response.body().asInputStream().readAllBytes();
            return response.status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void callAllAtOnce(RawGateway gateway) {
        CompletableFuture<?>[] calls = Stream.generate(() -> CompletableFuture.runAsync(() -> call(gateway), threads))
                .limit(CALLERS)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(calls).join();
    }

    /** Answers when all have called. */
    private static RawGateway patient() throws IOException {
        CyclicBarrier all = new CyclicBarrier(CALLERS);
        return RawGateway.forgetful((request, connection) -> {
            try {
                all.await();
            } catch (Exception e) {
                throw new IOException(e);
            }
            RawGateway.send(connection, response("200 OK", OK));
        });
    }

    @Test
    void many_calls_at_once_share_pools_and_leave_as_many_connections_as_there_were_callers() throws Exception {
        try (RawGateway gateway = patient()) {
            for (int round = 0; round < 3; round++) {
                callAllAtOnce(gateway);
            }

            assertThat(gateway.connectionsAccepted()).isEqualTo(CALLERS);
            assertThat(transport.pools)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(pool -> assertThat(pool.http().connectionPool().connectionCount())
                            .isBetween(1, CALLERS - 1));
        }
    }

    @Test
    void a_pool_has_room_again_when_its_calls_have_ended_well_or_ill() throws Exception {
        try (RawGateway gateway = RawGateway.forgetful(
                        (request, connection) -> RawGateway.send(connection, response("200 OK", OK)));
                RawGateway silent = RawGateway.forgetful((request, connection) -> connection.close())) {
            for (int i = 0; i < CALLERS; i++) {
                assertThat(call(gateway)).isEqualTo(200);
                assertThatThrownBy(() -> call(silent)).isInstanceOf(UncheckedIOException.class);
                assertThatThrownBy(() -> call("no-scheme")).isInstanceOf(IllegalArgumentException.class);
            }

            assertThat(transport.pools).hasSize(1);
        }
    }

    @Test
    void the_routes_are_told_of_connections_that_came_about_and_that_failed() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        EventListener routes = new EventListener() {
            @Override
            public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
                told.add("connected");
            }

            @Override
            public void connectFailed(
                    Call call,
                    InetSocketAddress address,
                    Proxy proxy,
                    @Nullable Protocol protocol,
                    IOException failure) {
                told.add("failed");
            }
        };
        OkHttpClient http = new PooledClient(new OkHttpClient(), routes).http();
        okhttp3.Request request;
        try (RawGateway gateway =
                RawGateway.forgetful((r, connection) -> RawGateway.send(connection, response("200 OK", OK)))) {
            request = new okhttp3.Request.Builder().url(gateway.baseUrl()).build();
            http.newCall(request).execute().close();
        }
        http.connectionPool().evictAll();
        assertThatThrownBy(() -> http.newCall(request).execute()).isInstanceOf(IOException.class);

        assertThat(told).startsWith("connected", "failed");
    }
}
