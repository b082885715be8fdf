package lt.marksign.client.error;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The gateway answered {@code status: error}: it understood the call and refused it. The subtypes tell whose move it is
 * next:
 *
 * <table>
 *   <caption>Which answer becomes which type</caption>
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
public class MarkSignApiException extends MarkSignAnswerException {
    private static final long serialVersionUID = 1L;

    /** What {@link #gatewayMessage()} tells. */
    private final String gatewayMessage;
    /** What {@link #errorCode()} tells. */
    private final @Nullable Integer errorCode;

    MarkSignApiException(Refusal refusal) {
        super(refusal.describe(), refusal.head(), refusal.outcomeUnknown());
        this.gatewayMessage = refusal.gatewayMessage();
        this.errorCode = refusal.errorCode().isPresent() ? refusal.errorCode().getAsInt() : null;
    }

    /**
     * Makes the exception that the table above names. The client calls it; a test of yours may as well.
     *
     * @param call what was called, for the exception's message
     * @param gatewayMessage the gateway's {@code message}, empty if it gave none
     * @param errorCode the gateway's {@code error_code}, empty if it gave none
     * @param httpStatus the answer's HTTP status
     * @param outcomeUnknown what {@link #outcomeUnknown()} is to return
     * @return the exception, for the caller to throw
     */
    public static MarkSignApiException of(
            String call, String gatewayMessage, OptionalInt errorCode, int httpStatus, boolean outcomeUnknown) {
        return of(call, gatewayMessage, errorCode, new ResponseHead(httpStatus), outcomeUnknown);
    }

    /**
     * Makes the exception that the table above names, for an answer with headers.
     *
     * @param call what was called, for the exception's message
     * @param gatewayMessage the gateway's {@code message}, empty if it gave none
     * @param errorCode the gateway's {@code error_code}, empty if it gave none
     * @param head the answer's HTTP status, and what its headers say
     * @param outcomeUnknown what {@link #outcomeUnknown()} is to return
     * @return the exception, for the caller to throw
     */
    public static MarkSignApiException of(
            String call, String gatewayMessage, OptionalInt errorCode, ResponseHead head, boolean outcomeUnknown) {
        return new Refusal(call, gatewayMessage, errorCode, head, outcomeUnknown).toException();
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
}
