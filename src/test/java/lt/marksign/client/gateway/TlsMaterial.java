package lt.marksign.client.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate authority, a server that it vouches for, or not, and clients that trust it. */
public final class TlsMaterial {
    private final HeldCertificate authority = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("Test authority")
            .build();
    private final HeldCertificate server;
    private final boolean clientMustIdentify;

    private TlsMaterial(UnaryOperator<HeldCertificate.Builder> server, boolean signed, boolean clientMustIdentify) {
        HeldCertificate.Builder builder = server.apply(new HeldCertificate.Builder().commonName("gateway"));
        this.server = (signed ? builder.signedBy(authority) : builder).build();
        this.clientMustIdentify = clientMustIdentify;
    }

    private static HeldCertificate.Builder forLocalhost(HeldCertificate.Builder builder) {
        return builder.addSubjectAlternativeName("localhost").addSubjectAlternativeName("127.0.0.1");
    }

    /** A server as it should be. */
    public static TlsMaterial trusted() {
        return new TlsMaterial(TlsMaterial::forLocalhost, true, false);
    }

    /** A server that also wants to know who its client is. */
    public static TlsMaterial trustedAndAskingForAClientCertificate() {
        return new TlsMaterial(TlsMaterial::forLocalhost, true, true);
    }

    /** A server that nobody vouches for. */
    public static TlsMaterial selfSigned() {
        return new TlsMaterial(TlsMaterial::forLocalhost, false, false);
    }

    /** A server whose certificate was good until an hour ago. */
    public static TlsMaterial expired() {
        long now = System.currentTimeMillis();
        return new TlsMaterial(
                builder -> forLocalhost(builder)
                        .validityInterval(now - TimeUnit.DAYS.toMillis(2), now - TimeUnit.HOURS.toMillis(1)),
                true,
                false);
    }

    /** A server with another's certificate. */
    public static TlsMaterial ofAnotherHost() {
        return new TlsMaterial(builder -> builder.addSubjectAlternativeName("other.example"), true, false);
    }

    /** A socket on loopback that this server listens on. */
    public ServerSocket serverSocket() throws IOException {
        return serverSocket("TLSv1.3", "TLSv1.2");
    }

    /** The same with these versions of TLS alone. */
    public ServerSocket serverSocket(String... protocols) throws IOException {
        SSLContext context = new HandshakeCertificates.Builder()
                .heldCertificate(server)
                .addTrustedCertificate(authority.certificate())
                .build()
                .sslContext();
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        socket.setEnabledProtocols(protocols);
        socket.setNeedClientAuth(clientMustIdentify);
        return socket;
    }

    /** A client's trust in the authority, and no certificate of its own. */
    public SSLContext clientContext() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate())
                .build()
                .sslContext();
    }

    /** The same with a certificate of its own, from the same authority. */
    public SSLContext identifiedClientContext() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate())
                .heldCertificate(new HeldCertificate.Builder()
                        .commonName("client")
                        .signedBy(authority)
                        .build())
                .build()
                .sslContext();
    }
}
