package lt.marksign.jmh;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code Outage CONTENDER GATEWAY SESSIONS SECONDS WAITING}: sessions that wait this many seconds at a gateway that stops
 * responding. Creates the file {@code WAITING} when all of them wait. Prints by how many milliseconds the last wait exceeded
 * its limit.
 */
final class Outage {
    private Outage() {}

    public static void main(String[] args) throws Exception {
        Contender contender = Contender.of(args[0], URI.create(args[1]));
        int sessions = Integer.parseInt(args[2]);
        Duration limit = Duration.ofSeconds(Long.parseLong(args[3]));
        contender.check(Contender.SESSION);
        CompletableFuture<?>[] overruns = new CompletableFuture<?>[sessions];
        for (int i = 0; i < sessions; i++) {
            String id = String.format("%08x-bbf7-479e-8fb4-bad3433ad83f", i);
            long deadline = System.nanoTime() + limit.toNanos();
            overruns[i] = contender.awaitAsync(id, limit).handle((result, failure) -> System.nanoTime() - deadline);
        }
        Files.createFile(Path.of(args[4]));
        long longest = 0;
        for (CompletableFuture<?> overrun : overruns) {
            longest = Math.max(longest, (Long) overrun.get());
        }
        System.out.println(TimeUnit.NANOSECONDS.toMillis(longest));
        System.exit(0);
    }
}
