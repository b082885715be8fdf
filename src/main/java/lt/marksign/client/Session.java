package lt.marksign.client;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import lt.marksign.client.call.Arguments;
import lt.marksign.client.call.CallSettings.RetryPolicy;
import lt.marksign.client.call.GatewayCall;
import lt.marksign.client.call.Secrets;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.error.MarkSignResponseException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.BegunSession;
import lt.marksign.client.model.CheckStatus;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * A request that a person answers on their phone: to identify themselves, sign files, or sign a hash. {@link SmartIdSessions}
 * and {@link MobileIdSessions} begin a session, or resume it by its {@link #id}, in another request or on another machine.
 * Thread-safe.
 *
 * <p>The gateway keeps the state of a session; this object requests it. This object never returns a result that names another
 * session. If it began the session, it never returns a result that names another person. An identification always names a
 * person; a signature does only if the gateway adds a {@code code}, which its documentation does not promise. If you resume a
 * session by its id, compare the person's code yourself. An id belongs to its family, its kind and the account that began it.
 * Under any other, the gateway reports that there is no such session (40402).
 *
 * @param <R> the result
 */
public final class Session<R> {
    /** The default limit of a wait. The gateway usually expires a session sooner. */
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);

    static final int NOT_FOUND = 40402;

    private final Kind<R> kind;
    private final String id;
    private final @Nullable String controlCode;
    private final ExpectedPerson person;
    private final boolean begun;
    private final long start = System.nanoTime();
    private volatile boolean seen;
    private volatile Map<String, List<String>> headers = Map.of();

    Session(Kind<R> kind, String id, @Nullable String controlCode, ExpectedPerson person, boolean begun) {
        this.kind = kind;
        this.id = id;
        this.controlCode = controlCode;
        this.person = person;
        this.begun = begun;
    }

    /**
     * Returns the gateway's {@code token}, the id by which the session is resumed. Anyone who has it can act on the session.
     * Keep it where the user cannot see it, such as in an HTTP session on the server.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Returns the code to show to the person, who compares it with the code on the phone.
     *
     * @return the gateway's {@code control_code}; empty if the gateway gave none, or the session was resumed by its id
     */
    public Optional<String> controlCode() {
        return Optional.ofNullable(controlCode).filter(code -> !code.isBlank());
    }

    /**
     * Returns the headers of the last response that did not cause an exception: to the request that began the session, a check,
     * or a removal. They hold the request id that Mark Sign's support asks for. An exception has its own response's headers.
     *
     * @return each header's values in the order in which they came; names are case-insensitive. Empty before the first response
     */
    public Map<String, List<String>> headers() {
        return headers;
    }

    void received(ApiResponse<?> response) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.getHeaders().forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * Checks once for the result. A check changes nothing, and is retried like any other idempotent call.
     *
     * @return the result; empty while the person has not acted
     * @throws MarkSignUserException if the person refused (40020), or let the session expire (40021)
     * @throws MarkSignNotFoundException if the gateway has no such session (40402): it is over, was removed, never existed, or
     *     belongs to another family, kind or account
     * @throws MarkSignUnexpectedResponseException if the response breaks the contract, or is the result of another session or
     *     another person
     * @throws MarkSignException if there was no response, or the gateway refused otherwise; the session may still be open
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     */
    public Optional<R> poll() {
        return check().result();
    }

    ResultWait.Check<R> check() {
        ApiResponse<R> response = kind.check().apply(id, new AccessTokenRequest());
        received(response);
        R result = response.getData();
        if (Spec.GATEWAY.value(result, "status") == CheckStatus.WAITING) {
            seen = true;
            return new ResultWait.Check<>(Optional.empty(), RetryPolicy.retryAfter(response.getHeaders()));
        }
        boolean another =
                Spec.GATEWAY.value(result, "token") instanceof String token && !token.isBlank() && !token.equals(id);
        if (another || !person.mayBe(result)) {
            throw new MarkSignUnexpectedResponseException(
                    toString(),
                    "the result belongs to another session or another person",
                    response.getStatusCode(),
                    "",
                    true);
        }
        return new ResultWait.Check<>(Optional.of(result), Optional.empty());
    }

    /**
     * Waits for the result like {@link #await(Duration)}, for at most five minutes.
     *
     * @return the result
     * @throws MarkSignException as {@link #await(Duration)}
     * @throws IllegalStateException as {@link #await(Duration)}
     */
    public R await() {
        return await(DEFAULT_LIMIT);
    }

    /**
     * Waits for the result, and blocks the calling thread. It checks at the client's
     * {@link MarkSignClientBuilder#pollInterval interval}, first after a random part of it, and no sooner than
     * {@code Retry-After} asks for. A check is not retried. A check without a response, or with 429 or 5xx, does not end the
     * wait; nor does 40402 during the first two intervals after this object began the session. When the limit passes, there is
     * one last check, and the session is removed as by {@link #remove}. The wait may exceed the limit by up to four
     * {@linkplain MarkSignClientBuilder#callTimeout call timeouts}: of a check, the last check, the removal, and the check that
     * settles a lost removal.
     *
     * @param limit how long to wait, from 1 ms to 24 days
     * @return the result
     * @throws IllegalArgumentException if the limit is null or out of range; nothing was sent
     * @throws MarkSignTimeoutException if the limit passes; its {@code outcomeUnknown()} is {@code false} if the session is
     *     certainly gone
     * @throws MarkSignUserException if the person refused (40020), or let the session expire (40021)
     * @throws MarkSignNotFoundException if the gateway has no such session (40402); its {@code outcomeUnknown()} is
     *     {@code true} if the response to the previous check was lost, because it may have been the result
     * @throws MarkSignConnectionException if the calling thread is interrupted (its flag is then set), or the client is closed
     *     meanwhile; the session was not removed
     * @throws MarkSignException if a check fails in another way, as {@link #poll} throws it; the session may still be open
     * @throws IllegalStateException if the token supplier gave no usable token; the session may still be open
     */
    public R await(Duration limit) {
        return new SessionWait<>(this, kind.waits(), Arguments.duration("limit", limit)).await();
    }

    /**
     * Waits for the result like {@link #awaitAsync(Duration)}, for at most five minutes.
     *
     * @return the future result, as {@link #awaitAsync(Duration)}
     */
    public CompletableFuture<R> awaitAsync() {
        return awaitAsync(DEFAULT_LIMIT);
    }

    /**
     * Waits for the result like {@link #await(Duration)}, but asynchronously. Checks run on the client's
     * {@link MarkSignClientBuilder#executor executor} and do not see the caller's thread-locals. If you cancel the returned
     * future, or complete it in another way, the session is removed as by {@link #remove}, after an in-flight check. A failure
     * of that removal is logged. A future derived from the returned one has no such effect.
     *
     * @param limit how long to wait, from 1 ms to 24 days
     * @return the future result, which fails with what {@link #await(Duration)} throws. It completes no later than 10 s after
     *     the limit, whatever the executor does with the checks. Dependent stages run on a thread of the executor or of the client, and must
     *     not block it
     * @throws IllegalArgumentException if the limit is null or out of range; nothing was sent
     */
    public CompletableFuture<R> awaitAsync(Duration limit) {
        return new SessionWait<>(this, kind.waits(), Arguments.duration("limit", limit)).awaitAsync();
    }

    /**
     * Removes the session, so that the prompt on the phone leads nowhere. If this method returns, the session is certainly
     * gone: the gateway reported that it removed the session, or that it has no such session (40402) although this object began
     * it or found it waiting. After a lost response, or a refusal without an {@code error_code} (as for a second removal), one
     * check settles the outcome.
     *
     * @throws MarkSignUserException if a check found that the person had refused, or let the session expire
     * @throws MarkSignNotFoundException if the gateway refuses the removal with 40402, and this object never saw the session:
     *     it is over, or belongs to another family, kind or account
     * @throws MarkSignException if the session is not certainly gone. The message says what is known, and
     *     {@link MarkSignException#outcomeUnknown()} is {@code false} if the gateway certainly did not remove it
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     */
    public void remove() {
        try {
            received(kind.remove().apply(id));
        } catch (MarkSignException e) {
            if (isGone(e)) {
                return;
            }
            // The gateway refuses a second removal without a code, or with code 0 in its samples.
            boolean withoutCode = e instanceof MarkSignApiException && code(e) == 0;
            if (!e.outcomeUnknown() && !withoutCode) {
                throw e;
            }
            settle(e);
        }
    }

    private void settle(MarkSignException removal) {
        String found;
        try {
            found = check().result().isPresent() ? "that the person had confirmed" : "the session waiting";
        } catch (MarkSignUserException e) {
            e.addSuppressed(removal);
            throw e;
        } catch (RuntimeException e) {
            if (isGone(e)) {
                return;
            }
            MarkSignException unsettled = restated(removal, "removal, and a check after it failed", true);
            unsettled.addSuppressed(e);
            throw unsettled;
        }
        throw restated(removal, "removal, and a check after it found " + found, removal.outcomeUnknown());
    }

    /** If this object never saw the session, 40402 may also mean a wrong family, kind or account. */
    private boolean isGone(RuntimeException e) {
        return (begun || seen) && code(e) == NOT_FOUND;
    }

    /** Returns whether the session is so new that a replica of the gateway may not know it yet. */
    boolean isTooYoung(RuntimeException e) {
        boolean young = System.nanoTime() - start < 2 * kind.waits().interval.toNanos();
        return begun && !seen && young && code(e) == NOT_FOUND;
    }

    static int code(Throwable e) {
        return e instanceof MarkSignApiException refusal ? refusal.errorCode().orElse(0) : 0;
    }

    /** Returns the same failure with more context. */
    MarkSignException restated(MarkSignException e, String what, boolean outcomeUnknown) {
        String call = this + ": " + what;
        if (!(e instanceof MarkSignResponseException response)) {
            return new MarkSignConnectionException(call, "there was no response", e, outcomeUnknown);
        }
        MarkSignResponseException restated = e instanceof MarkSignApiException refusal
                ? MarkSignApiException.of(
                        call, refusal.gatewayMessage(), refusal.errorCode(), response.httpStatus(), outcomeUnknown)
                : new MarkSignUnexpectedResponseException(
                        call, "the response breaks the contract", response.httpStatus(), "", outcomeUnknown);
        return restated.withResponse(response.headers(), response.retryAfter());
    }

    /**
     * Returns the family, the kind, and the beginning of the id.
     *
     * @return a human-readable text
     */
    @Override
    public String toString() {
        return kind.family() + " " + kind.name() + "(" + Secrets.mask(id) + ")";
    }

    /**
     * The parts that all sessions of one kind have in common.
     *
     * @param family the means of identification, such as {@code Smart-ID}
     * @param name what the person is asked to do
     * @param check requests the state of a session
     * @param remove removes a session
     * @param waits the waits of the client
     */
    record Kind<R>(
            String family,
            String name,
            BiFunction<String, AccessTokenRequest, ApiResponse<R>> check,
            Function<String, ApiResponse<?>> remove,
            Waits waits) {

        Session<R> newSession(ApiResponse<BegunSession> response, ExpectedPerson person) {
            BegunSession begun = response.getData();
            try {
                GatewayCall.validatePathVariable("token", begun.getToken());
            } catch (IllegalArgumentException e) {
                throw new MarkSignUnexpectedResponseException(
                        family + " " + name,
                        Spec.GATEWAY.whenUnknown(BegunSession.class) + ": the session has no usable id, "
                                + e.getMessage(),
                        response.getStatusCode(),
                        "",
                        true);
            }
            Session<R> session = new Session<>(this, begun.getToken(), begun.getControlCode(), person, true);
            session.received(response);
            return session;
        }

        Session<R> resume(String id) {
            GatewayCall.validatePathVariable("sessionId", id);
            return new Session<>(this, id, null, ExpectedPerson.UNKNOWN, false);
        }
    }
}
