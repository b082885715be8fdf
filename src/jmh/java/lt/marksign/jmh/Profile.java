package lt.marksign.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** async-profiler's record of the calling thread, with a sample for each {@link #INTERVAL} of its processor time. */
final class Profile {
    /** The script {@code run} has the same value. */
    private static final Duration INTERVAL = Duration.ofMillis(10);

    /** The package names of each part. Code outside of all parts, for instance the JDK's, counts for its caller. */
    private static final Map<String, List<String>> PARTS = new LinkedHashMap<>();

    /** Words in the names of the C library's functions. The first match counts. */
    private static final Map<String, String> SYSTEM_CALLS = new LinkedHashMap<>();

    static {
        PARTS.put("Feign", List.of("feign."));
        PARTS.put("OkHttp", List.of("okhttp3.", "okio."));
        PARTS.put("Jackson", List.of("com.fasterxml."));
        PARTS.put("this library", List.of("lt.marksign.client."));
        PARTS.put("stock generated code", List.of("org.openapitools."));
        PARTS.put("the benchmark", List.of("lt.marksign.jmh.", "ByHand", "Library", "Stock", "org.openjdk.jmh."));
        SYSTEM_CALLS.put("pthread", "system calls: to wake or wait for threads");
        SYSTEM_CALLS.put("futex", "system calls: to wake or wait for threads");
        SYSTEM_CALLS.put("write", "system calls: to write");
        SYSTEM_CALLS.put("read", "system calls: to read");
        SYSTEM_CALLS.put("poll", "system calls: to read");
    }

    private Profile() {}

    /** Returns the share of each part in the elapsed time, from 0 to 1. */
    static Map<String, Double> read(Path recording) throws IOException {
        Map<String, Integer> samples = new TreeMap<>();
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && isCallingThread(event)) {
                    samples.merge(part(event.getStackTrace().getFrames()), 1, Integer::sum);
                    first = event.getStartTime().isBefore(first) ? event.getStartTime() : first;
                    last = event.getStartTime().isAfter(last) ? event.getStartTime() : last;
                }
            }
        }
        if (samples.isEmpty()) {
            return Map.of("waiting", 1.0);
        }
        double elapsed = Duration.between(first, last).toNanos();
        Map<String, Double> shares = new LinkedHashMap<>();
        samples.forEach((part, count) -> shares.put(part, count * INTERVAL.toNanos() / elapsed));
        shares.put(
                "waiting",
                1 - shares.values().stream().mapToDouble(Double::doubleValue).sum());
        return shares;
    }

    /** Returns whether the library itself examines its connection, apart from the reads and writes of calls. */
    private static boolean isConnectionCheck(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName().endsWith(".GatewaySocket")
                && method.getName().startsWith("is");
    }

    private static boolean isCallingThread(RecordedEvent event) {
        return String.valueOf(event.getThread("sampledThread").getJavaName()).contains("jmh-worker");
    }

    private static String part(List<RecordedFrame> frames) {
        RecordedMethod innermost = frames.get(0).getMethod();
        if (innermost.getType().getName().startsWith("libc.")) {
            if (frames.stream().anyMatch(Profile::isConnectionCheck)) {
                return "system calls: this library's checks";
            }
            for (Map.Entry<String, String> call : SYSTEM_CALLS.entrySet()) {
                if (innermost.getName().contains(call.getKey())) {
                    return call.getValue();
                }
            }
        }
        for (RecordedFrame frame : frames) {
            for (Map.Entry<String, List<String>> part : PARTS.entrySet()) {
                if (part.getValue().stream()
                        .anyMatch(frame.getMethod().getType().getName()::startsWith)) {
                    return part.getKey();
                }
            }
        }
        return "other";
    }
}
