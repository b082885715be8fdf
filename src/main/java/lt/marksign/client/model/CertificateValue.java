package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A person's certificate as the gateway wrote it: base64 of DER, base64 of that base64, or PEM.
 *
 * @param raw the text, which names a person
 */
@NullMarked
public record CertificateValue(@JsonValue String raw) implements Serializable {
    /**
     * Keeps a certificate; it is not read yet.
     *
     * @param text what the gateway wrote
     * @return the certificate, or null for a blank text
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static @Nullable CertificateValue parse(String text) {
        return text.isBlank() ? null : new CertificateValue(text);
    }

    /**
     * Reads the certificate.
     *
     * @return the certificate; whether to trust it is not checked. Empty if Java cannot read it: see {@link #raw()}
     */
    public Optional<X509Certificate> toX509Certificate() {
        try {
            byte[] der = SignatureValue.decode(raw.replaceAll("-----[A-Z0-9 ]+-----", ""));
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
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
