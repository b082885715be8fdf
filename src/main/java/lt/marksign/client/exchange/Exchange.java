package lt.marksign.client.exchange;

import feign.Request;
import feign.Request.ProtocolVersion;
import feign.Response;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.error.ResponseHead;
import lt.marksign.client.json.Answer;
import lt.marksign.client.json.Models;
import lt.marksign.client.secrets.Secrets;
import lt.marksign.client.transport.AuthorizedRequest;
import lt.marksign.client.transport.Body;
import lt.marksign.client.transport.Bytes;
import lt.marksign.client.transport.Deadline;
import lt.marksign.client.transport.LocalFailure;
import lt.marksign.client.transport.Transport;
import org.jspecify.annotations.Nullable;

/** One request and what comes of sending it, as often as it is sent. */
final class Exchange {
    private static final String REFUSED = "refused";
    private static final String UNEXPECTED = "unexpected";
    private static final String NO_ANSWER = "no answer";
    private static final int TOO_MANY = 429;

    /** Any other could be foreign text. */
    private static final Set<String> MEDIA_TYPES =
            Set.of("text/html", "text/plain", "text/xml", "application/json", "application/xml", "application/pdf");

    private final Transport transport;
    private final Call call;
    private final Request unauthorized;
    private final AuthorizedRequest authorized;
    private final Deadline deadline;
    private final long maxDocumentSize;
    private final @Nullable Download download;

    Exchange(
            Transport transport,
            Call call,
            Request request,
            AuthorizedRequest authorized,
            Deadline deadline,
            long maxDocumentSize) {
        this.maxDocumentSize = maxDocumentSize;
        this.call = call;
        this.download = call.invocation() == null ? null : call.invocation().download();
        this.transport = transport.forCall(maxLength(call.called().answersDocument()));
        this.unauthorized = request;
        this.authorized = authorized;
        this.deadline = deadline;
    }

    private Secrets secrets() {
        return call.secrets(authorized.token());
    }

    /** Sends the request once. */
    Attempt attempt(Request.Options options) {
        if (Thread.currentThread().isInterrupted()) {
            return interrupted();
        }
        Response response;
        try {
            response = transport.send(authorized, options, deadline);
        } catch (IOException e) {
            LocalFailure.rethrow(e);
            return noAnswer(e, Transport.mayHaveReachedGateway(e));
        }
        try (response) {
            return interpret(response);
        } catch (IOException e) {
            LocalFailure.rethrow(e);
            return noAnswer(e, true);
        } catch (RuntimeException e) {
            return noAnswer(new IOException(e.toString(), e), true);
        }
    }

    /** What comes of an attempt that an interrupt forestalled. */
    Attempt.Failure interrupted() {
        return noAnswer("interrupted before the request was sent", null, false, false);
    }

    private Attempt interpret(Response response) throws IOException {
        Received received;
        try {
            received = isDocument(response) ? receiveDocument(response) : receive(response);
        } catch (Body.TooLongException e) {
            String limit = call.called().answersDocument() ? " (maxDocumentSize is " + maxDocumentSize + ")" : "";
            received = new Received(Answer.unexpected(e.getMessage() + limit), e.start());
        }
        Answer answer = received.answer;
        return switch (answer.meaning()) {
            case OK -> succeeded(response, received);
            case REFUSED -> refused(response, answer);
            case UNEXPECTED -> unexpected(response, answer, received.body);
        };
    }

    /** What stands around the call is not to see the token. */
    private Attempt succeeded(Response response, Received received) {
        Response answer = withBody(received.body, response.toBuilder().request(unauthorized));
        if (call.invocation() != null && received.model != null) {
            call.invocation().read(answer.body(), received.model);
        }
        return new Attempt.Success(answer);
    }

    /**
     * What was received.
     *
     * @param body what is in memory of it
     * @param model what it was read as, or null
     */
    private record Received(
            Answer answer, byte[] body, @Nullable Object model) {
        Received(Answer answer, byte[] body) {
            this(answer, body, null);
        }
    }

    /** Feign copies what it holds as an array, which can be read any number of times. */
    private static Response withBody(byte[] body, Response.Builder response) {
        return body.length <= Body.MAX_BYTES
                ? response.body(body).build()
                : response.body(new Bytes.Source(body), body.length).build();
    }

    private Received receive(Response response) throws IOException {
        boolean wanted = call.called().operation().documents().isEmpty();
        boolean large = wanted && call.called().answersDocument() && response.status() / 100 == 2;
        byte[] body;
        try (Body in = new Body(response, deadline, maxLength(large))) {
            body = in.readWhole();
        }
        Answer answer = Answer.read(response.status(), body, call.called().successes());
        if (answer.meaning() != Answer.Meaning.OK) {
            return new Received(answer, body);
        }
        return wanted
                ? readModel(answer, body)
                : new Received(Answer.unexpected("the body is JSON, in place of a document"), body);
    }

    /** An answer that says ok is no success without what the spec promises of it. */
    private Received readModel(Answer answer, byte[] body) throws IOException {
        Called called = call.called();
        try {
            return called.spec().knows(called.answer())
                    ? new Received(answer, body, Models.read(body, called.answer(), called.spec()))
                    : new Received(answer, body);
        } catch (Models.UnreadableException e) {
            return new Received(Answer.unexpected(String.valueOf(e.getMessage())), body);
        }
    }

    /** How long a body may be: a document in JSON is a third longer, and has something around it. */
    private long maxLength(boolean ofDocument) {
        long inJson = Math.min(maxDocumentSize, Integer.MAX_VALUE) * 4 / 3 + Body.MAX_BYTES;
        return ofDocument ? Math.min(inJson, Integer.MAX_VALUE - 8) : Body.MAX_BYTES;
    }

    private Received receiveDocument(Response response) throws IOException {
        if (!tellsItsEnd(response)) {
            return new Received(
                    Answer.unexpected("the document has no length, so its end is not to be told from a break"),
                    new byte[0]);
        }
        if (!header(response, "Content-Encoding").isEmpty()) {
            return new Received(Answer.unexpected("the document is encoded, which nobody asked for"), new byte[0]);
        }
        OptionalLong length = length(response);
        if (length.orElse(0) > maxDocumentSize) {
            throw new Body.TooLongException(maxDocumentSize);
        }
        long max = download == null ? Math.min(maxDocumentSize, Integer.MAX_VALUE - 8) : maxDocumentSize;
        try (InputStream in = new BufferedInputStream(new Body(response, deadline, max))) {
            in.mark(Body.MAX_BYTES + 1);
            byte[] start = in.readNBytes(512);
            if (new String(start, StandardCharsets.ISO_8859_1).stripLeading().startsWith("{")) {
                in.reset();
                start = in.readNBytes(Body.MAX_BYTES + 1);
            }
            Answer answer = Answer.document(start);
            if (answer.meaning() != Answer.Meaning.OK) {
                return new Received(answer, start);
            }
            in.reset();
            in.mark(0);
            if (download == null) {
                return new Received(answer, in.readAllBytes());
            }
            download.receive(in, length);
            return new Received(answer, new byte[0]);
        }
    }

    /** By closing, HTTP/1 ends a body as well, and so does whatever breaks a connection. */
    private static boolean tellsItsEnd(Response response) {
        ProtocolVersion version = response.protocolVersion();
        return version != ProtocolVersion.HTTP_1_0 && version != ProtocolVersion.HTTP_1_1
                || length(response).isPresent()
                || !header(response, "Transfer-Encoding").isEmpty();
    }

    private static OptionalLong length(Response response) {
        String length = header(response, "Content-Length");
        return length.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(length)) : OptionalLong.empty();
    }

    /** A part of a document is none. */
    private boolean isDocument(Response response) {
        String type = contentType(response);
        return response.status() / 100 == 2
                && response.status() != 206
                && call.called().operation().documents().contains(type);
    }

    private Attempt.Failure refused(Response response, Answer answer) {
        String message = secrets().hideIn(answer.text());
        ResponseHead head = head(response, secrets());
        return answered(
                head,
                REFUSED,
                !transport.isAnswerCertain(),
                unknown -> MarkSignApiException.of(call.toString(), message, answer.errorCode(), head, unknown));
    }

    /** Somebody answered, but it was not the gateway's own word, so nobody knows what the gateway did. */
    private Attempt.Failure unexpected(Response response, Answer answer, byte[] body) {
        Secrets secrets = secrets();
        // What came from the gateway may be a document, or a part of one.
        String excerpt = call.called().answersDocument() && response.status() / 100 == 2
                ? ""
                : new String(body, 0, Math.min(body.length, 1000), StandardCharsets.UTF_8);
        boolean unknown = !(isTurnedAway(response, body) && transport.isAnswerCertain());
        String reason = (unknown ? call.called().warning() : "")
                + (response.status() / 100 == 3 ? "a redirect, which is not followed; " : "")
                + answer.text()
                + (MEDIA_TYPES.contains(contentType(response)) ? ", " + contentType(response) : "");
        ResponseHead head = head(response, secrets);
        return answered(
                head,
                UNEXPECTED,
                unknown,
                isUnknown ->
                        new MarkSignUnexpectedResponseException(call.toString(), reason, head, excerpt, isUnknown));
    }

    /** Who is asked too often does nothing, unless they say that they did it all the same. */
    private boolean isTurnedAway(Response response, byte[] body) {
        return response.status() == TOO_MANY
                && Answer.read(200, body, call.called().successes()).meaning() != Answer.Meaning.OK;
    }

    private static String contentType(Response response) {
        return header(response, "Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** What may have begun something is sent again only when it certainly did not. */
    private Attempt.Failure answered(
            ResponseHead head, String outcome, boolean outcomeUnknown, Function<Boolean, MarkSignException> exception) {
        boolean turnedAway = head.httpStatus() == TOO_MANY && !outcomeUnknown;
        boolean busy = head.httpStatus() == TOO_MANY || head.httpStatus() == 503;
        boolean retryable = turnedAway || busy && isIdempotent();
        Duration retryAfter = head.retryAfter().orElse(Duration.ZERO);
        return new Attempt.Failure(head.httpStatus(), outcome, outcomeUnknown, retryable, retryAfter, exception);
    }

    private boolean isIdempotent() {
        return call.called().operation().idempotent();
    }

    /** What an answer says before its body, without the secrets. */
    static ResponseHead head(Response response, Secrets secrets) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        response.headers()
                .forEach((name, values) -> headers.put(
                        secrets.hideIn(name),
                        values.stream().map(secrets::hideIn).toList()));
        return new ResponseHead(response.status(), headers, RetryAfter.in(response.headers()));
    }

    private static String header(Response response, String name) {
        Collection<String> values = response.headers().getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.iterator().next();
    }

    private Attempt.Failure noAnswer(IOException failure, boolean mayHaveReached) {
        Throwable cause = secrets().hideIn(Transport.unwrap(failure));
        if (Thread.currentThread().isInterrupted()) {
            return noAnswer("interrupted while waiting for the answer", cause, mayHaveReached, false);
        }
        if (deadline.hasPassed()) {
            return noAnswer("no answer within " + deadline, cause, mayHaveReached, false);
        }
        if (transport.isClosed()) {
            return noAnswer("the client was closed during the call", cause, mayHaveReached, false);
        }
        String what = failure instanceof Transport.FailedException
                ? "the transport failed"
                : mayHaveReached ? "the answer was lost" : "the gateway was not reached";
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String reason = what + ": " + why;
        return noAnswer(reason, cause, mayHaveReached, !mayHaveReached || isIdempotent());
    }

    private Attempt.Failure noAnswer(
            String what, @Nullable Throwable cause, boolean outcomeUnknown, boolean retryable) {
        String written = download == null ? "" : download.state();
        String reason = (outcomeUnknown ? call.called().warning() : "") + what + written;
        return new Attempt.Failure(
                0,
                NO_ANSWER,
                outcomeUnknown,
                retryable && written.isEmpty(),
                Duration.ZERO,
                unknown -> new MarkSignConnectionException(call.toString(), reason, cause, unknown));
    }
}
