package lt.marksign.client.feign;

import feign.Request;
import feign.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.error.ResponseHead;
import org.jspecify.annotations.Nullable;

/** One request and what comes of sending it, as often as it is sent. */
final class Exchange {
    private static final String REFUSED = "refused";
    private static final String UNEXPECTED = "unexpected";
    private static final String NO_ANSWER = "no answer";

    private final Transport transport;
    private final Call call;
    private final Request unauthorized;
    private final AccessToken.Authorized authorized;
    private final Deadline deadline;

    Exchange(Transport transport, Call call, Request request, AccessToken.Authorized authorized, Deadline deadline) {
        this.transport = transport;
        this.call = call;
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
            response = transport.send(authorized, options, deadline.remaining());
        } catch (IOException e) {
            return noAnswer(e, Transport.mayHaveReachedGateway(e));
        }
        try (response) {
            return interpret(response);
        } catch (IOException e) {
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
        byte[] body;
        Answer answer;
        try {
            body = Body.read(response, deadline, Body.MAX_BYTES);
            answer = isDocument(response)
                    ? Answer.document(body)
                    : Answer.read(response.status(), body, call.called().successes());
        } catch (Body.TooLongException e) {
            body = e.start;
            answer = Answer.unexpected(e.getMessage());
        }
        return switch (answer.meaning()) {
            case OK -> // What stands around the call is not to see the token.
                new Attempt.Success(
                        response.toBuilder().request(unauthorized).body(body).build());
            case REFUSED -> refused(response, answer);
            case UNEXPECTED -> unexpected(response, answer, body);
        };
    }

    /** A part of a document is none. */
    private boolean isDocument(Response response) {
        String type = header(response, "Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
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
        String excerpt = secrets().hideIn(Excerpt.of(body));
        String reason = call.called().warning() + secrets().hideIn(redirection(response) + answer.text());
        ResponseHead head = head(response, secrets());
        return answered(
                head,
                UNEXPECTED,
                true,
                unknown -> new MarkSignUnexpectedResponseException(call.toString(), reason, head, excerpt, unknown));
    }

    private static String redirection(Response response) {
        String location = header(response, "Location");
        return response.status() / 100 == 3 && !location.isEmpty()
                ? "a redirect to " + location + ", which is not followed; "
                : "";
    }

    /** 429 says that nothing was done; of anything else that is not the gateway's refusal nobody knows. */
    private Attempt.Failure answered(
            ResponseHead head, String outcome, boolean outcomeUnknown, Function<Boolean, MarkSignException> exception) {
        boolean retryable = head.httpStatus() == 429 || head.httpStatus() == 503 && isRepeatable();
        Duration retryAfter = head.retryAfter().orElse(Duration.ZERO);
        return new Attempt.Failure(head.httpStatus(), outcome, outcomeUnknown, retryable, retryAfter, exception);
    }

    private boolean isRepeatable() {
        return call.called().operation().repeatable();
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
            return noAnswer("no answer within the callTimeout of " + deadline.timeout(), cause, mayHaveReached, false);
        }
        if (transport.isClosed()) {
            return noAnswer("the client was closed during the call", cause, mayHaveReached, false);
        }
        String what = failure instanceof ForeignTransport.FailedException
                ? "the transport failed"
                : mayHaveReached ? "the answer was lost" : "the gateway was not reached";
        String reason = what + ": " + secrets().hideIn(String.valueOf(failure.getMessage()));
        return noAnswer(reason, cause, mayHaveReached, !mayHaveReached || isRepeatable());
    }

    private Attempt.Failure noAnswer(
            String what, @Nullable Throwable cause, boolean outcomeUnknown, boolean retryable) {
        String reason = outcomeUnknown ? call.called().warning() + what : what;
        return new Attempt.Failure(
                0,
                NO_ANSWER,
                outcomeUnknown,
                retryable,
                Duration.ZERO,
                unknown -> new MarkSignConnectionException(call.toString(), reason, cause, unknown));
    }
}
