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
    private long warm;
    private final Recording recording = new Recording();

    @Setup(Level.Trial)
    public void connect() throws Exception {
        callWithoutDelay(Contender.of(contender, URI.create(promptGateway)));
        start = System.currentTimeMillis();
        client = Contender.of(contender, URI.create(gateway));
    }

    private void callWithoutDelay(Contender prompt) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsToCompile);
        Callable<Void> caller = () -> {
            while (System.nanoTime() - end < 0) {
                prompt.remove();
            }
            return null;
        };
        ExecutorService callers = Executors.newFixedThreadPool(2);
        for (Future<Void> called : callers.invokeAll(List.of(caller, caller))) {
            called.get();
        }
        callers.shutdown();
    }

    @Setup(Level.Iteration)
    public void noteTheEndOfWarmUp(IterationParams iteration) {
        if (warm == 0 && iteration.getType() == IterationType.MEASUREMENT) {
            warm = System.currentTimeMillis();
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
            recording.start();
        }
    }

    @TearDown(Level.Trial)
    public void noteTheTrial() throws IOException {
        long end = System.currentTimeMillis();
        recording.stop();
        Path events = Path.of(trial + ".jfr");
        recording.dump(events);
        int pinned = RecordingFile.readAllEvents(events).size();
        Files.writeString(Path.of(trial), start + "\t" + warm + "\t" + end + "\t" + pinned + "\n");
    }

    @Benchmark
    public void remove() throws Exception {
        client.remove();
    }
}
