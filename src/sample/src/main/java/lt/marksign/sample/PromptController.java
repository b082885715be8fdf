package lt.marksign.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import lt.marksign.sample.Prompt.Purpose;
import lt.marksign.sample.Prompt.State;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/** Serves the page of a prompt, which can be reloaded at any time, and the page's checks while the person acts. */
@Controller
@ConditionalOnWebApplication
class PromptController {
    private final Prompts prompts;
    private final LocalizedClients clients;
    private final SessionAuthenticationStrategy sessionAuthenticationStrategy;
    private final SecurityContextRepository securityContextRepository;
    private final Duration interval;

    PromptController(
            Prompts prompts,
            LocalizedClients clients,
            SessionAuthenticationStrategy sessionAuthenticationStrategy,
            SecurityContextRepository securityContextRepository,
            @Value("${sample.interval}") Duration interval) {
        this.prompts = prompts;
        this.clients = clients;
        this.sessionAuthenticationStrategy = sessionAuthenticationStrategy;
        this.securityContextRepository = securityContextRepository;
        this.interval = interval;
    }

    /**
     * The response to a check.
     *
     * @param state the prompt's state
     * @param gatewayUnavailable whether the gateway currently does not respond
     */
    record CheckResult(State state, boolean gatewayUnavailable) {}

    @GetMapping("/prompts/{id}")
    Object page(HttpSession http, Model model, @PathVariable String id, @AuthenticationPrincipal Person person) {
        Optional<Prompt> prompt = prompts.find(http, id);
        if (prompt.isEmpty()) {
            return SeeOther.to("/");
        }
        model.addAttribute("prompt", prompt.get());
        model.addAttribute("person", person);
        model.addAttribute("interval", interval.toMillis());
        model.addAttribute("timeLeft", prompts.timeLeft(prompt.get()));
        return "prompt";
    }

    /** Checks the prompt once. It is a POST, because the check may log the person in. */
    @PostMapping("/prompts/{id}/check")
    ResponseEntity<CheckResult> check(
            HttpServletRequest request, HttpServletResponse response, Locale language, @PathVariable String id) {
        HttpSession http = request.getSession();
        Optional<Prompt> prompt = prompts.find(http, id);
        if (prompt.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        boolean confirmed = prompts.check(http, clients.forLanguage(language), prompt.get());
        Optional<Prompt> updated = prompts.find(http, id);
        updated.filter(current -> confirmed && current.purpose() == Purpose.LOGIN)
                .ifPresent(current -> logIn(new Person(current.personName(), current.form()), request, response));
        return ResponseEntity.of(updated.map(current -> new CheckResult(current.state(), current.failedChecks() > 0)));
    }

    /** Checks the prompt once, for a browser without scripts. */
    @PostMapping("/prompts/{id}/ask")
    View checkWithoutScript(
            HttpServletRequest request, HttpServletResponse response, Locale language, @PathVariable String id) {
        check(request, response, language, id);
        return SeeOther.to("/prompts/" + id);
    }

    private void logIn(Person person, HttpServletRequest request, HttpServletResponse response) {
        Authentication login =
                new PreAuthenticatedAuthenticationToken(person, null, AuthorityUtils.createAuthorityList("PERSON"));
        sessionAuthenticationStrategy.onAuthentication(login, request, response);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(login);
        SecurityContextHolder.setContext(context);
        securityContextRepository.saveContext(context, request, response);
    }

    @PostMapping("/prompts/{id}/cancel")
    View cancel(HttpSession http, Locale language, @PathVariable String id) {
        prompts.find(http, id).ifPresent(prompt -> prompts.cancel(http, clients.forLanguage(language), prompt));
        return SeeOther.to("/prompts/" + id);
    }
}
