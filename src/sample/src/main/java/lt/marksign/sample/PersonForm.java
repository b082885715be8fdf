package lt.marksign.sample;

import java.io.Serializable;
import java.util.regex.Pattern;
import lt.marksign.client.model.Country;

/**
 * The person whom a form names.
 *
 * @param method Smart-ID or Mobile-ID, with which the person confirms
 * @param code the national identification number
 * @param country the country of the number, which Smart-ID requires; null if unknown
 * @param phone the phone number, which Mobile-ID requires
 */
record PersonForm(EidMethod method, String code, Country country, String phone) implements Serializable {
    private static final Pattern CODE = Pattern.compile("[0-9]{6}-?[0-9]{5}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,15}");

    PersonForm {
        code = code.strip();
        phone = phone.replaceAll("[\\s()-]", "");
    }

    enum EidMethod {
        SMART_ID("Smart\u2011ID"),
        MOBILE_ID("Mobile\u2011ID");

        private final String title;

        EidMethod(String title) {
            this.title = title;
        }

        /** Returns the method's name with a non-breaking hyphen. */
        public String getTitle() {
            return title;
        }

        /** Returns the method that the value of a form's button stands for. */
        static EidMethod of(String button) {
            return button.equals("mobile-id") ? MOBILE_ID : SMART_ID;
        }
    }

    /**
     * Returns the first invalid field, or an empty text. The library rejects such values too, but the form shows the error
     * beside the field.
     */
    public String invalidField() {
        if (!CODE.matcher(code).matches()) {
            return "personal-code";
        }
        return method == EidMethod.MOBILE_ID && !PHONE.matcher(phone).matches() ? "phone" : "";
    }

    /** Returns the same person with a country that is not from the form. */
    PersonForm withCountry(Country country) {
        return new PersonForm(method, code, country, phone);
    }

    /** Returns whether a personal code in a response is this person's. */
    boolean hasCode(String otherCode) {
        return otherCode.replace("-", "").equals(code.replace("-", ""));
    }
}
