package lt.marksign.client.error;

import java.util.OptionalInt;

/** A {@code status: error} of the gateway, and the one place that decides which exception it becomes. */
record Refusal(String call, String gatewayMessage, OptionalInt errorCode, ResponseHead head, boolean outcomeUnknown) {

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
        int httpStatus = head.httpStatus();
        if (httpStatus == 401 || httpStatus == 403) {
            return new MarkSignAccessException(this);
        }
        if (httpStatus == 404) {
            return new MarkSignNotFoundException(this);
        }
        if (httpStatus == 429 || httpStatus / 100 == 5) {
            return new MarkSignUnavailableException(this);
        }
        return new MarkSignApiException(this);
    }

    String describe() {
        String said = gatewayMessage.isBlank() ? "without a message" : "\"" + Text.line(gatewayMessage) + "\"";
        String code = errorCode.isPresent() ? ", error_code " + errorCode.getAsInt() : "";
        return call + ": the gateway refused, " + said + " (HTTP " + head.httpStatus() + code + ")";
    }
}
