package lt.marksign.client;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import lt.marksign.client.model.Certificate;
import lt.marksign.client.model.CertificateSubject;
import lt.marksign.client.model.CertificateValue;
import lt.marksign.client.model.Country;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * The person whom a request named, as far as it did.
 *
 * @param code the person's national identification number, or null
 * @param country whose number that is, as the request or the prefix of its phone says; or null
 */
record ExpectedPerson(@Nullable String code, @Nullable Country country) {
    /** Of a session that was resumed by its id. */
    static final ExpectedPerson UNKNOWN = new ExpectedPerson(null, null);

    /** ETSI EN 319 412-1: the kind of the number and its country; old certificates have the number only. */
    private static final Pattern NUMBER = Pattern.compile("(?:[A-Z]{3}([A-Z]{2})-)?(.*)");

    /** Not an organisation's number, such as {@code NTRLV-40003000642}. */
    private static final Pattern IN_TEXT = Pattern.compile("(?<![A-Z\\d-])(?:PNO[A-Z]{2}-)?\\d{6}-?\\d{5}(?!\\d)");

    private static final Map<String, Country> OF_PHONE =
            Map.of("370", Country.LT, "371", Country.LV, "372", Country.EE);

    private static final Pattern IN_SUBJECT = Pattern.compile("(?:^|[,+])serialNumber=([^,+]*)");

    static ExpectedPerson namedIn(@Nullable Object request) {
        if (request == null) {
            return UNKNOWN;
        }
        Country country = (Country) Spec.GATEWAY.value(request, "country");
        String phone = String.valueOf(Spec.GATEWAY.value(request, "phone")).replace("+", "");
        return new ExpectedPerson(
                (String) Spec.GATEWAY.value(request, "code"),
                country == null ? OF_PHONE.get(phone.substring(0, Math.min(3, phone.length()))) : country);
    }

    /** Whether nothing in a result names another person. */
    boolean mayBe(Object result) {
        Optional<Certificate> certificate =
                Optional.ofNullable((Certificate) Spec.GATEWAY.value(result, "certificate"));
        Optional<CertificateSubject> subject = certificate.map(Certificate::getSubject);
        Stream<String> numbers = Stream.of(
                        Stream.ofNullable((String) Spec.GATEWAY.value(result, "code")),
                        subject.map(CertificateSubject::getSerialNumber).stream(),
                        certificate.map(Certificate::getName).stream().flatMap(ExpectedPerson::codes),
                        subject.map(CertificateSubject::getCommonName).stream().flatMap(ExpectedPerson::codes),
                        certificate.map(Certificate::getValue).flatMap(CertificateValue::toX509Certificate).stream()
                                .flatMap(ExpectedPerson::serialNumbers))
                .flatMap(found -> found)
                .filter(found -> !found.isBlank());
        return code == null
                || isOf((String) Spec.GATEWAY.value(result, "country"))
                        && isOf(subject.map(CertificateSubject::getCountry).orElse(null))
                        && numbers.allMatch(this::hasNumber);
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

    private boolean hasNumber(String number) {
        Matcher parts = NUMBER.matcher(number);
        return parts.matches() && isOf(parts.group(1)) && hasCode(parts.group(2));
    }

    private static Stream<String> codes(String text) {
        return IN_TEXT.matcher(text).results().map(MatchResult::group);
    }

    /** A name that quotes another attribute adds one that has to be right as well. */
    private static Stream<String> serialNumbers(X509Certificate certificate) {
        String subject =
                certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, Map.of("2.5.4.5", "serialNumber"));
        return IN_SUBJECT.matcher(subject).results().map(found -> found.group(1));
    }
}
