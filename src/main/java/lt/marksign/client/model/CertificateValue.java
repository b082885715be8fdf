package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A person's certificate, as the gateway writes it: base64 of the certificate, or base64 of that base64. */
@NullMarked
public final class CertificateValue {
    private final X509Certificate certificate;

    private CertificateValue(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * Reads a certificate.
     *
     * @param text what the gateway wrote
     * @return the certificate, or null for an empty text
     * @throws IllegalArgumentException if it is no certificate in one of the two encodings
     */
    @JsonCreator
    public static @Nullable CertificateValue parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return new CertificateValue((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(SignatureValue.decode(text))));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("is no X.509 certificate");
        }
    }

    /**
     * The certificate.
     *
     * @return the certificate; whether it is to be trusted is not checked
     */
    public X509Certificate toX509Certificate() {
        return certificate;
    }

    @JsonValue
    private String toBase64() throws CertificateEncodingException {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertificateValue that && certificate.equals(that.certificate);
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }

    /**
     * Nothing of the certificate, which names a person.
     *
     * @return a star
     */
    @Override
    public String toString() {
        return "*";
    }
}
