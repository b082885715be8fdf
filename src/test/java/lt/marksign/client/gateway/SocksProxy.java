package lt.marksign.client.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An open SOCKS 5 proxy. */
public final class SocksProxy extends LoopbackProxy {
    private static final int VERSION = 5;
    private static final int BY_NAME = 3;

    private final byte[] unsolicited;

    /** Starts a proxy on loopback. */
    public SocksProxy() throws IOException {
        this("");
    }

    /** Starts a proxy that begins every connection with unsolicited text. */
    public SocksProxy(String unsolicited) throws IOException {
        this.unsolicited = unsolicited.getBytes(StandardCharsets.UTF_8);
        start();
    }

    /** Returns the proxy as a type of the JDK. */
    public Proxy proxy() {
        return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", port()));
    }

    @Override
    void serve(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readByte();
        in.readNBytes(in.readUnsignedByte());
        client.getOutputStream().write(new byte[] {VERSION, 0});
        in.readNBytes(3);
        String host = in.readByte() == BY_NAME
                ? new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII)
                : InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
        int port = in.readUnsignedShort();
        targets().add(host + ":" + port);
        try (Socket gateway = new Socket(Proxy.NO_PROXY)) {
            gateway.connect(new InetSocketAddress(host, port));
            byte[] connected = {VERSION, 0, 0, 1, 127, 0, 0, 1, 0, 1};
            byte[] reply = Arrays.copyOf(connected, connected.length + unsolicited.length);
            System.arraycopy(unsolicited, 0, reply, connected.length, unsolicited.length);
            client.getOutputStream().write(reply);
            join(client, gateway);
        }
    }
}
