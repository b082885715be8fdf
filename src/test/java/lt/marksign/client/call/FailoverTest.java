package lt.marksign.client.call;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.SeparateJvm;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Behaviour;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import org.junit.jupiter.api.Test;

/** Tests a host with two addresses. The gateway does not listen on the first one. */
@SeparateJvm("-Djdk.net.hosts.file=src/test/resources/two-addresses.hosts")
class FailoverTest {
    private static final String HOST = "two-addresses.test";

    private static MarkSignClient client(RawGateway gateway) {
        return MarkSignClient.builder()
                .accessToken("token")
                .baseUrl("http://" + HOST + ":" + URI.create(gateway.baseUrl()).getPort())
                .allowPlainHttp()
                .maxRetries(0)
                .build();
    }

    private static void authenticate(MarkSignClient client) {
        client.smartIdSessions()
                .authenticate(
                        new SmartIdAuthenticationRequest().code("30303039914").country(Country.LT));
    }

    private static RawGateway gateway(Behaviour behaviour) throws IOException {
        assertThat(InetAddress.getAllByName(HOST))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("127.0.0.2", "127.0.0.1");
        return new RawGateway(behaviour);
    }

    @Test
    void request_goes_to_the_second_address_if_the_first_refuses() throws IOException {
        try (RawGateway gateway = gateway((request, connection) -> send(
                        connection,
                        response("200 OK", "{\"status\":\"ok\",\"token\":\"session-1\",\"control_code\":\"1234\"}")));
                MarkSignClient client = client(gateway)) {
            authenticate(client);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void request_received_by_the_first_address_is_not_sent_to_the_second() throws IOException {
        try (RawGateway gateway = gateway((request, connection) -> send(connection, response("200 OK", OK)));
                ServerSocket first = new ServerSocket(
                        URI.create(gateway.baseUrl()).getPort(), 50, InetAddress.getByName("127.0.0.2"));
                MarkSignClient client = client(gateway)) {
            Thread reader = new Thread(() -> {
                try (var connection = first.accept()) {
                    connection.getInputStream().read();
                } catch (IOException e) {
                    // The assertions are on the client's exception.
                }
            });
            reader.start();

            MarkSignConnectionException failure =
                    catchThrowableOfType(MarkSignConnectionException.class, () -> authenticate(client));
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }
}
