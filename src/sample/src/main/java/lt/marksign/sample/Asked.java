package lt.marksign.sample;

import java.io.Serializable;
import java.util.regex.Pattern;
import lt.marksign.client.model.Country;

/**
 * Whom a form asks, as it was filled in.
 *
 * @param means by what they are to act
 * @param code their national identification number
 * @param country whose number that is, which Smart-ID wants to know; null if nobody said it
 * @param phone their phone, which Mobile-ID wants to know
 */
record Asked(Means means, String code, Country country, String phone) implements Serializable {
    private static final Pattern CODE = Pattern.compile("[0-9]{6}-?[0-9]{5}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,15}");

    Asked {
        code = code.strip();
        phone = phone.replaceAll("[\\s()-]", "");
    }

    /** By what a person acts. */
    enum Means {
        SMART_ID("Smart\u2011ID"),
        MOBILE_ID("Mobile\u2011ID");

        private final String title;

        Means(String title) {
            this.title = title;
        }

        /** As people know it, with a hyphen at which no line breaks. */
        public String getTitle() {
            return title;
        }

        /** As the form's buttons say it. */
        static Means of(String button) {
            return button.equals("mobile-id") ? MOBILE_ID : SMART_ID;
        }
    }

    /** The field that cannot be right, or an empty text. The library refuses these too; this says it beside the field. */
    public String wrongField() {
        if (!CODE.matcher(code).matches()) {
            return "personal-code";
        }
        return means == Means.MOBILE_ID && !PHONE.matcher(phone).matches() ? "phone" : "";
    }

    /** The same person, whose country is known from elsewhere than the form. */
    Asked in(Country country) {
        return new Asked(means, code, country, phone);
    }

    /** Whether a response names this very person. */
    boolean is(String identified) {
        return identified.replace("-", "").equals(code.replace("-", ""));
    }
}
