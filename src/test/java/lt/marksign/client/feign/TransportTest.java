package lt.marksign.client.feign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import javax.net.ssl.SSLHandshakeException;
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

    private static IOException caused(IOException failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }
}
