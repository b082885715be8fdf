package lt.marksign.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What a flight recording says of the thread that calls. */
final class Profile {
    /** The names of the packages of each part; what is none of theirs, such as the JDK's, counts for whoever called it. */
    private static final Map<String, List<String>> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("Feign", List.of("feign."));
        PARTS.put("OkHttp", List.of("okhttp3.", "okio."));
        PARTS.put("Jackson", List.of("com.fasterxml."));
        PARTS.put("this library", List.of("lt.marksign.client."));
        PARTS.put("stock generated code", List.of("org.openapitools."));
        PARTS.put("the benchmark", List.of("lt.marksign.jmh.", "ByHand", "Library", "Stock", "org.openjdk.jmh."));
    }

    private static final String NATIVE = "jdk.NativeMethodSample";

    private Profile() {}

    /** The share of each part in the samples of a recording, from 0 to 1. */
    static Map<String, Double> read(Path recording) throws IOException {
        Map<String, Double> shares = new LinkedHashMap<>();
        double all = 0;
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                double weight = weight(event);
                if (weight > 0 && event.getStackTrace() != null && isCaller(event.getThread("sampledThread"))) {
                    shares.merge(part(event), weight, Double::sum);
                    all += weight;
                }
            }
        }
        double whole = all;
        shares.replaceAll((part, weight) -> weight / whole);
        return shares;
    }

    /** The recorder does not know the thread of every sample. */
    private static boolean isCaller(RecordedThread thread) {
        return thread != null && String.valueOf(thread.getJavaName()).contains("jmh-worker");
    }

    /** The recorder's profile samples Java code every 10 ms, and native code every 20. */
    private static double weight(RecordedEvent event) {
        return switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> 10;
            case NATIVE -> 20;
            default -> 0;
        };
    }

    private static String part(RecordedEvent event) {
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        if (event.getEventType().getName().equals(NATIVE)) {
            return systemCall(frames.get(0).getMethod().getName());
        }
        for (RecordedFrame frame : frames) {
            RecordedMethod method = frame.getMethod();
            for (Map.Entry<String, List<String>> part : PARTS.entrySet()) {
                if (part.getValue().stream().anyMatch(method.getType().getName()::startsWith)) {
                    return part.getKey();
                }
            }
        }
        return "other";
    }

    private static String systemCall(String method) {
        if (method.startsWith("write")) {
            return "system calls: writing";
        }
        boolean reading = method.startsWith("read") || method.equals("poll");
        return reading ? "system calls: reading, and waiting for the answer" : "system calls: others";
    }
}
