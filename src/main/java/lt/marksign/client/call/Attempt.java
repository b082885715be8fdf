package lt.marksign.client.call;

import feign.Request;
import feign.Response;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignResponseException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request once and classifies the response. It has no state, so one object serves all attempts of a call.
 *
 * @param withoutToken the request without its token; Feign, interceptors and listeners see this one
 * @param withToken the request that is sent
 */
record Attempt(
        Transport transport,
        GatewayCall call,
        Request withoutToken,
        Transport.AuthorizedRequest withToken,
        Deadline deadline,
        CallSettings settings) {
    private static final String REFUSED = "refused";
    private static final String UNEXPECTED = "unexpected";
    private static final String NO_RESPONSE = "no response";
    private static final int TOO_MANY = 429;

    /** The {@code error_code} if the gateway could not connect to another service. */
    private static final int NOT_CONNECTED = 50002;

    /** The media types that a message may show. Others are foreign text. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("application/(json|octet-stream|pdf|xml|zip)|text/(html|plain|xml)");

    /** The start of a PDF, or of a ZIP container, which ADoc, BDoc and ASiC are; decoded as ISO 8859-1. */
    private static final Pattern DOCUMENT = Pattern.compile("\\A(?:(?:\u00ef\u00bb\u00bf)?\\s*%PDF-|PK\\x03\\x04)");

    /** A URL. Its groups are the scheme and the host, without user info, path and query. */
    private static final Pattern SERVER = Pattern.compile("(?s)^(\\w+://)(?:[^/?#]*@)?([^/?#]*).*");

    /** The number of bytes that are enough to tell a document from text. */
    private static final int START = 1024;

    /**
     * The outcome of one attempt.
     *
     * @param httpStatus the HTTP status, or 0 if there was no response
     * @param name the outcome in a word, for logs
     * @param response the response if its status is a success, or null
     * @param outcomeUnknown whether the gateway may have acted
     * @param retryable whether a retry is useful and safe
     * @param retryAfter the pause that the gateway asks for before a retry
     * @param exception creates the exception; its argument is whether the outcome of the whole call is unknown
     */
    record Outcome(
            int httpStatus,
            String name,
            @Nullable Response response,
            boolean outcomeUnknown,
            boolean retryable,
            Duration retryAfter,
            Function<Boolean, MarkSignException> exception) {

        static Outcome ok(Response response) {
            return new Outcome(response.status(), "ok", response, false, false, Duration.ZERO, unknown -> {
                throw new AssertionError("ok is no failure");
            });
        }

        /** Returns the exception for the caller. The failures of earlier attempts are suppressed exceptions of it. */
        MarkSignException toException(List<Outcome> earlier, boolean unknown) {
            MarkSignException result = exception.apply(outcomeUnknown || unknown);
            earlier.forEach(one -> result.addSuppressed(one.exception.apply(one.outcomeUnknown)));
            return result;
        }
    }

    Outcome execute(Request.Options options) {
        if (Thread.currentThread().isInterrupted()) {
            return interrupted();
        }
        Response response;
        try {
            response = transport.send(withToken, options, deadline);
        } catch (IOException e) {
            CallerSideFailure.throwIfCausedByCaller(e);
            return noResponse(e, e instanceof Transport.SentException);
        }
        try (response) {
            return interpret(response);
        } catch (IOException e) {
            CallerSideFailure.throwIfCausedByCaller(e);
            return noResponse(e, true);
        } catch (RuntimeException e) {
            return noResponse(new IOException(e.toString(), e), true);
        }
    }

    /** Returns the outcome of an attempt that an interrupt prevented. */
    Outcome interrupted() {
        return noResponse("interrupted before the request was sent", null, false, false);
    }

    private Outcome interpret(Response response) throws IOException {
        Received received;
        try {
            received = maySendDocument(response) ? receiveDocument(response) : receiveJson(response);
        } catch (BoundedBody.TooLongException e) {
            String limit =
                    call.method().mayReturnDocument() ? " (maxDocumentSize is " + settings.maxDocumentSize() + ")" : "";
            received = new Received(Verdict.unexpected(e.getMessage() + limit + call.written()), new byte[0]);
        }
        return switch (received.verdict.meaning()) {
            case OK -> succeeded(response, received.body);
            case REFUSED -> refused(response, received.verdict);
            case UNEXPECTED -> unexpected(response, received.verdict, received.body);
        };
    }

    /** Interceptors and loggers see the request without its token. */
    private Outcome succeeded(Response response, byte[] body) {
        return Outcome.ok(response.toBuilder().request(withoutToken).body(body).build());
    }

    private record Received(Verdict verdict, byte[] body) {}

    private boolean maySendDocument(Response response) {
        // The body of a 206 is a part of a document.
        return call.method().operation().returnsDocument() && isSuccess(response) && response.status() != 206;
    }

    private static boolean isSuccess(Response response) {
        return response.status() / 100 == 2;
    }

    private Received receiveJson(Response response) throws IOException {
        boolean ofDocument = call.method().mayReturnDocument() && isSuccess(response);
        try (BoundedBody in = new BoundedBody(response, deadline, settings.maxLength(ofDocument))) {
            byte[] start = in.readNBytes(START);
            // Most responses are short, and readAllBytes() starts with a buffer of 8 KiB.
            InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), in);
            return read(response, start.length < START ? start : all.readAllBytes());
        }
    }

    private Received read(Response response, byte[] body) throws IOException {
        Verdict verdict = Verdict.read(response.status(), body, call.method().successes());
        if (verdict.meaning() == Verdict.Meaning.OK) {
            try {
                if (call.method().operation().returnsDocument()) {
                    return new Received(Verdict.unexpected("the body is JSON and not a document"), body);
                }
                setResult(response, Models.read(body, call.method().responseType(), settings.spec()));
            } catch (Models.UnreadableException e) {
                return new Received(Verdict.unexpected(String.valueOf(e.getMessage())), body);
            }
        }
        return new Received(verdict, body);
    }

    private Received receiveDocument(Response response) throws IOException {
        OptionalLong length = length(response);
        if (length.orElse(0) > settings.maxDocumentSize()) {
            throw new BoundedBody.TooLongException(settings.maxDocumentSize());
        }
        Download download = call.download;
        long max = download == null
                ? Math.min(settings.maxDocumentSize(), Integer.MAX_VALUE - 8)
                : settings.maxDocumentSize();
        try (InputStream in = new BufferedInputStream(new BoundedBody(response, deadline, max))) {
            in.mark(START);
            byte[] start = in.readNBytes(START);
            if (!isDocument(start)) {
                in.reset();
                return read(response, in.readNBytes(BoundedBody.MAX_BYTES));
            }
            String fault = transferFault(response);
            if (fault != null) {
                return new Received(Verdict.unexpected(fault), new byte[0]);
            }
            in.reset();
            if (download == null) {
                setResult(response, in.readAllBytes());
            } else {
                download.receive(in, length, deadline);
                setResult(response, new byte[0]);
            }
            return new Received(Verdict.ok(), new byte[0]);
        }
    }

    private void setResult(Response response, Object result) {
        call.httpStatus = response.status();
        call.result = result;
    }

    /** Recognizes a document by its first bytes. The media type of a response is not reliable. */
    private static boolean isDocument(byte[] start) {
        return DOCUMENT.matcher(new String(start, StandardCharsets.ISO_8859_1)).find();
    }

    /** Returns why a complete transfer cannot be told from a truncated or an encoded one, or null if it can. */
    private static @Nullable String transferFault(Response response) {
        String encoding = header(response, "Content-Encoding");
        String transfer = header(response, "Transfer-Encoding");
        if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            return "the document has a Content-Encoding, although none was requested";
        }
        boolean endIsKnown = transfer.isEmpty() ? length(response).isPresent() : transfer.equalsIgnoreCase("chunked");
        return endIsKnown ? null : "the document has no length, so a lost connection would look like its end";
    }

    private static OptionalLong length(Response response) {
        String length = header(response, "Content-Length");
        return length.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(length)) : OptionalLong.empty();
    }

    private Outcome refused(Response response, Verdict verdict) {
        String message =
                Secrets.LONG_RUN.matcher(call.secrets().hideIn(verdict.text())).replaceAll(Secrets.REDACTED);
        return failed(
                response,
                REFUSED,
                mayHaveBegun(verdict, response.status()) || !transport.isResponseCertain(),
                unknown -> MarkSignApiException.of(
                        call.describe(unknown), message, verdict.errorCode(), response.status(), unknown));
    }

    /** A gateway in trouble does not say whether it acted before it failed. */
    private boolean mayHaveBegun(Verdict refusal, int status) {
        return !call.method().operation().idempotent()
                && status != TOO_MANY
                && refusal.errorCode().orElse(0) != NOT_CONNECTED
                // Only the type of this exception is used.
                && MarkSignApiException.of("", "", refusal.errorCode(), status, false)
                        instanceof MarkSignUnavailableException;
    }

    /** A response that breaks the contract may come from another server, so it does not tell whether the gateway acted. */
    private Outcome unexpected(Response response, Verdict verdict, byte[] body) {
        // The response may be a part of a document, or repeat the document of the request.
        String excerpt = call.method().mayReturnDocument() || withToken.payload() != null
                ? ""
                : new String(body, 0, Math.min(body.length, START), StandardCharsets.UTF_8);
        boolean unknown = !(isTurnedAway(response, body) && transport.isResponseCertain());
        String reason = (response.status() / 100 == 3 ? "a redirect, which is not followed; " : "")
                + verdict.text()
                + (MEDIA_TYPE.matcher(contentType(response)).matches() ? ", " + contentType(response) : "");
        return failed(
                response,
                UNEXPECTED,
                unknown,
                isUnknown -> new MarkSignUnexpectedResponseException(
                        call.describe(isUnknown), reason, response.status(), excerpt, isUnknown));
    }

    /** A gateway that responds with 429 did not act, unless its body would be a success under the status 200. */
    private boolean isTurnedAway(Response response, byte[] body) {
        return response.status() == TOO_MANY
                && Verdict.read(200, body, call.method().successes()).meaning() != Verdict.Meaning.OK;
    }

    private static String contentType(Response response) {
        return header(response, "Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** A request that is not idempotent is sent again only if the gateway certainly did not act. */
    private Outcome failed(
            Response response,
            String outcome,
            boolean outcomeUnknown,
            Function<Boolean, MarkSignResponseException> exception) {
        int status = response.status();
        boolean turnedAway = status == TOO_MANY && !outcomeUnknown;
        boolean busy = status == TOO_MANY || status == 503;
        boolean retryable = turnedAway || busy && call.method().operation().idempotent();
        Optional<Duration> retryAfter = CallSettings.RetryPolicy.retryAfter(response.headers());
        Secrets secrets = call.secrets();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        response.headers()
                .forEach((name, values) -> headers.put(
                        secrets.hideIn(name),
                        values.stream().map(secrets::hideIn).toList()));
        return new Outcome(
                status,
                outcome,
                null,
                outcomeUnknown,
                retryable,
                retryAfter.orElse(Duration.ZERO),
                unknown -> exception.apply(unknown).withResponse(headers, retryAfter));
    }

    private static String header(Response response, String name) {
        Collection<String> values = response.headers().getOrDefault(name, List.of());
        return String.join(", ", values);
    }

    private Outcome noResponse(IOException failure, boolean mayHaveReached) {
        Throwable cause =
                call.secrets().hideIn(failure instanceof Transport.SentException ? failure.getCause() : failure);
        if (Thread.currentThread().isInterrupted()) {
            return noResponse("interrupted while waiting for the response", cause, mayHaveReached, false);
        }
        if (deadline.hasPassed()) {
            return noResponse("no response within " + deadline, cause, mayHaveReached, false);
        }
        if (transport.isClosed()) {
            return noResponse("the client was closed during the call", cause, mayHaveReached, false);
        }
        String what = mayHaveReached ? "the response was lost" : "the gateway was not reached";
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return noResponse(
                what + ": " + why,
                cause,
                mayHaveReached,
                !mayHaveReached || call.method().operation().idempotent());
    }

    private Outcome noResponse(String what, @Nullable Throwable cause, boolean outcomeUnknown, boolean retryable) {
        String server = " (" + SERVER.matcher(withoutToken.url()).replaceFirst("$1$2") + ")";
        String reason = what + call.written() + server;
        return new Outcome(
                0,
                NO_RESPONSE,
                null,
                outcomeUnknown,
                retryable && call.isRestartable(),
                Duration.ZERO,
                unknown -> new MarkSignConnectionException(call.describe(unknown), reason, cause, unknown));
    }
}
