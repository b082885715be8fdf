package lt.marksign.client.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Captures everything that is logged, at every level, with SLF4J and with the JDK's own logging. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> jdkMessages = new CopyOnWriteArrayList<>();
    private final Consumer<ILoggingEvent> listener;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final java.util.logging.Logger jdkRoot = LogManager.getLogManager().getLogger("");
    private final java.util.logging.Level jdkLevel = jdkRoot.getLevel();
    private final Handler jdkHandler = new Handler() {
        @Override
        public void publish(LogRecord event) {
            jdkMessages.add(event.getMessage() + " " + event.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Starts to capture. */
    public LogCapture() {
        this(event -> {});
    }

    /** Starts to capture, and passes on the SLF4J events. */
    public LogCapture(Consumer<ILoggingEvent> listener) {
        this.listener = listener;
        setContext(root.getLoggerContext());
        start();
        root.setLevel(Level.ALL);
        root.addAppender(this);
        jdkRoot.setLevel(java.util.logging.Level.ALL);
        jdkRoot.addHandler(jdkHandler);
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
        listener.accept(event);
    }

    /** Returns the library's events. */
    public List<ILoggingEvent> ofLibrary() {
        return events.stream()
                .filter(event -> event.getLoggerName().startsWith("lt.marksign"))
                .toList();
    }

    /** Returns the messages of all loggers. */
    public List<String> messages() {
        return java.util.stream.Stream.concat(
                        events.stream().map(ILoggingEvent::getFormattedMessage), jdkMessages.stream())
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(Level.OFF);
        jdkRoot.removeHandler(jdkHandler);
        jdkRoot.setLevel(jdkLevel);
    }
}
