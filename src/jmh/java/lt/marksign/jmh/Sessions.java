package lt.marksign.jmh;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * {@code Sessions CONTENDER GATEWAY async|threads|virtual SESSIONS SECONDS-TO-WARM-UP SECONDS}: a process with waiting
 * sessions, which are checked every two seconds. It prints, separated by tabs: the bytes of heap and of other memory, the start
 * and the end of the measurement in milliseconds since 1970, and the nanoseconds of processor time in between.
 */
final class Sessions {
    private Sessions() {}

    public static void main(String[] args) throws Exception {
        Contender contender = Contender.of(args[0], URI.create(args[1]));
        int sessions = Integer.parseInt(args[3]);
        for (int i = 0; i < 100; i++) {
            contender.check(Contender.SESSION);
        }
        long heapBefore = heap();
        long residentBefore = resident();
        ExecutorService threads = switch (args[2]) {
            case "threads" -> Executors.newCachedThreadPool();
            // This method exists only in newer JDKs than the target of the compiler.
            case "virtual" ->
                (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            default -> null;
        };
        CompletableFuture<?>[] waits = new CompletableFuture<?>[sessions];
        for (int i = 0; i < sessions; i++) {
            String id = String.format("%08x-bbf7-479e-8fb4-bad3433ad83f", i);
            waits[i] = threads == null
                    ? contender.awaitAsync(id, Duration.ofHours(1))
                    : CompletableFuture.runAsync(
                            () -> {
                                try {
                                    contender.await(id);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            threads);
            // Spreads the sessions over two seconds, like real logins.
            if (i % (sessions / 100) == 0) {
                Thread.sleep(20);
            }
        }
        Thread.sleep(1000 * Long.parseLong(args[4]));
        long begin = System.currentTimeMillis();
        long processorBefore = processorTime();
        Thread.sleep(1000 * Long.parseLong(args[5]));
        long processor = processorTime() - processorBefore;
        long end = System.currentTimeMillis();
        // In-flight calls count and vary, so this measures several times and takes the median.
        long[] heaps = IntStream.range(0, 7).mapToLong(i -> heap()).sorted().toArray();
        for (CompletableFuture<?> wait : waits) {
            if (wait.isDone()) {
                wait.join();
            }
        }
        System.out.printf(
                "%d\t%d\t%d\t%d\t%d%n", heaps[3] - heapBefore, resident() - residentBefore, begin, end, processor);
        System.exit(0);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * Returns the resident memory of the process. The heap is fully resident from the start, so a difference is memory outside
     * the heap.
     */
    private static long resident() throws Exception {
        return Files.lines(Path.of("/proc/self/status"))
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
