package lt.marksign.sample;

import java.net.URI;
import java.util.UUID;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Maps exceptions to {@code application/problem+json}, which tells the caller of this service who has to act. */
@RestControllerAdvice(assignableTypes = {SessionController.class, CallbackController.class})
class ApiExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ApiExceptionHandler.class);

    @ExceptionHandler
    ProblemDetail notFound(MarkSignNotFoundException e) {
        return createProblem(HttpStatus.NOT_FOUND, "There is no such session or document", e);
    }

    @ExceptionHandler
    ProblemDetail userAction(MarkSignUserException e) {
        return createProblem(HttpStatus.CONFLICT, "The person has to act", e);
    }

    @ExceptionHandler
    ProblemDetail badRequest(MarkSignRequestException e) {
        return createProblem(HttpStatus.BAD_REQUEST, "The request is not right", e);
    }

    @ExceptionHandler
    ProblemDetail accessDenied(MarkSignAccessException e) {
        return createProblem(HttpStatus.INTERNAL_SERVER_ERROR, "This service is not set up rightly", e);
    }

    @ExceptionHandler
    ProblemDetail unavailable(MarkSignUnavailableException e) {
        return createProblem(HttpStatus.SERVICE_UNAVAILABLE, "Try again later", e);
    }

    @ExceptionHandler
    ProblemDetail refused(MarkSignApiException e) {
        return createProblem(HttpStatus.UNPROCESSABLE_ENTITY, "The gateway refused", e);
    }

    @ExceptionHandler
    ProblemDetail unexpected(MarkSignUnexpectedResponseException e) {
        return createProblem(HttpStatus.BAD_GATEWAY, "The gateway's response makes no sense", e);
    }

    @ExceptionHandler
    ProblemDetail noResponse(MarkSignConnectionException e) {
        return createProblem(HttpStatus.GATEWAY_TIMEOUT, "The gateway does not respond", e);
    }

    @ExceptionHandler
    ProblemDetail invalidArgument(MarkSignValidationException e) {
        ProblemDetail problem = problemWithInstance(HttpStatus.BAD_REQUEST, e);
        problem.setDetail(e.getMessage());
        return problem;
    }

    private static ProblemDetail createProblem(HttpStatus status, String title, MarkSignException e) {
        ProblemDetail problem = problemWithInstance(status, e);
        problem.setTitle(title);
        problem.setProperty("outcomeUnknown", e.outcomeUnknown());
        if (e instanceof MarkSignApiException refusal) {
            problem.setDetail(refusal.gatewayMessage());
            refusal.errorCode().ifPresent(code -> problem.setProperty("errorCode", code));
        }
        return problem;
    }

    /**
     * Sets an instance. Otherwise Spring sets the request's path, which contains the session id. That id is as sensitive as a
     * credential.
     */
    private static ProblemDetail problemWithInstance(HttpStatus status, RuntimeException e) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setInstance(URI.create("urn:uuid:" + UUID.randomUUID()));
        LOG.info("{}: {}", problem.getInstance(), e.getMessage());
        return problem;
    }
}
