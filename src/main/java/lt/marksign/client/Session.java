package lt.marksign.client;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import lt.marksign.client.SessionListener.Outcome;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.error.ResponseHead;
import lt.marksign.client.exchange.RetryAfter;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.CheckStatus;
import lt.marksign.client.model.Identification;
import lt.marksign.client.secrets.Secrets;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * What a person was asked to do on their phone, from the prompt to its end: identify, sign files, or sign a hash. Begun by
 * {@link SmartIdSessions} and {@link MobileIdSessions}, or found there by its {@link #id}, in whichever request, on whichever
 * machine. Safe for use by many threads.
 *
 * <p>The gateway knows what became of a session, and this class asks it; nothing is kept here but whom was asked. A result
 * that names another session, or, where the session was begun by this object, another person, is never handed out.
 *
 * @param <R> what comes of it
 */
public final class Session<R> {
    /** So that no wait is endless; sessions expire by themselves, as a rule sooner. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final SessionKind<R> kind;
    private final String id;
    private final @Nullable String controlCode;
    private final Asked asked;

    /** Whether the listener knows of it. */
    private final AtomicBoolean observed = new AtomicBoolean();

    private volatile Map<String, List<String>> headers = Map.of();

    Session(SessionKind<R> kind, String id, @Nullable String controlCode, Asked asked) {
        this.kind = kind;
        this.id = id;
        this.controlCode = controlCode;
        this.asked = asked;
    }

    /** What one check told: the result, or for how long the gateway asks to wait. */
    record Check<R>(Optional<R> result, Duration retryAfter) {}

    /**
     * What names the session: the gateway's {@code token}. By it the session is found again. Whoever has it can act on the
     * session, so it belongs where the user cannot see it, such as an HTTP session on the server.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * What to show to the person, who compares it with what the phone shows.
     *
     * @return the gateway's {@code control_code}; empty if the gateway gave none, or the session was found by its id
     */
    public Optional<String> controlCode() {
        return Optional.ofNullable(controlCode).filter(code -> !code.isBlank());
    }

    /**
     * The headers of the last answer that brought no exception: to what began the session, a check, or a removal. Among
     * them is the request id that Mark Sign's support asks for. An exception tells the headers of its own answer.
     *
     * @return each header's values in the order in which they came; a name is found in upper and lower case. Empty before the
     *     first answer. Where several threads act on this object, those of whichever answer came last
     */
    public Map<String, List<String>> headers() {
        return headers;
    }

    void received(ApiResponse<?> answer) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.getHeaders().forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /** Whether an identification names another session, or another person, than the one asked for. */
    private boolean isForeign(Identification person) {
        String token = person.getToken();
        return token != null && !token.isBlank() && !token.equals(id) || asked.isNot(person);
    }

    /**
     * Asks once what became of it. A check changes nothing, and is tried again like any other call.
     *
     * @return the result; empty while the person has not acted
     * @throws MarkSignUserException if the person refused (40020), or let it expire (40021)
     * @throws lt.marksign.client.error.MarkSignNotFoundException if the gateway has no such session (40402): it is over, was
     *     removed, or never was
     * @throws MarkSignUnexpectedResponseException if the answer is not the contract's, or is the result of another session or
     *     another person
     * @throws MarkSignException if there was no answer, or the gateway refused otherwise; the session may stand
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     */
    public Optional<R> poll() {
        try {
            Optional<R> result = check().result();
            if (result.isPresent()) {
                endedUnawaited(Outcome.DONE, null);
            }
            return result;
        } catch (MarkSignUserException e) {
            endedUnawaited(Wait.outcome(e), e);
            throw e;
        }
    }

    SessionListener.Ending begun() {
        observed.set(true);
        return kind.waiting().listener().begun(kind.family(), kind.name());
    }

    private void endedUnawaited(Outcome outcome, @Nullable Throwable failure) {
        if (!observed.get()) {
            begun().ended(outcome, failure);
        }
    }

    Check<R> check() {
        ApiResponse<R> answer = kind.check().apply(id, new AccessTokenRequest());
        received(answer);
        R result = answer.getData();
        if (Spec.GATEWAY.value(result, "status") == CheckStatus.WAITING) {
            return new Check<>(
                    Optional.empty(), RetryAfter.in(answer.getHeaders()).orElse(Duration.ZERO));
        }
        if (result instanceof Identification person && isForeign(person)) {
            throw new MarkSignUnexpectedResponseException(
                    toString(),
                    "the result is of another session, or of another person, than the one asked for",
                    answer.getStatusCode(),
                    "",
                    true);
        }
        return new Check<>(Optional.of(result), Duration.ZERO);
    }

    /**
     * Waits for the result as {@link #await(Duration)} does, for at most five minutes; as a rule a session expires sooner (40021).
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
     * one, and no sooner than the gateway asks for by {@code Retry-After}. A check without an answer, or with 429 or 5xx,
     * does not end the wait, and is not repeated but by the next one. When time is up there is one last check, and the
     * session is removed as by {@link #remove}. The calls take their own time, so that the wait is longer than the limit by
     * that of a check under way, the last check and the removal.
     *
     * @param limit how long to wait, from 1 ms to 24 days
     * @return the result
     * @throws IllegalArgumentException if the limit is out of range; nothing was sent
     * @throws MarkSignTimeoutException if time is up; its {@code outcomeUnknown()} is {@code false} if the session is certainly
     *     gone
     * @throws MarkSignUserException if the person refused (40020), or let it expire (40021)
     * @throws MarkSignConnectionException if the calling thread is interrupted (its flag is then set), or the client closed
     *     meanwhile: the session stands, and nothing more was sent
     * @throws MarkSignException if a check ends otherwise than said above, as {@link #poll} throws it; the session may stand
     * @throws IllegalStateException if the token supplier gave no usable token; the session may stand
     */
    public R await(Duration limit) {
        return new Wait<>(this, kind.waiting(), checked(limit)).inThisThread();
    }

    /**
     * Waits as {@link #await(Duration)} does, without a thread: each check borrows one of the client's
     * {@link MarkSignClientBuilder#executor executor}. Whoever cancels the future, or completes it in another way, gives up
     * the session: it is removed as by {@link #remove}, after a check that is under way; what comes of that is logged, should
     * it fail. Only the future that is returned does so, not one that is derived from it.
     *
     * @param limit how long to wait, from 1 ms to 24 days
     * @return the result to come; it ends exceptionally by what {@link #await(Duration)} throws. What depends on it runs on
     *     a thread of the executor, and must not block it
     * @throws IllegalArgumentException if the limit is out of range; nothing was sent
     */
    public CompletableFuture<R> awaitAsync(Duration limit) {
        return new Wait<>(this, kind.waiting(), checked(limit)).withoutThread();
    }

    private static Duration checked(Duration limit) {
        return Waiting.check("limit", limit);
    }

    /**
     * Removes the session, so that the prompt leads nowhere. Returning means that it is certainly gone: the gateway said that
     * it removed it, or that it has no such session (40402). Where the answer was lost, or was a refusal without an
     * {@code error_code}, which is how this gateway refuses a second removal, one check settles it.
     *
     * @throws MarkSignUserException if a check found that the person had refused, or let the session expire
     * @throws MarkSignException if it is not certainly gone. The message says what is known, and
     *     {@link MarkSignException#outcomeUnknown()} is {@code false} if that is that it was not removed
     * @throws IllegalStateException if the client is closed, or its token supplier gave no usable token; nothing was sent
     */
    public void remove() {
        removeUnobserved();
        endedUnawaited(Outcome.GAVE_UP, null);
    }

    void removeUnobserved() {
        try {
            received(kind.remove().apply(id));
        } catch (MarkSignException e) {
            if (isNoSuchSession(e)) {
                return;
            }
            if (e.outcomeUnknown() || e instanceof MarkSignApiException refusal && code(refusal) == 0) {
                settle(e);
            } else {
                throw e;
            }
        }
    }

    private void settle(MarkSignException removal) {
        boolean waits;
        try {
            waits = check().result().isEmpty();
        } catch (MarkSignUserException e) {
            e.addSuppressed(removal);
            throw e;
        } catch (MarkSignException e) {
            if (isNoSuchSession(e)) {
                return;
            }
            MarkSignException unsettled = known(removal, "a check after it did not settle it", true);
            unsettled.addSuppressed(e);
            throw unsettled;
        }
        throw waits
                ? known(removal, "a check after it found the session waiting", removal.outcomeUnknown())
                : known(removal, "a check after it found that the person had confirmed", false);
    }

    private static boolean isNoSuchSession(MarkSignException e) {
        return e instanceof MarkSignApiException refusal && code(refusal) == 40402;
    }

    /** The gateway's samples have a code 0, which says no more than none. */
    private static int code(MarkSignApiException refusal) {
        return refusal.errorCode().orElse(0);
    }

    /** The failure of the removal, with what is known besides. */
    private MarkSignException known(MarkSignException removal, String what, boolean unknown) {
        String call = "removal of " + this + ", " + what;
        if (removal instanceof MarkSignApiException refusal) {
            ResponseHead head = new ResponseHead(refusal.httpStatus(), refusal.headers(), refusal.retryAfter());
            return MarkSignApiException.of(call, refusal.gatewayMessage(), refusal.errorCode(), head, unknown);
        }
        if (removal instanceof MarkSignUnexpectedResponseException answer) {
            ResponseHead head = new ResponseHead(answer.httpStatus(), answer.headers(), answer.retryAfter());
            return new MarkSignUnexpectedResponseException(
                    call, "the answer is not the contract's", head, answer.excerpt(), unknown);
        }
        return new MarkSignConnectionException(call, "there was no answer to it", removal, unknown);
    }

    /**
     * Names the kind and the beginning of the id, by which to tell it.
     *
     * @return a text for people
     */
    @Override
    public String toString() {
        return kind.family() + " " + kind.name() + "(" + Secrets.mask(id) + ")";
    }
}
