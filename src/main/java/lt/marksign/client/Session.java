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
 * Something that a person was asked to do on their phone: identify, sign files, or sign a hash. Begun by
 * {@link SmartIdSessions} and {@link MobileIdSessions}, or resumed there by its {@link #id}, in another request or on another
 * machine. Thread-safe.
 *
 * <p>The gateway keeps the state of a session; this object asks for it. A result that names another session is never
 * returned, nor, where this object began the session, one that names another person. An identification always names a person;
 * a signature does only if the gateway adds a {@code code}, which its documentation does not promise. If you resume a session
 * by its id, compare the person's code yourself. An id belongs to its family, its kind and the account that began it: under
 * another one the gateway says that there is no such session (40402).
 *
 * @param <R> the result
 */
public final class Session<R> {
    /** Sessions expire by themselves, as a rule sooner. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

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
     * Returns the gateway's {@code token}, by which the session is resumed. Whoever has it can act on the session, so keep it
     * where the user cannot see it, such as in an HTTP session on the server.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Returns the code to show to the person, who compares it with the phone's.
     *
     * @return the gateway's {@code control_code}; empty if the gateway gave none, or the session was resumed by its id
     */
    public Optional<String> controlCode() {
        return Optional.ofNullable(controlCode).filter(code -> !code.isBlank());
    }

    /**
     * Returns the headers of the last response that was no exception: to the request that began the session, a check, or a
     * removal. They hold the request id that Mark Sign's support asks for. An exception has the headers of its own response.
     *
     * @return each header's values in the order in which they came; a name is found in upper and lower case. Empty before the
     *     first response
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
     * Asks once for the result. A check changes nothing, and is retried like any other idempotent call.
     *
     * @return the result; empty while the person has not acted
     * @throws MarkSignUserException if the person refused (40020), or let it expire (40021)
     * @throws MarkSignNotFoundException if the gateway has no such session (40402): it is over, was removed, never was, or is
     *     of another family, kind or account
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
            return new ResultWait.Check<>(Optional.empty(), RetryPolicy.askedFor(response.getHeaders()));
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
     * Waits for the result as {@link #await(Duration)} does, for at most five minutes.
     *
     * @return the result
     * @throws MarkSignException as {@link #await(Duration)}
     * @throws IllegalStateException as {@link #await(Duration)}
     */
    public R await() {
        return await(LONGEST);
    }

    /**
     * Waits for the result: checks at the client's {@link MarkSignClientBuilder#pollInterval interval}, first after a part of
     * one, and no sooner than the gateway asks for by {@code Retry-After}. A check without a response, or with 429 or 5xx,
     * does not end the wait; nor does 40402 during the first two intervals after this object began the session. A check is
     * not retried. When time is up there is one last check, and the session is removed as by {@link #remove}. The calls take
     * their own time: the wait is longer than the limit by up to four {@linkplain MarkSignClientBuilder#callTimeout call
     * timeouts}, that of a check, of the last check, of the removal, and of the check that settles a lost removal.
     *
     * @param limit how long to wait, from 1 ms to 24 days
     * @return the result
     * @throws IllegalArgumentException if the limit is null or out of range; nothing was sent
     * @throws MarkSignTimeoutException if time is up; its {@code outcomeUnknown()} is {@code false} if the session is certainly
     *     gone
     * @throws MarkSignUserException if the person refused (40020), or let it expire (40021)
     * @throws MarkSignNotFoundException if the gateway has no such session (40402); its {@code outcomeUnknown()} is
     *     {@code true} if the response to the check before was lost, for that may have been the result
     * @throws MarkSignConnectionException if the calling thread is interrupted (its flag is then set), or the client closed
     *     meanwhile: the session was not removed
     * @throws MarkSignException if a check ends otherwise than said above, as {@link #poll} throws it; the session may still be open
     * @throws IllegalStateException if the token supplier gave no usable token; the session may still be open
     */
    public R await(Duration limit) {
        return new SessionWait<>(this, kind.waits(), Arguments.duration("limit", limit)).inThisThread();
    }

    /**
     * Waits for the result as {@link #awaitAsync(Duration)} does, for at most five minutes.
     *
     * @return the result to come, as {@link #awaitAsync(Duration)}
     */
    public CompletableFuture<R> awaitAsync() {
        return awaitAsync(LONGEST);
    }

    /**
     * Waits as {@link #await(Duration)} does, without a thread: each check borrows one of the client's
     * {@link MarkSignClientBuilder#executor executor}, and does not see the caller's thread-locals. Whoever cancels the future,
     * or completes it in another way, gives up the session: it is removed as by {@link #remove}, after a check in flight; a
     * failure of that is logged. Only the future that is returned does so, not one that is derived from it.
     *
     * @param limit how long to wait, from 1 ms to 24 days
     * @return the result to come; it ends exceptionally by what {@link #await(Duration)} throws, and 10 s after the limit at
     *     the latest, whatever the executor does. What depends on it runs on a thread of the executor or of the client, and
     *     must not block it
     * @throws IllegalArgumentException if the limit is null or out of range; nothing was sent
     */
    public CompletableFuture<R> awaitAsync(Duration limit) {
        return new SessionWait<>(this, kind.waits(), Arguments.duration("limit", limit)).withoutThread();
    }

    /**
     * Removes the session, so that the prompt leads nowhere. Returning means that it is certainly gone: the gateway said that
     * it removed it, or that it has no such session (40402) although this object began it or found it waiting. If the response
     * was lost, or was a refusal without an {@code error_code}, as to a second removal, one check settles it.
     *
     * @throws MarkSignUserException if a check found that the person had refused, or let the session expire
     * @throws MarkSignNotFoundException if the gateway has no such session (40402), and this object never saw it: it is over,
     *     or of another family, kind or account
     * @throws MarkSignException if it is not certainly gone. The message says what is known, and
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
            // The gateway refuses a second removal without a code; its samples have a code 0.
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

    /** To an object that never saw the session, 40402 does not say that it is over. */
    private boolean isGone(RuntimeException e) {
        return (begun || seen) && code(e) == NOT_FOUND;
    }

    /** Whether a replica of the gateway may not know the session yet. */
    boolean isTooYoung(RuntimeException e) {
        boolean young = System.nanoTime() - start < 2 * kind.waits().interval.toNanos();
        return begun && !seen && young && code(e) == NOT_FOUND;
    }

    static int code(Throwable e) {
        return e instanceof MarkSignApiException refusal ? refusal.errorCode().orElse(0) : 0;
    }

    /** The same failure, with what else is known. */
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
     * Names the kind and the beginning of the id.
     *
     * @return a text for people
     */
    @Override
    public String toString() {
        return kind.family() + " " + kind.name() + "(" + Secrets.mask(id) + ")";
    }

    /**
     * What the sessions of one kind have in common.
     *
     * @param family by what the person acts
     * @param name what is asked of the person
     * @param check asks the gateway for the state of a session
     * @param remove removes a session
     * @param waits waits for sessions
     */
    record Kind<R>(
            String family,
            String name,
            BiFunction<String, AccessTokenRequest, ApiResponse<R>> check,
            Function<String, ApiResponse<?>> remove,
            SessionWaits waits) {

        Session<R> begun(ApiResponse<BegunSession> response, ExpectedPerson person) {
            BegunSession begun = response.getData();
            try {
                GatewayCall.checkPathVariable("token", begun.getToken());
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

        Session<R> resumed(String id) {
            GatewayCall.checkPathVariable("sessionId", id);
            return new Session<>(this, id, null, ExpectedPerson.UNKNOWN, false);
        }
    }
}
