package lt.marksign.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.Arrays;
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
    void no_method_is_left_to_a_plain_socket() {
        assertThat(Arrays.stream(Socket.class.getMethods())
                        .filter(method -> method.getDeclaringClass() == Socket.class)
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> !declares(ChannelSocket.class, method)))
                .isEmpty();
    }

    private static boolean declares(Class<?> type, Method method) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    @Test
    void its_other_options_are_those_of_the_channel() throws IOException {
        assertThat(socket.getTcpNoDelay()).isTrue();
        assertThat(socket.getSoLinger())
                .as("TLS is not to wait before it closes")
                .isZero();
        socket.setSoLinger(true, 7);
        assertThat(socket.getSoLinger()).isEqualTo(7);
        for (boolean on : new boolean[] {true, false}) {
            socket.setKeepAlive(on);
            socket.setReuseAddress(on);
            socket.setOOBInline(on);
            assertThat(socket.getKeepAlive()).isEqualTo(on);
            assertThat(socket.getReuseAddress()).isEqualTo(on);
            assertThat(socket.getOOBInline()).isEqualTo(on);
        }
        socket.setSendBufferSize(20_000);
        socket.setReceiveBufferSize(20_000);
        assertThat(socket.getSendBufferSize()).isEqualTo(socket.getOption(StandardSocketOptions.SO_SNDBUF));
        assertThat(socket.getReceiveBufferSize()).isEqualTo(socket.getOption(StandardSocketOptions.SO_RCVBUF));
        socket.setTrafficClass(0x10);
        assertThat(socket.getTrafficClass()).isEqualTo(0x10);
        assertThat(socket.setOption(StandardSocketOptions.TCP_NODELAY, false)).isSameAs(socket);
        assertThat(socket.getTcpNoDelay()).isFalse();
        assertThat(socket.supportedOptions())
                .isEqualTo(socket.getChannel().supportedOptions())
                .contains(StandardSocketOptions.SO_LINGER);
        socket.setPerformancePreferences(1, 2, 3);
        socket.sendUrgentData(1);
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
    void closing_all_closes_those_that_are_connected_and_those_that_connect_later() throws IOException {
        Socket late = sockets.createSocket();
        sockets.close();

        assertThat(socket.isClosed()).isTrue();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> late.connect(server.getLocalSocketAddress()));
        assertThat(late.isClosed()).isTrue();
    }

    @Test
    void only_unconnected_sockets_are_to_be_had() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> sockets.createSocket("127.0.0.1", 1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> sockets.createSocket(InetAddress.getLoopbackAddress(), 1));
    }
}
