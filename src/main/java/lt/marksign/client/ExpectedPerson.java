package lt.marksign.client;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import lt.marksign.client.model.Certificate;
import lt.marksign.client.model.CertificateSubject;
import lt.marksign.client.model.CertificateValue;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * The person whom a request named, as far as it did.
 *
 * @param code the person's national identification number, or null
 * @param country whose number that is, or null
 */
record ExpectedPerson(@Nullable String code, @Nullable Country country) {
    /** Of a session that was resumed by its id. */
    static final ExpectedPerson UNKNOWN = new ExpectedPerson(null, null);

    /** ETSI EN 319 412-1: the kind of the number and its country; old certificates have the number only. */
    private static final Pattern SERIAL_NUMBER = Pattern.compile("(?:[A-Z]{3}([A-Z]{2})-)?(.*)");

    private static final Pattern IN_SUBJECT = Pattern.compile("(?:^|[,+])serialNumber=([^,+]*)");

    static ExpectedPerson namedIn(@Nullable Object request) {
        return request == null
                ? UNKNOWN
                : new ExpectedPerson(
                        (String) Spec.GATEWAY.value(request, "code"), (Country) Spec.GATEWAY.value(request, "country"));
    }

    /** Whether nothing in an identification names another person. */
    boolean mayBe(Identification person) {
        Optional<Certificate> certificate = Optional.ofNullable(person.getCertificate());
        Optional<CertificateSubject> subject = certificate.map(Certificate::getSubject);
        Stream<String> serialNumbers = Stream.concat(
                subject.map(CertificateSubject::getSerialNumber).filter(text -> !text.isBlank()).stream(),
                certificate.map(Certificate::getValue).flatMap(CertificateValue::toX509Certificate).stream()
                        .flatMap(ExpectedPerson::serialNumbers));
        return code == null
                || hasCode(String.valueOf(person.getCode()))
                        && isOf(person.getCountry())
                        && isOf(subject.map(CertificateSubject::getCountry).orElse(null))
                        && serialNumbers.allMatch(this::hasSerialNumber);
    }

    private boolean hasCode(String other) {
        return String.valueOf(code).replace("-", "").equals(other.replace("-", ""));
    }

    /** Two countries may give out the same number. */
    private boolean isOf(@Nullable String other) {
        return country == null
                || other == null
                || other.isBlank()
                || country.getValue().equalsIgnoreCase(other.strip());
    }

    private boolean hasSerialNumber(String serialNumber) {
        Matcher parts = SERIAL_NUMBER.matcher(serialNumber);
        return parts.matches() && isOf(parts.group(1)) && hasCode(parts.group(2));
    }

    /** A name that quotes another attribute adds one that has to be right as well. */
    private static Stream<String> serialNumbers(X509Certificate certificate) {
        String subject =
                certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, Map.of("2.5.4.5", "serialNumber"));
        return IN_SUBJECT.matcher(subject).results().map(found -> found.group(1));
    }
}
