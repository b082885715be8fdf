package lt.marksign.client.transport;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client that is not the library's. It may repeat a request without a word, so nothing that it says tells what the
 * gateway did, but for {@code ok}; it is not given a connection to use twice, on which the answer to another request might
 * be waiting; and it runs on a thread of its own, so that a deadline and an interrupt end the call, whatever it is doing.
 */
final class ForeignTransport implements Transport {
    static final String CONNECTION = "Connection";

    private final Client client;
    private final long maxAnswer;
    private boolean certain;

    ForeignTransport(Client client, long maxAnswer) {
        this.client = client;
        this.maxAnswer = maxAnswer;
    }

    @Override
    public Transport forCall(long maxAnswer) {
        return new ForeignTransport(client, maxAnswer);
    }

    @Override
    public boolean isAnswerCertain() {
        return certain;
    }

    @Override
    public Response send(AuthorizedRequest authorized, Request.Options options, Deadline deadline) throws IOException {
        certain = false;
        TrackedOptions tracked = new TrackedOptions(options, authorized, deadline);
        boolean leadsToOwn = client instanceof Wrapper;
        try {
            Response answer = leadsToOwn
                    ? client.execute(authorized.request(), tracked)
                    : onAnotherThread(closing(authorized.whole()), tracked, deadline);
            if (leadsToOwn && !tracked.sent()) {
                throw new NotSentException(new IOException("something else answered, " + describe(answer)));
            }
            certain = tracked.answeredOnce();
            return answer;
        } catch (IOException e) {
            boolean nothingSent = leadsToOwn ? !tracked.sent() : tracked.isOfNothingSent(e);
            throw nothingSent ? notSent(e) : new SentException(e);
        } catch (RuntimeException e) {
            if (tracked.isOfNothingSent(e)) {
                throw e;
            }
            FailedException failed = new FailedException(e.toString(), e);
            throw leadsToOwn && !tracked.sent() ? new NotSentException(failed) : failed;
        }
    }

    private static NotSentException notSent(IOException e) {
        return e instanceof NotSentException already ? already : new NotSentException(e);
    }

    private static String describe(Response answer) throws IOException {
        try (InputStream body = answer.body() == null
                ? InputStream.nullInputStream()
                : answer.body().asInputStream()) {
            return "HTTP " + answer.status() + ": " + new String(body.readNBytes(200), StandardCharsets.UTF_8);
        }
    }

    private Response onAnotherThread(Request request, TrackedOptions options, Deadline deadline) throws IOException {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> execute(request, options, deadline, answer), "marksign-transport");
        thread.setDaemon(true);
        thread.start();
        try {
            while (!answer.isDone() && !deadline.hasPassed()) {
                waitFor(answer, deadline.remaining());
            }
            if (!answer.isDone()) {
                thread.interrupt();
                throw new InterruptedIOException("timeout");
            }
            return answer.get();
        } catch (ExecutionException e) {
            throw rethrow(e.getCause());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** A document may have put the deadline off meanwhile. */
    private static void waitFor(CompletableFuture<Response> answer, Duration time)
            throws ExecutionException, InterruptedException {
        try {
            answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // The deadline tells.
        }
    }

    /** An answer that nobody waits for any more is closed all the same. */
    private void execute(
            Request request, TrackedOptions options, Deadline deadline, CompletableFuture<Response> answer) {
        try (Response response = client.execute(request, options)) {
            answer.complete(inMemory(response, deadline));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    /** One byte more than is allowed is for the reader to refuse. */
    private Response inMemory(Response response, Deadline deadline) throws IOException {
        if (response.body() == null) {
            return response;
        }
        try (InputStream body = new Body(response, deadline, Long.MAX_VALUE)) {
            byte[] bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE, maxAnswer + 1));
            return response.toBuilder()
                    .body(new Bytes.Source(bytes), bytes.length)
                    .build();
        }
    }

    private static IOException rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return failure instanceof IOException e ? e : new FailedException(failure.toString(), failure);
    }

    private static Request closing(Request request) {
        Map<String, Collection<String>> headers = Headers.ignoringCase();
        headers.putAll(request.headers());
        headers.put(CONNECTION, List.of("close"));
        return with(headers, request);
    }

    static Request with(Map<String, Collection<String>> headers, Request request) {
        return Request.create(
                request.httpMethod(),
                request.url(),
                headers,
                request.body(),
                request.charset(),
                request.requestTemplate());
    }
}
