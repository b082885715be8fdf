package lt.marksign.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code DocumentReport RESULTS MARKDOWN}: what {@code src/jmh/run documents} measured, in place of what the file's section says. */
final class DocumentReport {
    private static final String BEGIN = "<!-- documents -->";
    private static final String END = "<!-- end documents -->";
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("Floor", "a bare socket, in ms");
        NAMES.put("Library", "**this library**, a file");
        NAMES.put("LibraryRaw", "**this library**, bytes");
        NAMES.put("StockFeign", "stock generated `feign`");
        NAMES.put("StockOkHttpGson", "stock generated `okhttp-gson`");
    }

    private final Map<String, String> measured = new LinkedHashMap<>();
    private final List<String> sizes = new ArrayList<>();
    private final List<String> misses = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();

    private DocumentReport() {}

    public static void main(String[] args) throws IOException {
        DocumentReport report = new DocumentReport();
        report.write(Path.of(args[0]));
        Path file = Path.of(args[1]);
        String text = Files.readString(file);
        String old = section(text);
        Files.writeString(
                file,
                old.isEmpty()
                        ? text.replace("## Process start and size", report.out + "\n## Process start and size")
                        : text.replace(old, report.out));
    }

    /** The section with its markers and the end of its last line, or nothing. */
    static String section(String markdown) {
        int begin = markdown.indexOf(BEGIN);
        return begin < 0 ? "" : markdown.substring(begin, markdown.indexOf(END) + END.length() + 1);
    }

    private void write(Path results) throws IOException {
        for (String[] field : tsv(results.resolve("documents.tsv"))) {
            measured.put(String.join(" ", field[0], field[1], field[2], field[3]), field[4]);
            if (!sizes.contains(field[2])) {
                sizes.add(field[2]);
            }
        }
        line(BEGIN);
        line("## Documents");
        line("");
        line("""
                Written by `src/jmh/run documents`, each figure of a new process with the serial collector, over loopback, without TLS, to a
                gateway in a process of its own that keeps no byte. Heap is the least that must be free for a call to end well, found to
                16 KB or a thousandth of the document by filling the rest, beyond what a call with one byte needs, as a multiple of the
                document; the bytes that an application hands over or gets are part of it. Time is the middle one of several calls, after
                as many to warm up, as a multiple of writing or reading the same number of bytes with a bare socket, which keeps none. This
                library takes a file or bytes, and downloads to a file or to bytes; the stock clients take bytes, and download to a file.
                """);
        line("|  |  |\n| --- | --- |");
        for (String[] field : tsv(results.resolve("machine.tsv"))) {
            if (!field[0].matches("Maven|gateway|processors kept awake")) {
                line("| " + field[0] + " | " + field[1] + " |");
            }
        }
        line("");
        for (String direction : List.of("upload", "download")) {
            table(direction);
        }
        misses.forEach(miss -> line("- " + miss));
        line(END);
    }

    private void table(String direction) {
        StringBuilder head = new StringBuilder("| " + direction + " |");
        for (String what : List.of("heap", "time")) {
            sizes.forEach(size -> head.append(" " + what + ", " + megabytes(size) + " |"));
        }
        line(head.toString());
        line("| --- |" + " --: |".repeat(2 * sizes.size()));
        for (String contender : NAMES.keySet()) {
            StringBuilder row = new StringBuilder("| " + NAMES.get(contender) + " |");
            for (String kind : List.of("heap", "time")) {
                for (String size : sizes) {
                    row.append(" " + cell(contender, direction, size, kind) + " |");
                }
            }
            line(row.toString());
        }
        line("");
    }

    private String cell(String contender, String direction, String size, String kind) {
        if (contender.equals("Floor") && kind.equals("heap")) {
            return "";
        }
        double own = multiple(contender, direction, size, kind);
        if (Double.isNaN(own)) {
            return measured.getOrDefault(String.join(" ", contender, direction, size, kind), "");
        }
        String what = NAMES.get(contender) + ", " + direction + " of " + megabytes(size) + ": ";
        if (contender.startsWith("Library") && kind.equals("time")) {
            double stock = Math.min(
                    multiple("StockFeign", direction, size, kind), multiple("StockOkHttpGson", direction, size, kind));
            if (own > stock) {
                misses.add(what + "it takes " + number(own) + " × the time, the faster stock client " + number(stock)
                        + ".");
            }
        }
        // A file's memory does not grow with it: 1 MB for any.
        double most =
                contender.equals("Library") ? 1e6 / Double.parseDouble(size) : direction.equals("upload") ? 2.5 : 3;
        if (contender.startsWith("Library") && kind.equals("heap") && own > most) {
            misses.add(
                    what + "it takes " + number(own) + " × the document, and is to take at most " + number(most) + ".");
        }
        return number(own);
    }

    private double multiple(String contender, String direction, String size, String kind) {
        String of = contender.equals("Floor") ? "1" : measured.get("Floor " + direction + " " + size + " time");
        try {
            return Double.parseDouble(measured.get(String.join(" ", contender, direction, size, kind)))
                    / Double.parseDouble(kind.equals("time") ? of : size);
        } catch (NumberFormatException | NullPointerException e) {
            return Double.NaN;
        }
    }

    private static String megabytes(String size) {
        return Long.parseLong(size) / 1_000_000 + " MB";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", Math.max(0, value));
    }

    private static List<String[]> tsv(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split("\t")).toList();
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
