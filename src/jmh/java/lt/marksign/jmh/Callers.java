package lt.marksign.jmh;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** Many callers that share one client, over TLS, against a gateway that takes its time. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Callers {
    @Param("")
    private String contender;

    @Param("")
    private String gateway;

    /** Where each trial notes when it ran, for whoever reads the gateway's log. */
    @Param("")
    private String trials;

    private Contender client;
    private long start;
    private long warm;

    @Setup(Level.Trial)
    public void connect() throws ReflectiveOperationException {
        start = System.currentTimeMillis();
        client = Contender.of(contender, URI.create(gateway));
    }

    @Setup(Level.Iteration)
    public void noteTheEndOfWarmUp(IterationParams iteration) {
        if (warm == 0 && iteration.getType() == IterationType.MEASUREMENT) {
            warm = System.currentTimeMillis();
        }
    }

    @TearDown(Level.Trial)
    public void noteTheTrial(BenchmarkParams benchmark) throws IOException {
        String line = String.join(
                ",",
                contender,
                String.valueOf(benchmark.getThreads()),
                benchmark.getMode().shortLabel(),
                String.valueOf(start),
                String.valueOf(warm),
                String.valueOf(System.currentTimeMillis()));
        Files.writeString(Path.of(trials), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Benchmark
    public void remove() throws Exception {
        client.remove();
    }
}
