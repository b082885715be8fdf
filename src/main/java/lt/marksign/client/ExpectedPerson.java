package lt.marksign.client;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
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
 * The person that a request named. Null stands for an unknown part.
 *
 * @param code the person's national identification number, or null
 * @param country the country that issued the number, from the request or its phone prefix; or null
 */
record ExpectedPerson(@Nullable String code, @Nullable Country country) {
    /** The person of a session that was resumed by its id. */
    static final ExpectedPerson UNKNOWN = new ExpectedPerson(null, null);

    /** ETSI EN 319 412-1: an optional type and country, then the number. Old certificates have only the number. */
    private static final Pattern NUMBER = Pattern.compile("(?:[A-Z]{3}([A-Z]{2})-)?(.*)");

    /** Serial numbers, and personal codes elsewhere in a name. Excludes organizations' codes ({@code NTRLV-40003000642}). */
    private static final Pattern IN_NAME =
            Pattern.compile("(?<=serialNumber=)[^,+/]+|(?<![A-Z\\d-])(?:PNO[A-Z]{2}-)?\\d{6}-?\\d{5}(?!\\d)");

    private static final Map<String, Country> OF_PHONE =
            Map.of("370", Country.LT, "371", Country.LV, "372", Country.EE);

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

    /** Returns {@code false} if the result names another person. Without a code to compare, returns {@code true}. */
    boolean mayBe(Object result) {
        Certificate certificate = Objects.requireNonNullElseGet(
                (Certificate) Spec.GATEWAY.value(result, "certificate"), Certificate::new);
        CertificateSubject subject = Objects.requireNonNullElseGet(certificate.getSubject(), CertificateSubject::new);
        String names =
                certificate.getName() + ", " + subject.getCommonName() + ", " + subjectOf(certificate.getValue());
        Stream<String> numbers = Stream.concat(
                Stream.of((String) Spec.GATEWAY.value(result, "code"), subject.getSerialNumber()),
                IN_NAME.matcher(names).results().map(MatchResult::group));
        return code == null
                || Stream.of((String) Spec.GATEWAY.value(result, "country"), subject.getCountry())
                                .allMatch(this::isOf)
                        && numbers.allMatch(this::hasNumber);
    }

    /** Compares the country too, because two countries may issue the same number. */
    private boolean isOf(@Nullable String other) {
        return country == null
                || other == null
                || other.isBlank()
                || country.getValue().equalsIgnoreCase(other.strip());
    }

    private boolean hasNumber(@Nullable String number) {
        Matcher parts = NUMBER.matcher(String.valueOf(number));
        return number == null
                || number.isBlank()
                || parts.matches()
                        && isOf(parts.group(1))
                        && String.valueOf(code)
                                .replace("-", "")
                                .equals(parts.group(2).replace("-", ""));
    }

    private static String subjectOf(@Nullable CertificateValue certificate) {
        return Optional.ofNullable(certificate)
                .flatMap(CertificateValue::toX509Certificate)
                .map(X509Certificate::getSubjectX500Principal)
                .map(subject -> subject.getName(X500Principal.RFC2253, Map.of("2.5.4.5", "serialNumber")))
                .orElse("");
    }
}
