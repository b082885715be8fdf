package lt.marksign.client.error;

/**
 * An argument breaks a rule. Nothing was sent, unless the argument is content of unknown size, which is checked while it is
 * sent. This is an {@link IllegalArgumentException} and not a {@link MarkSignException}. Catch it where the argument is a
 * person's input, such as a personal code.
 */
public final class MarkSignValidationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #field()}. */
    private final String field;

    /** The value of {@link #rule()}. */
    private final String rule;

    /**
     * Creates an exception. The client calls this constructor; your tests can call it too.
     *
     * @param field the value of {@link #field()}
     * @param rule the value of {@link #rule()}
     */
    public MarkSignValidationException(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /**
     * Returns the name of the setting, the parameter or the request's field that breaks the rule.
     *
     * @return the name; for a nested field its path, such as {@code signers[0].email}
     */
    public String field() {
        return field;
    }

    /**
     * Returns the rule that is broken.
     *
     * @return a text for developers, such as {@code must not be null or blank}; it does not repeat a secret
     */
    public String rule() {
        return rule;
    }
}
