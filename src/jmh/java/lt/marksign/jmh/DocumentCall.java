package lt.marksign.jmh;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code DocumentCall CONTENDER GATEWAY upload|download BYTES FOLDER time|heap CALLS}: a process that measures one contender
 * with one document. It prints milliseconds, or the bytes of heap that a call needs beyond a call with a document of five
 * bytes, or the failure. It times CALLS calls, after the same number of calls to warm up.
 */
final class DocumentCall {
    private static final int SMALL_BLOCK = 16 * 1024;
    private static final int LARGE_BLOCK = 1024 * 1024;

    private final DocumentContender contender;
    private final boolean upload;
    private final Path folder;

    private DocumentCall(DocumentContender contender, boolean upload, Path folder) {
        this.contender = contender;
        this.upload = upload;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        DocumentContender contender = (DocumentContender) Contender.of(args[0], URI.create(args[1]));
        DocumentCall call = new DocumentCall(contender, args[2].equals("upload"), Path.of(args[4]));
        int size = Integer.parseInt(args[3]);
        int calls = Integer.parseInt(args[6]);
        String result;
        try {
            result = args[5].equals("time")
                    ? Double.toString(call.millis(size, calls))
                    : Long.toString(call.minimumHeap(size) - call.minimumHeap("%PDF-".length()));
        } catch (Exception | OutOfMemoryError e) {
            result = ("fails: " + e).replaceAll("\\s+", " ");
        }
        System.out.println(result);
        // Threads of some transports would keep the process alive for a minute.
        System.exit(0);
    }

    private double millis(int size, int calls) throws Exception {
        Callable<?> call = prepareCall(size);
        double[] durations = new double[calls];
        // As many calls go first, so that the code is compiled.
        for (int i = -calls; i < calls; i++) {
            long start = System.nanoTime();
            Object result = call.call();
            double millis = (System.nanoTime() - start) / 1e6;
            check(size, result);
            if (i >= 0) {
                durations[i] = millis;
            }
        }
        Arrays.sort(durations);
        return durations[calls / 2];
    }

    /** Returns the least free heap with which a call succeeds, to within a thousandth of the document's size. */
    private long minimumHeap(int size) throws Exception {
        for (int i = 0; i < 3; i++) {
            check(size, prepareCall(size).call());
        }
        System.gc();
        long sufficient = freeHeap();
        long insufficient = 0;
        long precision = Math.max(SMALL_BLOCK, size / 1000);
        while (sufficient - insufficient > precision) {
            long middle = (sufficient + insufficient) / 2;
            if (succeedsWith(middle, size)) {
                sufficient = middle;
            } else {
                insufficient = middle;
            }
        }
        return sufficient;
    }

    private boolean succeedsWith(long maxHeap, int size) {
        List<byte[]> ballast = new ArrayList<>();
        try {
            System.gc();
            for (long left = freeHeap() - maxHeap; left > 0; left -= ballast.get(ballast.size() - 1).length + 16) {
                ballast.add(new byte[(left > 2 * LARGE_BLOCK ? LARGE_BLOCK : SMALL_BLOCK) - 16]);
            }
            check(size, prepareCall(size).call());
            return true;
        } catch (Exception | OutOfMemoryError e) {
            return false;
        } finally {
            ballast.clear();
        }
    }

    private static long freeHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    private Callable<?> prepareCall(int size) throws Exception {
        return upload
                ? contender.upload(document(size))
                : contender.download("" + size, folder.resolve("downloaded.pdf"));
    }

    private Path document(int size) throws IOException {
        Path file = folder.resolve(size + ".pdf");
        if (!Files.exists(file)) {
            Files.write(file, new byte[size]);
        }
        return file;
    }

    private void check(int size, Object result) {
        long bytes = Long.parseLong(result.toString());
        long expected = upload ? (size + 2L) / 3 * 4 : size;
        if (bytes < expected || bytes > expected + (upload ? 1000 : 0)) {
            throw new IllegalStateException(bytes + " bytes instead of " + expected);
        }
    }
}
