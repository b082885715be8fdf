package lt.marksign.client.okhttp;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watchdog's part is played by the tests: they say when the sentinel's time is up. */
class WatchdogSentinelTest {
    private final WatchdogSentinel sentinel = new WatchdogSentinel();

    @BeforeEach
    void keepTheWatchdogOut() {
        sentinel.timeout(1, TimeUnit.HOURS);
    }

    @AfterEach
    void leave() {
        sentinel.exit();
    }

    @Test
    void it_stands_from_the_first_call_on() {
        sentinel.stand();
        assertStands();
    }

    @Test
    void it_stands_once_however_many_calls_there_are() {
        sentinel.stand();
        assertThatNoException().isThrownBy(sentinel::stand);
    }

    @Test
    void it_stands_again_if_there_were_calls() {
        sentinel.stand();
        sentinel.timedOut();
        assertStands();
    }

    @Test
    void it_leaves_if_there_were_none() {
        sentinel.stand();
        sentinel.timedOut();
        sentinel.timedOut();
        assertThatNoException().isThrownBy(sentinel::enter);
    }

    @Test
    void the_next_call_after_that_has_it_stand_again() {
        sentinel.stand();
        sentinel.timedOut();
        sentinel.timedOut();
        sentinel.stand();
        assertStands();
    }

    /** What is in the watchdog's queue cannot enter it. */
    private void assertStands() {
        assertThatIllegalStateException().isThrownBy(sentinel::enter);
    }
}
