package lt.marksign.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import lt.marksign.client.call.GatewayCall;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A wait for the result of a session. It removes the session if the limit passes or the application completes the future. */
final class SessionWait<R> extends ResultWait<R> {
    private static final Logger LOG = LoggerFactory.getLogger("lt.marksign.client");

    private final Session<R> session;

    SessionWait(Session<R> session, Waits waits, Duration limit) {
        super(
                session.toString(),
                () -> GatewayCall.withoutRetries(session::check),
                passed -> waits.interval,
                waits,
                limit,
                // Spreads the checks of sessions that are awaited at the same time, such as after a restart.
                ThreadLocalRandom.current().nextLong(waits.interval.toNanos()) + 1);
        this.session = session;
    }

    @Override
    String ifSession(String text) {
        return text;
    }

    @Override
    boolean isOver(Throwable e) {
        return e instanceof MarkSignUserException || super.isOver(e);
    }

    @Override
    boolean isTransient(MarkSignException e) {
        return super.isTransient(e) || session.isTooYoung(e);
    }

    @Override
    void removeAtLimit() {
        session.remove();
    }

    @Override
    void remove() {
        try {
            throwIfStopped(null);
            session.remove();
        } catch (MarkSignUserException e) {
            LOG.debug("{} ended before it was removed", session);
        } catch (RuntimeException e) {
            LOG.warn("An abandoned session may still be open: {}", e.getMessage());
        }
    }

    /** If the response to the previous check was lost, it may have been the result, which ends the session. */
    @Override
    RuntimeException toThrow(RuntimeException e) {
        if (lastFailure == null) {
            return e;
        }
        RuntimeException thrown = lastFailure.outcomeUnknown() && Session.code(e) == Session.NOT_FOUND
                ? session.restated((MarkSignException) e, "the response to the previous check was lost", true)
                : e;
        thrown.addSuppressed(lastFailure);
        return thrown;
    }
}
