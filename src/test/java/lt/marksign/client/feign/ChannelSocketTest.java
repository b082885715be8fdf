package lt.marksign.client.feign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelSocketTest {
    private final ChannelSockets sockets = new ChannelSockets();
    private ServerSocket server;
    private Socket socket;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        socket = sockets.createSocket();
        assertThat(socket.isBound()).isFalse();
        assertThat(socket.isConnected()).isFalse();
        socket.bind(new InetSocketAddress("127.0.0.1", 0));
        assertThat(socket.isBound()).isTrue();
        socket.connect(server.getLocalSocketAddress());
        peer = server.accept();
    }

    @AfterEach
    void disconnect() throws IOException {
        socket.close();
        peer.close();
        server.close();
    }

    @Test
    void it_stands_between_the_two_ends_of_its_connection() {
        assertThat(socket.isConnected()).isTrue();
        assertThat(socket.getRemoteSocketAddress()).isEqualTo(server.getLocalSocketAddress());
        assertThat(socket.getLocalSocketAddress()).isEqualTo(peer.getRemoteSocketAddress());
        assertThat(socket.getInetAddress()).isEqualTo(server.getInetAddress());
        assertThat(socket.getLocalAddress()).isEqualTo(peer.getInetAddress());
        assertThat(socket.getPort()).isEqualTo(server.getLocalPort());
        assertThat(socket.getLocalPort()).isEqualTo(peer.getPort());
        assertThat(socket.toString()).contains(String.valueOf(server.getLocalPort()));
    }

    @Test
    void its_options_are_kept() throws IOException {
        socket.setSoTimeout(50);
        assertThat(socket.getSoTimeout()).isEqualTo(50);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> socket.getInputStream().read());
        for (boolean noDelay : new boolean[] {true, false}) {
            socket.setTcpNoDelay(noDelay);
            assertThat(socket.getTcpNoDelay()).isEqualTo(noDelay);
        }
        socket.setSoLinger(true, 0);
        socket.close();
        assertThatExceptionOfType(IOException.class)
                .as("a connection that is reset")
                .isThrownBy(() -> peer.getInputStream().read());
    }

    @Test
    void it_counts_what_it_reads() throws IOException {
        ChannelSocket own = sockets.below(socket);
        peer.getOutputStream().write(new byte[] {1, 2, 3});

        assertThat(own.reads()).isZero();
        assertThat(socket.getInputStream().read()).isEqualTo(1);
        assertThat(own.reads()).isEqualTo(1);
        assertThat(socket.getInputStream().read(new byte[9])).isEqualTo(2);
        assertThat(own.reads()).isEqualTo(2);
    }

    @Test
    void its_halves_and_the_whole_can_be_closed() throws IOException {
        assertThat(socket.isInputShutdown()).isFalse();
        assertThat(socket.isOutputShutdown()).isFalse();
        socket.shutdownOutput();
        assertThat(socket.isOutputShutdown()).isTrue();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        socket.shutdownInput();
        assertThat(socket.isInputShutdown()).isTrue();

        assertThat(socket.isClosed()).isFalse();
        assertThat(sockets.below(socket)).isSameAs(socket);
        socket.close();
        assertThat(socket.isClosed()).isTrue();
        assertThat(sockets.below(socket)).isNull();
    }

    @Test
    void it_is_ready_for_another_request_while_there_is_nothing_to_read() throws IOException {
        ChannelSocket own = sockets.below(socket);
        assertThat(own.isReadyForRequest()).isTrue();
        assertThat(own.isReadyForRequest()).isTrue();
        peer.getOutputStream().write(7);
        assertThat(socket.getInputStream().read()).as("still blocking").isEqualTo(7);
        assertThat(own.isReadyForRequest()).isTrue();

        peer.close();
        socket.setSoTimeout(5_000);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        assertThat(own.isReadyForRequest()).isFalse();
    }

    @Test
    void only_unconnected_sockets_are_to_be_had() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> sockets.createSocket("127.0.0.1", 1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> sockets.createSocket(InetAddress.getLoopbackAddress(), 1));
    }
}
