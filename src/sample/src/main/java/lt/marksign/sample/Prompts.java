package lt.marksign.sample;

import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.error.MarkSignRequestException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SignedDocument;
import lt.marksign.sample.PersonForm.EidMethod;
import lt.marksign.sample.Prompt.Purpose;
import lt.marksign.sample.Prompt.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Begins, checks and removes prompts. No method waits for the person. */
@Component
class Prompts {
    private static final Logger LOG = LoggerFactory.getLogger(Prompts.class);
    private static final String ATTRIBUTE = Prompts.class.getName();

    /** After this many checks in a row without a response, the outcome counts as unknown. */
    private static final int MAX_FAILED_CHECKS = 5;

    /**
     * A call ends within this time. If a prompt is older and still has no response, the machine that made the call has failed.
     */
    private static final Duration MAX_CALL_TIME = Duration.ofMinutes(2);

    /** How many prompts an HTTP session keeps. A page may still show one that has ended. */
    private static final int MAX_PROMPTS = 8;

    private final Duration timeLimit;

    /** The prompts with an in-flight check. The gateway returns a result only once, so a concurrent check would miss it. */
    private final Set<String> inFlightChecks = ConcurrentHashMap.newKeySet();

    Prompts(@Value("${sample.limit}") Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** Begins a session at the gateway. */
    interface SessionStarter {
        Session<?> start();
    }

    /**
     * Begins a prompt, unless the same form has begun one that is still open.
     *
     * @param formId the form's id
     * @param file the file to sign; null for a login
     * @return the prompt's id
     */
    String begin(
            HttpSession http, String formId, Purpose purpose, PersonForm form, PdfFile file, SessionStarter starter) {
        Prompt prompt;
        synchronized (WebUtils.getSessionMutex(http)) {
            Optional<Prompt> earlier = find(http, formId);
            if (earlier.isPresent() && earlier.get().state().isOpen()) {
                return formId;
            }
            String id =
                    earlier.isPresent() || !isUuid(formId) ? UUID.randomUUID().toString() : formId;
            prompt = new Prompt(id, purpose, form, file);
            put(http, prompt);
        }
        Prompt next;
        try {
            Session<?> session = starter.start();
            next = prompt.withSession(session.id(), session.controlCode().orElse(""));
        } catch (MarkSignException e) {
            next = prompt.withState(beginFailureState(e), messageForPerson(e));
        } catch (MarkSignValidationException e) {
            LOG.info("The prompt was not begun: {}", e.getMessage());
            next = prompt.withState(State.NOT_ACCEPTED, "");
        } catch (RuntimeException e) {
            LOG.error("The prompt was not begun", e);
            next = prompt.withState(State.UNAVAILABLE, "");
        }
        updateIfUnchanged(http, prompt, next);
        return prompt.id();
    }

    private static State beginFailureState(MarkSignException e) {
        LOG.info("The prompt was not begun: {}", e.getMessage());
        if (e.outcomeUnknown()) {
            return State.PERHAPS_BEGUN;
        }
        return e instanceof MarkSignUserException || e instanceof MarkSignRequestException
                ? State.NOT_ACCEPTED
                : State.UNAVAILABLE;
    }

    Optional<Prompt> find(HttpSession http, String id) {
        return Optional.ofNullable(all(http).get(id));
    }

    /** Returns how much time the person has left. */
    Duration timeLeft(Prompt prompt) {
        Duration left = Duration.between(Instant.now(), prompt.since().plus(timeLimit));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Checks a prompt once, unless another request is checking it. Removes the prompt if its time is over.
     *
     * @return whether this check confirmed the prompt
     */
    boolean check(HttpSession http, MarkSignClient client, Prompt prompt) {
        boolean overdue = Instant.now().isAfter(prompt.since().plus(MAX_CALL_TIME));
        if (prompt.state() == State.BEGINNING && overdue) {
            updateIfUnchanged(http, prompt, prompt.withState(State.PERHAPS_BEGUN, ""));
        }
        if (prompt.state() == State.CANCELLING && overdue) {
            updateIfUnchanged(http, prompt, prompt.withState(State.PERHAPS_CANCELLED, ""));
        }
        if (prompt.state() != State.WAITING || !inFlightChecks.add(prompt.id())) {
            return false;
        }
        try {
            return poll(http, client, prompt);
        } finally {
            inFlightChecks.remove(prompt.id());
        }
    }

    private boolean poll(HttpSession http, MarkSignClient client, Prompt prompt) {
        Prompt next;
        try {
            Optional<Prompt> result = prompt.purpose() == Purpose.LOGIN
                    ? authentication(client, prompt).poll().map(person -> loginResult(prompt, person))
                    : signing(client, prompt).poll().map(document -> signingResult(prompt, document));
            next = result.orElse(prompt.withFailedChecks(0));
        } catch (MarkSignException e) {
            next = isTransient(e) && prompt.failedChecks() + 1 < MAX_FAILED_CHECKS
                    ? prompt.withFailedChecks(prompt.failedChecks() + 1)
                    : prompt.withState(failureState(e, State.LOST), messageForPerson(e));
        }
        boolean updated = updateIfUnchanged(http, prompt, next);
        if (updated
                && next.state() == State.WAITING
                && next.failedChecks() == 0
                && timeLeft(next).isZero()) {
            remove(http, client, next, State.EXPIRED);
        }
        return updated && next.state() == State.CONFIRMED;
    }

    /** Returns whether the failure says nothing about the session, so that the next check may succeed. */
    private static boolean isTransient(MarkSignException e) {
        if (e instanceof MarkSignUnexpectedResponseException response) {
            return response.httpStatus() == 429 || response.httpStatus() >= 500;
        }
        return e instanceof MarkSignUnavailableException || e instanceof MarkSignConnectionException;
    }

    private static Session<Identification> authentication(MarkSignClient client, Prompt prompt) {
        return prompt.form().method() == EidMethod.SMART_ID
                ? client.smartIdSessions().authentication(prompt.sessionId())
                : client.mobileIdSessions().authentication(prompt.sessionId());
    }

    private static Session<SignedDocument> signing(MarkSignClient client, Prompt prompt) {
        return prompt.form().method() == EidMethod.SMART_ID
                ? client.smartIdSessions().signing(prompt.sessionId())
                : client.mobileIdSessions().signing(prompt.sessionId());
    }

    /** Compares the personal codes, because a session that was resumed by its id does not know the expected person. */
    private static Prompt loginResult(Prompt prompt, Identification person) {
        PersonForm form = prompt.form().method() == EidMethod.SMART_ID
                ? prompt.form()
                : prompt.form().withCountry(country(person.getCountry()));
        return form.hasCode(person.getCode())
                ? prompt.loggedIn(fullName(person.getName(), person.getSurname()), form)
                : prompt.withState(State.SOMEBODY_ELSE, "");
    }

    /**
     * Reads the country of a response. Two countries may have the same personal code, and a login by Mobile-ID sends no
     * country, so the form's country proves nothing.
     */
    private static Country country(String code) {
        return Stream.of(Country.values())
                .filter(country -> country.getValue().equals(code))
                .findFirst()
                .orElse(null);
    }

    private static Prompt signingResult(Prompt prompt, SignedDocument document) {
        String person = document.getPerson() == null
                ? ""
                : fullName(document.getPerson().getName(), document.getPerson().getSurname());
        String file = document.getFile().getName();
        byte[] pdf = document.getFile().getContent();
        return prompt.signed(person, PdfFile.of(file == null || file.isBlank() ? "signed.pdf" : file, pdf), pdf);
    }

    private static String fullName(String given, String family) {
        return Stream.of(given, family)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
    }

    /**
     * Removes the session, so that the prompt can no longer be confirmed. If that fails, the prompt says that it may still be
     * on the phone.
     */
    void cancel(HttpSession http, MarkSignClient client, Prompt prompt) {
        remove(http, client, prompt, State.CANCELLED);
    }

    private static void remove(HttpSession http, MarkSignClient client, Prompt prompt, State stateAfterRemoval) {
        Prompt cancelling = prompt.withState(State.CANCELLING, "");
        if (!prompt.state().isCancellable() || !updateIfUnchanged(http, prompt, cancelling)) {
            return;
        }
        Prompt next;
        try {
            session(client, prompt).remove();
            next = cancelling.withState(stateAfterRemoval, "");
        } catch (MarkSignException e) {
            next = cancelling.withState(failureState(e, State.PERHAPS_CANCELLED), messageForPerson(e));
        } catch (RuntimeException e) {
            LOG.error("The prompt was not removed", e);
            next = cancelling.withState(State.PERHAPS_CANCELLED, "");
        }
        updateIfUnchanged(http, cancelling, next);
    }

    void cancelAll(HttpSession http, MarkSignClient client) {
        List.copyOf(all(http).values()).forEach(prompt -> cancel(http, client, prompt));
    }

    private static Session<?> session(MarkSignClient client, Prompt prompt) {
        return prompt.purpose() == Purpose.LOGIN ? authentication(client, prompt) : signing(client, prompt);
    }

    private static State failureState(MarkSignException e, State stateIfUnknown) {
        if (e instanceof MarkSignNotFoundException) {
            return State.GONE;
        }
        if (e instanceof MarkSignUserException refusal) {
            return switch (refusal.errorCode().orElse(0)) {
                case 40020 -> State.REFUSED;
                case 40021 -> State.EXPIRED;
                default -> State.NOT_ACCEPTED;
            };
        }
        LOG.warn("Nobody knows what became of the prompt: {}", e.getMessage());
        return stateIfUnknown;
    }

    /** Returns the gateway's message to the person, or an empty text if the message concerns this application's account. */
    private static String messageForPerson(MarkSignException e) {
        return e instanceof MarkSignApiException refusal && !(e instanceof MarkSignAccessException)
                ? refusal.gatewayMessage()
                : "";
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Stores the outcome of a call, unless a concurrent request has changed the state. */
    private static boolean updateIfUnchanged(HttpSession http, Prompt before, Prompt after) {
        synchronized (WebUtils.getSessionMutex(http)) {
            Prompt current = all(http).get(before.id());
            boolean unchanged = current != null && current.state() == before.state();
            if (unchanged) {
                put(http, after);
            }
            return unchanged;
        }
    }

    private static Map<String, Prompt> all(HttpSession http) {
        try {
            @SuppressWarnings("unchecked")
            Map<String, Prompt> prompts = (Map<String, Prompt>) http.getAttribute(ATTRIBUTE);
            return prompts == null ? Map.of() : prompts;
        } catch (IllegalStateException e) {
            // The visitor has logged out in the meantime.
            return Map.of();
        }
    }

    private static void put(HttpSession http, Prompt prompt) {
        Map<String, Prompt> prompts = new LinkedHashMap<>(all(http));
        prompts.put(prompt.id(), prompt);
        prompts.values().stream()
                .filter(each -> !each.state().isOpen() && !each.id().equals(prompt.id()))
                .map(Prompt::id)
                .limit(Math.max(0, prompts.size() - MAX_PROMPTS))
                .toList()
                .forEach(prompts::remove);
        // Sets the attribute again, so that a store that shares HTTP sessions between machines notices the change.
        http.setAttribute(ATTRIBUTE, prompts);
    }
}
