package lt.marksign.client;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import lt.marksign.client.model.Certificate;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Who was asked to identify, as far as it is known.
 *
 * @param code the person's national identification number, or null
 * @param country whose number that is, or null
 */
record Asked(@Nullable String code, @Nullable Country country) {
    /** Of a session that somebody else began. */
    static final Asked SOMEBODY = new Asked(null, null);

    /** ETSI EN 319 412-1: what kind of number it is, and whose; certificates of old have the number alone. */
    private static final Pattern KIND = Pattern.compile("^[A-Z]{3}([A-Z]{2})-");

    private static final Pattern SERIAL_NUMBER = Pattern.compile("(?:^|[,+])serialNumber=([^,+]*)");
    private static final Map<String, String> OID = Map.of("2.5.4.5", "serialNumber");

    /** Whom a request to begin a session names. */
    static Asked by(@Nullable Object request) {
        return request == null
                ? SOMEBODY
                : new Asked(
                        (String) Spec.GATEWAY.value(request, "code"), (Country) Spec.GATEWAY.value(request, "country"));
    }

    /** Whether an identification is of somebody else. */
    boolean isNot(Identification person) {
        return code != null
                && (!digits(code).equals(digits(String.valueOf(person.getCode())))
                        || isElsewhere(person.getCountry())
                        || person.getCertificate() != null
                                && person.getCertificate().getSubject() != null
                                && isElsewhere(
                                        person.getCertificate().getSubject().getCountry())
                        || serialNumbers(person.getCertificate()).anyMatch(Predicate.not(this::isIn)));
    }

    /** One number may be given out in two countries. */
    private boolean isElsewhere(@Nullable String told) {
        return country != null
                && told != null
                && !told.isBlank()
                && !told.strip().equalsIgnoreCase(country.getValue());
    }

    private boolean isIn(String serialNumber) {
        var kind = KIND.matcher(serialNumber);
        boolean ofCountry = !kind.find() || country == null || kind.group(1).equals(country.getValue());
        return ofCountry && digits(String.valueOf(code)).equals(digits(kind.replaceFirst("")));
    }

    private static String digits(String code) {
        return code.replace("-", "");
    }

    /** As the gateway tells it, and as the certificate itself does. */
    private static Stream<String> serialNumbers(@Nullable Certificate certificate) {
        if (certificate == null) {
            return Stream.empty();
        }
        Stream<String> told = Stream.ofNullable(certificate.getSubject())
                .flatMap(subject -> Stream.ofNullable(subject.getSerialNumber()))
                .filter(text -> !text.isBlank());
        return Stream.concat(
                told,
                Stream.ofNullable(certificate.getValue())
                        .flatMap(value -> value.toX509Certificate().stream())
                        .flatMap(Asked::serialNumbers));
    }

    private static Stream<String> serialNumbers(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, OID);
        // A name that quotes another attribute adds one that has to be right as well.
        return SERIAL_NUMBER.matcher(subject).results().map((MatchResult found) -> found.group(1));
    }
}
