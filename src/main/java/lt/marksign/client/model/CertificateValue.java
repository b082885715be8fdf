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
 * A person's certificate as the gateway sent it: DER in base64, encoded once or twice, or PEM.
 *
 * @param raw the text of the certificate, which is personal data
 */
@NullMarked
public record CertificateValue(@JsonValue String raw) implements Serializable {
    /**
     * Wraps the text of a certificate without decoding it.
     *
     * @param text the text that the gateway sent
     * @return the certificate, or null for a blank text
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static @Nullable CertificateValue parse(String text) {
        return text.isBlank() ? null : new CertificateValue(text);
    }

    /**
     * Decodes the certificate. This does not check whether to trust it.
     *
     * @return the certificate; empty if Java cannot read {@link #raw()}
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
     * Hides the certificate, because it names a person.
     *
     * @return {@code *}
     */
    @Override
    public String toString() {
        return "*";
    }
}
