package lt.marksign.client.exchange;

/**
 * What a log says was called.
 *
 * @param name the operation, the same in every language
 * @param language the language that its path chose, as an ISO 639 code
 */
public record OperationName(String name, String language) {

    /** Tells which operation a generated method calls. */
    @FunctionalInterface
    public interface Naming {
        /**
         * Names an operation.
         *
         * @param method the generated method's name
         * @param path the path's template, as the spec has it
         * @return the operation
         */
        OperationName name(String method, String path);
    }
}
