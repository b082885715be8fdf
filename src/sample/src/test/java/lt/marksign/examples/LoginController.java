package lt.marksign.examples;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttribute;

/** Logs people in with Smart-ID. No thread waits for the person. */
@RestController
@RequestMapping("/login")
class LoginController {
    private final MarkSignClient markSign;

    LoginController(MarkSignClient markSign) {
        this.markSign = markSign;
    }

    /** The state of a login between two requests. Store it where the user cannot see it. */
    record Login(String id, String personalCode) implements Serializable {}

    /** Starts a login, and returns the code that the person compares with the phone. */
    @PostMapping
    Map<String, String> start(@RequestParam String personalCode, HttpSession http) {
        Session<Identification> session = markSign.smartIdSessions()
                .authenticate(
                        new SmartIdAuthenticationRequest().code(personalCode).country(Country.LT));
        http.setAttribute("login", new Login(session.id(), personalCode));
        return Map.of("controlCode", session.controlCode().orElse(""));
    }

    /** Serves a page that polls: 202 until the person has acted, then 200 with the name. */
    @GetMapping
    ResponseEntity<Map<String, String>> poll(@SessionAttribute Login login) {
        Optional<Identification> result = resume(login).poll();
        return result.map(person -> ResponseEntity.ok(welcome(login, person)))
                .orElseGet(() -> ResponseEntity.accepted().build());
    }

    /** Serves a client that waits, with one long request. Send only one for a login, because its end removes the session. */
    @GetMapping("/result")
    CompletableFuture<Map<String, String>> await(@SessionAttribute Login login) {
        return resume(login).awaitAsync(Duration.ofMinutes(2)).thenApply(person -> welcome(login, person));
    }

    @DeleteMapping
    ResponseEntity<Void> cancel(@SessionAttribute Login login) {
        resume(login).remove();
        return ResponseEntity.noContent().build();
    }

    private Session<Identification> resume(Login login) {
        return markSign.smartIdSessions().authentication(login.id());
    }

    /** Compares the personal codes, because a session that was resumed by its id does not know the expected person. */
    private static Map<String, String> welcome(Login login, Identification person) {
        if (!login.personalCode().equals(person.getCode())) {
            throw new IllegalStateException("another person confirmed");
        }
        return Map.of("name", person.getName());
    }

    @ExceptionHandler
    ProblemDetail invalid(MarkSignValidationException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.field() + " " + e.rule());
    }

    @ExceptionHandler
    ProblemDetail failed(MarkSignException e) {
        if (e instanceof MarkSignUserException user) {
            return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, user.gatewayMessage());
        }
        HttpStatus status = e instanceof MarkSignNotFoundException
                ? HttpStatus.NOT_FOUND
                : e instanceof MarkSignUnavailableException
                        ? HttpStatus.SERVICE_UNAVAILABLE
                        : e instanceof MarkSignConnectionException
                                ? HttpStatus.GATEWAY_TIMEOUT
                                : HttpStatus.BAD_GATEWAY;
        return ProblemDetail.forStatusAndDetail(
                status, e.outcomeUnknown() ? "If your phone shows a prompt, refuse it." : "Please try again later.");
    }
}
