package lt.marksign.client.error;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The gateway responded with {@code status: error}: it understood the call and refused it. The subtype says who has to act
 * next:
 *
 * <table>
 *   <caption>Which response becomes which type</caption>
 *   <thead>
 *     <tr><th>type</th><th>{@code error_code}</th><th>HTTP status, if there is no known code</th></tr>
 *   </thead>
 *   <tbody>
 *     <tr><td>{@link MarkSignAccessException}</td><td>40003, 50003, 50004</td><td>401, 403</td></tr>
 *     <tr><td>{@link MarkSignRequestException}</td><td>40001, 40004, 40005, 40022</td><td></td></tr>
 *     <tr><td>{@link MarkSignUserException}</td><td>40020, 40021, 40401, 40403, 40801</td><td></td></tr>
 *     <tr><td>{@link MarkSignNotFoundException}</td><td>40402</td><td>404</td></tr>
 *     <tr><td>{@link MarkSignUnavailableException}</td><td>50000, 50001, 50002</td><td>429, 5xx</td></tr>
 *     <tr><td>{@code MarkSignApiException} itself</td><td></td><td>any other</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>The codes come from the gateway's published table. {@link #errorCode()} also returns a code outside the table. The
 * gateway's {@code message} does not affect the type: it is for people, in the language of the call.
 */
public class MarkSignApiException extends MarkSignResponseException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #gatewayMessage()}. */
    private final String gatewayMessage;
    /** The value of {@link #errorCode()}, or null. */
    private final @Nullable Integer errorCode;

    MarkSignApiException(Refusal refusal) {
        super(refusal.describe(), refusal.httpStatus(), refusal.outcomeUnknown());
        this.gatewayMessage = refusal.gatewayMessage();
        this.errorCode = refusal.errorCode().isPresent() ? refusal.errorCode().getAsInt() : null;
    }

    /**
     * Creates the exception of the table above. The client calls this method; your tests can call it too.
     *
     * @param call the name of the call, for the exception's message
     * @param gatewayMessage the gateway's {@code message}; empty if it gave none
     * @param errorCode the gateway's {@code error_code}; empty if it gave none
     * @param httpStatus the response's HTTP status
     * @param outcomeUnknown the value of {@link #outcomeUnknown()}
     * @return the exception, which is not thrown
     */
    public static MarkSignApiException of(
            String call, String gatewayMessage, OptionalInt errorCode, int httpStatus, boolean outcomeUnknown) {
        return new Refusal(call, gatewayMessage, errorCode, httpStatus, outcomeUnknown).toException();
    }

    /**
     * Returns the gateway's explanation of the refusal, for people to read.
     *
     * @return the gateway's {@code message} in the language of the call; empty if it gave none; cut off after 4,096 characters
     */
    public final String gatewayMessage() {
        return gatewayMessage;
    }

    /**
     * Returns the gateway's code of the refusal, for programs to read.
     *
     * @return the gateway's {@code error_code}; empty if it gave none
     */
    public final OptionalInt errorCode() {
        return errorCode == null ? OptionalInt.empty() : OptionalInt.of(errorCode);
    }

    /** A refusal by the gateway. Only this record decides which exception a refusal becomes. */
    record Refusal(String call, String gatewayMessage, OptionalInt errorCode, int httpStatus, boolean outcomeUnknown) {

        MarkSignApiException toException() {
            return switch (errorCode.orElse(0)) {
                case 40003, 50003, 50004 -> new MarkSignAccessException(this);
                case 40001, 40004, 40005, 40022 -> new MarkSignRequestException(this);
                case 40020, 40021, 40401, 40403, 40801 -> new MarkSignUserException(this);
                case 40402 -> new MarkSignNotFoundException(this);
                case 50000, 50001, 50002 -> new MarkSignUnavailableException(this);
                default -> byHttpStatus();
            };
        }

        private MarkSignApiException byHttpStatus() {
            return switch (httpStatus / 100 == 5 ? 500 : httpStatus) {
                case 401, 403 -> new MarkSignAccessException(this);
                case 404 -> new MarkSignNotFoundException(this);
                case 429, 500 -> new MarkSignUnavailableException(this);
                default -> new MarkSignApiException(this);
            };
        }

        String describe() {
            String said = gatewayMessage.isBlank() ? "without a message" : "\"" + line(gatewayMessage) + "\"";
            String code = errorCode.isPresent() ? ", error_code " + errorCode.getAsInt() : "";
            return call + ": the gateway refused, " + said + " (HTTP " + httpStatus + code + ")";
        }
    }
}
