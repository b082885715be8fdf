package lt.marksign.jmh;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Many callers share one client, against a slow gateway. Before they begin, two callers call a gateway that responds
 * immediately, through a client of the same kind. The code is then compiled early: with more callers than processors, the
 * compiler would have to wait for them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Callers {
    @Param("")
    private String contender;

    @Param("")
    private String gateway;

    @Param("")
    private String promptGateway;

    @Param("0")
    private int secondsToCompile;

    /**
     * The file for the times of the trial, which locate it in the gateway's log, and for how often a virtual thread was pinned.
     */
    @Param("")
    private String trial;

    private Contender client;
    private long start;
    private long warmUpEnd;
    private final Recording recording = new Recording();

    @Setup(Level.Trial)
    public void connect() throws Exception {
        callWithoutDelay(Contender.of(contender, URI.create(promptGateway)));
        start = System.currentTimeMillis();
        client = Contender.of(contender, URI.create(gateway));
    }

    private void callWithoutDelay(Contender fastContender) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsToCompile);
        Callable<Void> caller = () -> {
            while (System.nanoTime() - deadline < 0) {
                fastContender.remove();
            }
            return null;
        };
        ExecutorService callers = Executors.newFixedThreadPool(2);
        for (Future<Void> result : callers.invokeAll(List.of(caller, caller))) {
            result.get();
        }
        callers.shutdown();
    }

    @Setup(Level.Iteration)
    public void recordEndOfWarmUp(IterationParams iteration) {
        if (warmUpEnd == 0 && iteration.getType() == IterationType.MEASUREMENT) {
            warmUpEnd = System.currentTimeMillis();
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
            recording.start();
        }
    }

    @TearDown(Level.Trial)
    public void writeTrial() throws IOException {
        long end = System.currentTimeMillis();
        recording.stop();
        Path events = Path.of(trial + ".jfr");
        recording.dump(events);
        int pinned = RecordingFile.readAllEvents(events).size();
        Files.writeString(Path.of(trial), start + "\t" + warmUpEnd + "\t" + end + "\t" + pinned + "\n");
    }

    @Benchmark
    public void remove() throws Exception {
        client.remove();
    }
}
