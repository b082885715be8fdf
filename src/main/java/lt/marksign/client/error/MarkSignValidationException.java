package lt.marksign.client.error;

/**
 * An argument breaks a rule, and nothing was sent. An {@link IllegalArgumentException}, and no {@link MarkSignException}: catch
 * it where the argument is what a person filled in, such as a personal code.
 */
public final class MarkSignValidationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** What breaks the rule. */
    private final String field;

    /** The rule. */
    private final String rule;

    /**
     * Made by the client; a test of yours may make one as well.
     *
     * @param field what {@link #field()} is to return
     * @param rule what {@link #rule()} is to return
     */
    public MarkSignValidationException(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /**
     * Returns what breaks the rule: a setting, a parameter, or a field of the request.
     *
     * @return its name; that of a field within another one is its path, such as {@code signers[0].email}
     */
    public String field() {
        return field;
    }

    /**
     * Returns the rule.
     *
     * @return a text for developers, such as {@code must not be null or blank}; it does not repeat a secret
     */
    public String rule() {
        return rule;
    }
}
