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
 * {@code Sessions CONTENDER GATEWAY async|threads|virtual SESSIONS SECONDS-TO-WARM-UP SECONDS}: a process in which sessions wait,
 * checked every two seconds. It prints, separated by tabs: how many bytes of heap they take and how many beside it, when the
 * measurement began and ended in milliseconds since 1970, and the nanoseconds of processor time that the process took meanwhile.
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
            // Of a newer JDK than this is compiled for.
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
            // Spread over the two seconds, as people are.
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
        // What is under way at that moment counts, and differs: the middle of several.
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

    /** What the process has in memory; the heap is all of it from the start, so that a difference is beside the heap. */
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
