package lt.marksign.client.call;

import java.time.Duration;
import lt.marksign.client.error.MarkSignValidationException;
import org.jspecify.annotations.Nullable;

/** Checks the arguments of public methods. Each message names the argument and the rule. */
public final class Arguments {
    private Arguments() {}

    public static <T> T notNull(String name, @Nullable T value) {
        require(value != null, name, "must not be null");
        return value;
    }

    public static Duration duration(String name, @Nullable Duration value) {
        boolean inRange = value != null
                && value.compareTo(Duration.ofMillis(1)) >= 0
                && value.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0;
        require(inRange, name, "must be from 1 ms to 24 days, but is " + value);
        return value;
    }

    public static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new MarkSignValidationException(field, rule);
        }
    }
}
