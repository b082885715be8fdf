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
import lt.marksign.sample.Asked.Means;
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
    private static final int PATIENCE = 5;

    /**
     * A call ends within this time. If a prompt is older and still has no response, the machine that made the call has failed.
     */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    /** How many prompts an HTTP session keeps. A page may still show one that has ended. */
    private static final int REMEMBERED = 8;

    private final Duration limit;

    /** The prompts with an in-flight check. The gateway returns a result only once, so a concurrent check would miss it. */
    private final Set<String> checking = ConcurrentHashMap.newKeySet();

    Prompts(@Value("${sample.limit}") Duration limit) {
        this.limit = limit;
    }

    /** Begins a session at the gateway. */
    interface Beginning {
        Session<?> begin();
    }

    /**
     * Begins a prompt, unless the same form has begun one that is still open.
     *
     * @param form the form's id
     * @param file the file to sign; null for a login
     * @return the prompt's id
     */
    String begin(HttpSession http, String form, Purpose purpose, Asked asked, File file, Beginning beginning) {
        Prompt prompt;
        synchronized (WebUtils.getSessionMutex(http)) {
            Optional<Prompt> earlier = find(http, form);
            if (earlier.isPresent() && earlier.get().state().isOpen()) {
                return form;
            }
            String id = earlier.isPresent() || !isUuid(form) ? UUID.randomUUID().toString() : form;
            prompt = new Prompt(id, purpose, asked, file);
            put(http, prompt);
        }
        Prompt next;
        try {
            Session<?> session = beginning.begin();
            next = prompt.waiting(session.id(), session.controlCode().orElse(""));
        } catch (MarkSignException e) {
            next = prompt.ended(notBegun(e), said(e));
        } catch (MarkSignValidationException e) {
            LOG.info("The prompt was not begun: {}", e.getMessage());
            next = prompt.ended(State.NOT_ACCEPTED, "");
        } catch (RuntimeException e) {
            LOG.error("The prompt was not begun", e);
            next = prompt.ended(State.UNAVAILABLE, "");
        }
        settle(http, prompt, next);
        return prompt.id();
    }

    private static State notBegun(MarkSignException e) {
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
    Duration left(Prompt prompt) {
        Duration left = Duration.between(Instant.now(), prompt.since().plus(limit));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Checks a prompt once, unless another request is checking it. Removes the prompt if its time is over.
     *
     * @return whether this check confirmed the prompt
     */
    boolean check(HttpSession http, MarkSignClient gateway, Prompt prompt) {
        boolean overdue = Instant.now().isAfter(prompt.since().plus(LONGEST_CALL));
        if (prompt.state() == State.BEGINNING && overdue) {
            settle(http, prompt, prompt.ended(State.PERHAPS_BEGUN, ""));
        }
        if (prompt.state() == State.CANCELLING && overdue) {
            settle(http, prompt, prompt.ended(State.PERHAPS_CANCELLED, ""));
        }
        if (prompt.state() != State.WAITING || !checking.add(prompt.id())) {
            return false;
        }
        try {
            return ask(http, gateway, prompt);
        } finally {
            checking.remove(prompt.id());
        }
    }

    private boolean ask(HttpSession http, MarkSignClient gateway, Prompt prompt) {
        Prompt next;
        try {
            Optional<Prompt> result = prompt.purpose() == Purpose.LOGIN
                    ? authentication(gateway, prompt).poll().map(person -> identified(prompt, person))
                    : signing(gateway, prompt).poll().map(document -> signed(prompt, document));
            next = result.orElse(prompt.unanswered(0));
        } catch (MarkSignException e) {
            next = isNoResponse(e) && prompt.unanswered() + 1 < PATIENCE
                    ? prompt.unanswered(prompt.unanswered() + 1)
                    : prompt.ended(ending(e, State.LOST), said(e));
        }
        boolean settled = settle(http, prompt, next);
        if (settled
                && next.state() == State.WAITING
                && next.unanswered() == 0
                && left(next).isZero()) {
            remove(http, gateway, next, State.EXPIRED);
        }
        return settled && next.state() == State.CONFIRMED;
    }

    /** Returns whether the failure says nothing about the session, so that the next check may succeed. */
    private static boolean isNoResponse(MarkSignException e) {
        if (e instanceof MarkSignUnexpectedResponseException response) {
            return response.httpStatus() == 429 || response.httpStatus() >= 500;
        }
        return e instanceof MarkSignUnavailableException || e instanceof MarkSignConnectionException;
    }

    private static Session<Identification> authentication(MarkSignClient gateway, Prompt prompt) {
        return prompt.asked().means() == Means.SMART_ID
                ? gateway.smartIdSessions().authentication(prompt.sessionId())
                : gateway.mobileIdSessions().authentication(prompt.sessionId());
    }

    private static Session<SignedDocument> signing(MarkSignClient gateway, Prompt prompt) {
        return prompt.asked().means() == Means.SMART_ID
                ? gateway.smartIdSessions().signing(prompt.sessionId())
                : gateway.mobileIdSessions().signing(prompt.sessionId());
    }

    /** Compares the personal codes, because a session that was resumed by its id does not know the expected person. */
    private static Prompt identified(Prompt prompt, Identification person) {
        Asked asked = prompt.asked().means() == Means.SMART_ID
                ? prompt.asked()
                : prompt.asked().in(country(person.getCountry()));
        return asked.is(person.getCode())
                ? prompt.identified(name(person.getName(), person.getSurname()), asked)
                : prompt.ended(State.SOMEBODY_ELSE, "");
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

    private static Prompt signed(Prompt prompt, SignedDocument document) {
        String person = document.getPerson() == null
                ? ""
                : name(document.getPerson().getName(), document.getPerson().getSurname());
        String file = document.getFile().getName();
        byte[] pdf = document.getFile().getContent();
        return prompt.signed(person, File.of(file == null || file.isBlank() ? "signed.pdf" : file, pdf), pdf);
    }

    private static String name(String given, String family) {
        return Stream.of(given, family)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
    }

    /**
     * Removes the session, so that the prompt can no longer be confirmed. If that fails, the prompt says that it may still be
     * on the phone.
     */
    void cancel(HttpSession http, MarkSignClient gateway, Prompt prompt) {
        remove(http, gateway, prompt, State.CANCELLED);
    }

    private static void remove(HttpSession http, MarkSignClient gateway, Prompt prompt, State removed) {
        Prompt cancelling = prompt.ended(State.CANCELLING, "");
        if (!prompt.state().isCancellable() || !settle(http, prompt, cancelling)) {
            return;
        }
        Prompt next;
        try {
            session(gateway, prompt).remove();
            next = cancelling.ended(removed, "");
        } catch (MarkSignException e) {
            next = cancelling.ended(ending(e, State.PERHAPS_CANCELLED), said(e));
        } catch (RuntimeException e) {
            LOG.error("The prompt was not removed", e);
            next = cancelling.ended(State.PERHAPS_CANCELLED, "");
        }
        settle(http, cancelling, next);
    }

    void cancelAll(HttpSession http, MarkSignClient gateway) {
        List.copyOf(all(http).values()).forEach(prompt -> cancel(http, gateway, prompt));
    }

    private static Session<?> session(MarkSignClient gateway, Prompt prompt) {
        return prompt.purpose() == Purpose.LOGIN ? authentication(gateway, prompt) : signing(gateway, prompt);
    }

    private static State ending(MarkSignException e, State otherwise) {
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
        return otherwise;
    }

    /** Returns the gateway's message to the person, or an empty text if the message concerns this application's account. */
    private static String said(MarkSignException e) {
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
    private static boolean settle(HttpSession http, Prompt before, Prompt after) {
        synchronized (WebUtils.getSessionMutex(http)) {
            Prompt now = all(http).get(before.id());
            boolean first = now != null && now.state() == before.state();
            if (first) {
                put(http, after);
            }
            return first;
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
                .limit(Math.max(0, prompts.size() - REMEMBERED))
                .toList()
                .forEach(prompts::remove);
        // Sets the attribute again, so that a store that shares HTTP sessions between machines notices the change.
        http.setAttribute(ATTRIBUTE, prompts);
    }
}
