package lt.marksign.client.feign;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;

/**
 * One call of the gateway, for Feign: adds the token, sends the request until there is an answer or no use in going on,
 * and returns that answer only if it says that the gateway did what it was asked.
 */
final class GatewayClient implements Client {
    private final Transport transport;
    private final Supplier<String> accessToken;
    private final RetryPolicy retries;
    private final Duration callTimeout;
    private final Operation.Naming naming;
    private final Map<String, PathTemplate> paths = new ConcurrentHashMap<>();

    GatewayClient(
            Transport transport,
            Supplier<String> accessToken,
            RetryPolicy retries,
            Duration callTimeout,
            Operation.Naming naming) {
        this.transport = transport;
        this.accessToken = accessToken;
        this.retries = retries;
        this.callTimeout = callTimeout;
        this.naming = naming;
    }

    @Override
    public Response execute(Request request, Request.Options options) {
        AccessToken.Authorized authorized = AccessToken.addTo(request, accessToken);
        Call call = describe(request);
        Deadline deadline = Deadline.in(callTimeout);
        List<Attempt.Failure> earlier = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            Attempt result = attempt(call, authorized, options, deadline);
            if (result instanceof Attempt.Success success) {
                call.logEnd(attempt, result);
                return success.response();
            }
            Attempt.Failure failure = (Attempt.Failure) result;
            Duration pause = retries.pauseBefore(attempt, failure.retryAfter());
            boolean again = failure.retryable() && retries.allows(attempt) && pause.compareTo(deadline.remaining()) < 0;
            if (!again) {
                call.logEnd(attempt, result);
                throw failure.toException(earlier);
            }
            call.logRetry(attempt, result, pause);
            earlier.add(failure);
            pause(call, pause, earlier);
        }
    }

    private Call describe(Request request) {
        var method = request.requestTemplate().methodMetadata();
        PathTemplate path = paths.computeIfAbsent(method.configKey(), key -> PathTemplate.of(method.method()));
        return new Call(naming.name(method.method().getName(), path.toString()), path.valuesIn(request.url()));
    }

    private Attempt attempt(Call call, AccessToken.Authorized authorized, Request.Options options, Deadline deadline) {
        Secrets secrets = new Secrets(authorized.token(), call.pathVariables().values());
        if (Thread.currentThread().isInterrupted()) {
            return notSent(call);
        }
        try (Response response = transport.send(authorized.request(), options, deadline.remaining())) {
            return interpret(call, response, deadline, secrets);
        } catch (IOException e) {
            return noAnswer(call, e, deadline, secrets);
        }
    }

    private Attempt interpret(Call call, Response response, Deadline deadline, Secrets secrets) throws IOException {
        byte[] body;
        Answer answer;
        try {
            body = Body.read(response, deadline);
            answer = Answer.read(response.status(), body);
        } catch (Body.TooLongException e) {
            body = e.start;
            answer = Answer.unexpected(e.getMessage());
        }
        return switch (answer.meaning()) {
            case OK -> new Attempt.Success(response.toBuilder().body(body).build());
            case REFUSED -> refused(call, response, answer, secrets);
            case UNEXPECTED -> unexpected(call, response, answer, body, secrets);
        };
    }

    private static Attempt.Failure refused(Call call, Response response, Answer answer, Secrets secrets) {
        String message = secrets.hideIn(answer.text());
        return answered(
                response,
                "refused",
                false,
                unknown -> MarkSignApiException.of(
                        call.toString(), message, answer.errorCode(), response.status(), unknown));
    }

    private static Attempt.Failure unexpected(
            Call call, Response response, Answer answer, byte[] body, Secrets secrets) {
        String excerpt = secrets.hideIn(new String(body, StandardCharsets.UTF_8));
        String reason = secrets.hideIn(redirection(response) + answer.text());
        return answered(
                response,
                "unexpected",
                true,
                unknown -> new MarkSignUnexpectedResponseException(
                        call.toString(), reason, response.status(), excerpt, unknown));
    }

    private static String redirection(Response response) {
        String location = header(response, "Location");
        return response.status() / 100 == 3 && !location.isEmpty()
                ? "a redirect to " + location + ", which is not followed; "
                : "";
    }

    private static Attempt.Failure answered(
            Response response, String outcome, boolean outcomeUnknown, Function<Boolean, MarkSignException> exception) {
        return new Attempt.Failure(
                response.status(),
                outcome,
                outcomeUnknown,
                response.status() == 429 || response.status() == 503,
                RetryAfter.parse(header(response, "Retry-After"), Clock.systemUTC()),
                exception);
    }

    private static String header(Response response, String name) {
        Collection<String> values = response.headers().getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.iterator().next();
    }

    private Attempt.Failure noAnswer(Call call, IOException failure, Deadline deadline, Secrets secrets) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        boolean late = deadline.hasPassed();
        String reason = interrupted
                ? "interrupted while waiting for the answer"
                : late ? "no answer within the callTimeout of " + callTimeout : reason(failure, secrets);
        Throwable cause = secrets.hideIn(failure);
        return new Attempt.Failure(
                0,
                "no answer",
                Transport.mayHaveReachedGateway(failure),
                !interrupted && !late,
                Duration.ZERO,
                unknown -> new MarkSignConnectionException(call.toString(), reason, cause, unknown));
    }

    private static String reason(IOException failure, Secrets secrets) {
        String what = Transport.mayHaveReachedGateway(failure) ? "the answer was lost" : "the gateway was not reached";
        return what + ": " + secrets.hideIn(String.valueOf(failure.getMessage()));
    }

    private static Attempt.Failure notSent(Call call) {
        return new Attempt.Failure(
                0,
                "no answer",
                false,
                false,
                Duration.ZERO,
                unknown -> new MarkSignConnectionException(
                        call.toString(), "interrupted before the request was sent", null, unknown));
    }

    private static void pause(Call call, Duration pause, List<Attempt.Failure> earlier) {
        try {
            Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notSent(call).toException(earlier);
        }
    }
}
