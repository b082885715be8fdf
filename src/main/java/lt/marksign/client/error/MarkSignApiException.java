package lt.marksign.client.error;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The gateway responded with {@code status: error}: it understood the call and refused it. The subtypes tell whose move it
 * is next:
 *
 * <table>
 *   <caption>Which response becomes which type</caption>
 *   <thead>
 *     <tr><th>type</th><th>{@code error_code}</th><th>HTTP status, without a known code</th></tr>
 *   </thead>
 *   <tbody>
 *     <tr><td>{@link MarkSignAccessException}</td><td>40003, 50003, 50004</td><td>401, 403</td></tr>
 *     <tr><td>{@link MarkSignRequestException}</td><td>40001, 40004, 40005, 40022</td><td></td></tr>
 *     <tr><td>{@link MarkSignUserException}</td><td>40020, 40021, 40401, 40403, 40801</td><td></td></tr>
 *     <tr><td>{@link MarkSignNotFoundException}</td><td>40402</td><td>404</td></tr>
 *     <tr><td>{@link MarkSignUnavailableException}</td><td>50000, 50001, 50002</td><td>429, 5xx</td></tr>
 *     <tr><td>{@code MarkSignApiException} itself</td><td></td><td>every other</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>The codes are those of the gateway's published table. A code outside it is kept in {@link #errorCode()}. The
 * gateway's text decides nothing: it is for people, and comes in the language of the call.
 */
public class MarkSignApiException extends MarkSignResponseException {
    private static final long serialVersionUID = 1L;

    /** What {@link #gatewayMessage()} tells. */
    private final String gatewayMessage;
    /** What {@link #errorCode()} tells. */
    private final @Nullable Integer errorCode;

    MarkSignApiException(Refusal refusal) {
        super(refusal.describe(), refusal.httpStatus(), refusal.outcomeUnknown());
        this.gatewayMessage = refusal.gatewayMessage();
        this.errorCode = refusal.errorCode().isPresent() ? refusal.errorCode().getAsInt() : null;
    }

    /**
     * Makes the exception that the table above names. The client calls it; a test of yours may as well.
     *
     * @param call what was called, for the exception's message
     * @param gatewayMessage the gateway's {@code message}, empty if it gave none
     * @param errorCode the gateway's {@code error_code}, empty if it gave none
     * @param httpStatus the response's HTTP status
     * @param outcomeUnknown what {@link #outcomeUnknown()} is to return
     * @return the exception, for the caller to throw
     */
    public static MarkSignApiException of(
            String call, String gatewayMessage, OptionalInt errorCode, int httpStatus, boolean outcomeUnknown) {
        return new Refusal(call, gatewayMessage, errorCode, httpStatus, outcomeUnknown).toException();
    }

    /**
     * What the gateway said is wrong, for people to read.
     *
     * @return the gateway's {@code message}, in the language of the call, or an empty text if it gave none; of one longer
     *     than 4,096 characters the beginning
     */
    public final String gatewayMessage() {
        return gatewayMessage;
    }

    /**
     * What the gateway said is wrong, for programs to read.
     *
     * @return the gateway's {@code error_code}, or empty if it gave none
     */
    public final OptionalInt errorCode() {
        return errorCode == null ? OptionalInt.empty() : OptionalInt.of(errorCode);
    }

    /** A {@code status: error} of the gateway, and the one place that decides which exception it becomes. */
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
