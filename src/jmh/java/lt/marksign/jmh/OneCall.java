package lt.marksign.jmh;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One caller on loopback, without TLS, against a gateway that responds immediately. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OneCall {
    @Param("")
    private String contender;

    @Param("")
    private String gateway;

    private Contender client;

    @Setup
    public void connect() throws ReflectiveOperationException {
        client = Contender.of(contender, URI.create(gateway));
    }

    @Benchmark
    public void remove() throws Exception {
        client.remove();
    }

    @Benchmark
    public String init() throws Exception {
        return client.init();
    }

    @Benchmark
    public void check() throws Exception {
        client.check(Contender.SESSION);
    }
}
