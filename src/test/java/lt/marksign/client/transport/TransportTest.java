package lt.marksign.client.transport;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import feign.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.SocksProxy;
import lt.marksign.client.okhttp.OkHttpTransport;
import org.junit.jupiter.api.Test;

class TransportTest {
    @Test
    void what_the_transport_knows_outweighs_how_the_failure_looks() {
        IOException handshake = new SSLHandshakeException("bad certificate");
        IOException sent = new Transport.SentException(handshake);
        IOException notSent = new Transport.NotSentException(new IOException("lost"));

        assertThat(Transport.mayHaveReachedGateway(handshake)).isFalse();
        assertThat(Transport.mayHaveReachedGateway(sent)).isTrue();
        assertThat(Transport.mayHaveReachedGateway(notSent)).isFalse();
        assertThat(Transport.mayHaveReachedGateway(caused(new InterruptedIOException("timeout"), sent)))
                .isTrue();
        assertThat(Transport.mayHaveReachedGateway(caused(new InterruptedIOException("timeout"), notSent)))
                .isFalse();
        assertThat(Transport.unwrap(sent)).isSameAs(handshake);
        assertThat(Transport.unwrap(notSent)).hasMessage("lost");
        assertThat(Transport.unwrap(handshake)).isSameAs(handshake);
    }

    @Test
    void causes_may_go_round_in_a_circle() {
        IOException failure = new IOException("first");
        failure.initCause(new IOException("second", failure));

        assertThat(Transport.mayHaveReachedGateway(failure)).isTrue();
    }

    @Test
    void a_call_that_close_overtook_sends_nothing() throws IOException {
        try (RawGateway gateway = RawGateway.answering(response("200 OK", OK));
                SocksProxy proxy = new SocksProxy()) {
            OkHttpTransport transport = new OkHttpTransport(Timeouts.DEFAULT, null, proxy.proxy(), null);
            Request request =
                    Request.create(Request.HttpMethod.DELETE, gateway.baseUrl(), Map.of(), new byte[1], null, null);
            transport.close();

            assertThatExceptionOfType(Transport.NotSentException.class)
                    .isThrownBy(() -> transport.send(
                            new AuthorizedRequest(request, "t", null),
                            Timeouts.DEFAULT.toOptions(),
                            Deadline.in(Timeouts.DEFAULT.call(), false)));
            assertThat(proxy.targets()).isEmpty();
        }
    }

    private static IOException caused(IOException failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }
}
