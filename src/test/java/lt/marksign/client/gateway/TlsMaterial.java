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

/** A certificate authority, a server whose certificate it may have signed, and clients that trust the authority. */
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

    /** Returns a server with a valid certificate. */
    public static TlsMaterial trusted() {
        return new TlsMaterial(TlsMaterial::forLocalhost, true, false);
    }

    /** Returns a server that also requires a client certificate. */
    public static TlsMaterial trustedAndAskingForAClientCertificate() {
        return new TlsMaterial(TlsMaterial::forLocalhost, true, true);
    }

    /** Returns a server whose certificate no authority has signed. */
    public static TlsMaterial selfSigned() {
        return new TlsMaterial(TlsMaterial::forLocalhost, false, false);
    }

    /** Returns a server whose certificate expired an hour ago. */
    public static TlsMaterial expired() {
        long now = System.currentTimeMillis();
        return new TlsMaterial(
                builder -> forLocalhost(builder)
                        .validityInterval(now - TimeUnit.DAYS.toMillis(2), now - TimeUnit.HOURS.toMillis(1)),
                true,
                false);
    }

    /** Returns a server with the certificate of another host. */
    public static TlsMaterial ofAnotherHost() {
        return new TlsMaterial(builder -> builder.addSubjectAlternativeName("other.example"), true, false);
    }

    /** Returns a socket on loopback on which this server listens. */
    public ServerSocket serverSocket() throws IOException {
        return serverSocket("TLSv1.3", "TLSv1.2");
    }

    /** Returns a socket on loopback that supports only these versions of TLS. */
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

    /** Returns the context of a client that trusts the authority and has no certificate. */
    public SSLContext clientContext() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate())
                .build()
                .sslContext();
    }

    /** Returns the context of a client that trusts the authority and has a certificate from it. */
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
