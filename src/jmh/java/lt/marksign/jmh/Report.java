package lt.marksign.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code Report RESULTS MARKDOWN JSON}: what {@code src/jmh/run} measured, as tables and as data. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final double GATEWAY_MILLIS = 20;

    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("Floor", "a bare socket, prebuilt bytes");
        NAMES.put("ByHandOkHttp", "by hand: OkHttp, Jackson");
        NAMES.put("ByHandJdk", "by hand: the JDK's `HttpClient`, Jackson");
        NAMES.put("Library", "**this library**, `remove`");
        NAMES.put("LibraryRaw", "**this library**, generated interface");
        NAMES.put("StockFeign", "stock generated `feign`");
        NAMES.put("StockNative", "stock generated `native`");
        NAMES.put("StockOkHttpGson", "stock generated `okhttp-gson`");
        NAMES.put("StockRestClient", "stock generated `restclient`");
    }

    private final Path results;
    private final StringBuilder out = new StringBuilder();
    private final ObjectNode data = JSON.createObjectNode();

    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Call> asleep = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> profiles = new LinkedHashMap<>();
    private final List<String> failed = new ArrayList<>();
    private final Map<String, Map<Integer, Load>> loads = new LinkedHashMap<>();
    private final Map<Integer, String> warmups = new TreeMap<>();
    private final Map<String, long[]> starts = new LinkedHashMap<>();
    private final Map<String, List<Path>> jars = new LinkedHashMap<>();
    private final Map<String, long[]> generation = new LinkedHashMap<>();

    private Report(Path results) {
        this.results = results;
    }

    public static void main(String[] args) throws IOException {
        Report report = new Report(Path.of(args[0]));
        report.read();
        report.write();
        Files.writeString(Path.of(args[1]), report.out);
        JSON.writeValue(Path.of(args[2]).toFile(), report.data);
    }

    /** One caller: microseconds in each round, and bytes. */
    private record Call(double[] micros, double bytes) {
        /** What the rounds' ratios to another contender are in the middle: both had the same moments of the machine. */
        double ratioTo(Call other) {
            return middle(IntStream.range(0, micros.length).mapToDouble(i -> micros[i] / other.micros[i]));
        }
    }

    /** Many callers. Connections are the gateway's count; late ones were opened after the warm-up. */
    private record Load(
            double perSecond,
            double median,
            double p99,
            double bytes,
            long connections,
            long late,
            long resumed,
            long refused) {}

    private void read() throws IOException {
        for (String[] field : tsv("classpaths.tsv")) {
            String path = field.length > 1 ? field[1] : "";
            jars.put(
                    field[0],
                    Arrays.stream(path.split(":"))
                            .filter(jar -> !jar.isEmpty())
                            .map(Path::of)
                            .toList());
        }
        longs("starts.tsv").forEach(starts::put);
        longs("generation.tsv").forEach(generation::put);
        tsv("failed.tsv").forEach(field -> failed.add(NAMES.get(field[0])));
        Trials trials = Trials.read(results);
        for (String contender : NAMES.keySet()) {
            readCall("one-awake-" + contender, contender, calls);
            readCall("one-asleep-" + contender, contender, asleep);
            Path recording = results.resolve(contender + ".jfr");
            if (Files.exists(recording)) {
                profiles.put(contender, Profile.read(recording));
            }
            Map<Integer, Load> byCallers = new TreeMap<>();
            for (int callers : new int[] {1, 8, 64, 256}) {
                JsonNode sample = result("callers-" + contender + "-" + callers);
                if (sample != null) {
                    warmups.put(callers, sample.path("warmupTime").asText());
                    Trials.Count count = trials.count(contender, callers);
                    JsonNode millis = sample.path("primaryMetric");
                    byCallers.put(
                            callers,
                            new Load(
                                    // Each caller begins its next call when it has the answer to the last.
                                    callers * 1000 / millis.path("score").asDouble(),
                                    millis.at("/scorePercentiles/50.0").asDouble(),
                                    millis.at("/scorePercentiles/99.0").asDouble(),
                                    bytes(sample),
                                    count.connections,
                                    count.late,
                                    count.resumed,
                                    count.refused));
                }
            }
            if (!byCallers.isEmpty()) {
                loads.put(contender, byCallers);
            }
        }
    }

    private void readCall(String name, String contender, Map<String, Call> into) throws IOException {
        List<JsonNode> rounds = new ArrayList<>();
        for (JsonNode round = result(name + "-1"); round != null; round = result(name + "-" + (rounds.size() + 1))) {
            rounds.add(round);
        }
        if (!rounds.isEmpty()) {
            double[] micros = rounds.stream()
                    .mapToDouble(round -> middle(
                            round.at("/primaryMetric/rawData/0").valueStream().mapToDouble(JsonNode::asDouble)))
                    .toArray();
            into.put(contender, new Call(micros, middle(rounds.stream().mapToDouble(Report::bytes))));
        }
    }

    private static double bytes(JsonNode result) {
        for (Map.Entry<String, JsonNode> metric :
                result.path("secondaryMetrics").properties()) {
            if (metric.getKey().endsWith("gc.alloc.rate.norm")) {
                return metric.getValue().path("score").asDouble();
            }
        }
        return Double.NaN;
    }

    private void write() throws IOException {
        line("# Benchmarks");
        line("");
        line(
                "Written by `mvn -Pbenchmark`; the same as data is in [`src/jmh/results.json`](src/jmh/results.json). All figures");
        line(
                "but those of documents are of one run, so compare them with each other rather than with those of another machine.");
        line("");
        machine();
        goals();
        oneCall();
        profile();
        manyCallers();
        // Of a run of its own, which this one keeps.
        line(DocumentReport.section(Files.readString(Path.of("BENCHMARKS.md"))));
        processStart();
        generation();
        versions();
        data.set("oneCall", JSON.valueToTree(calls));
        data.set("oneCallAsleep", JSON.valueToTree(asleep));
        data.set("oneCallProfile", JSON.valueToTree(profiles));
        data.set("failed", JSON.valueToTree(failed));
        data.set("callers", JSON.valueToTree(loads));
        data.set("callersWarmup", JSON.valueToTree(warmups));
        data.set("startMillis", JSON.valueToTree(starts));
        data.set("generationMillis", JSON.valueToTree(generation));
    }

    private void machine() throws IOException {
        row("", "");
        row("---", "---");
        ObjectNode machine = data.putObject("machine");
        for (String[] field : tsv("machine.tsv")) {
            machine.put(field[0], field[1]);
            row(field[0], field[1]);
        }
        line("");
    }

    private void goals() {
        Call own = calls.get("Library");
        Call hand = calls.get("ByHandOkHttp");
        Call feign = calls.get("StockFeign");
        Map<Integer, Load> load = loads.getOrDefault("Library", Map.of());
        line("## Goals");
        line("");
        row("", "goal", "measured", "");
        row("---", "---", "---", "---");
        if (own != null && hand != null && feign != null) {
            goal("one call, against by hand on the same transport", own.ratioTo(hand), 1.25, "× the time");
            goal("bytes of one call", own.bytes / 1000, 30, "KB");
            goal("one call, against stock `feign`", own.ratioTo(feign), 1, "× the time");
            goal("bytes of one call, against stock `feign`", own.bytes / feign.bytes, 0.7, "× the bytes");
        }
        if (asleep.size() == 3) {
            double ratio = asleep.get("Library").ratioTo(asleep.get("ByHandOkHttp"));
            goal("one call, against by hand, with processors that may sleep", ratio, 1.25, "× the time");
            goal(
                    "one call, against stock `feign`, with processors that may sleep",
                    asleep.get("Library").ratioTo(asleep.get("StockFeign")),
                    1,
                    "× the time");
        }
        Load at64 = load.get(64);
        if (at64 != null) {
            goalAtLeast("64 callers, of the ideal", 100 * at64.perSecond / ideal(64), 95, "%");
            goal("64 callers, p99, against the gateway's time", at64.p99 / GATEWAY_MILLIS, 1.5, "×");
            goal("64 callers, connections opened", at64.connections, 64, "in each trial");
            goal("64 callers, handshakes after the warm-up", at64.late, 0, "");
        }
        Load at256 = load.get(256);
        if (at256 != null) {
            goalAtLeast("256 callers, of the ideal", 100 * at256.perSecond / ideal(256), 90, "%");
            goal("256 callers, answers other than 200", at256.refused, 0, "");
            for (int callers : new int[] {8, 64}) {
                goalAtLeast(
                        callers + " callers, against " + callers / 8,
                        load.get(callers).perSecond / load.get(callers / 8).perSecond,
                        7.6,
                        "× the calls");
            }
            double most = load.values().stream().mapToDouble(Load::bytes).max().orElseThrow();
            double least = load.values().stream().mapToDouble(Load::bytes).min().orElseThrow();
            goal("bytes of a call, at any number of callers", most / least, 1.1, "× the least");
        }
        goal(
                "runs of this library that an exception ended",
                Collections.frequency(failed, NAMES.get("Library"))
                        + Collections.frequency(failed, NAMES.get("LibraryRaw")),
                0,
                "");
        if (starts.containsKey("Library")) {
            double ratio = (double) median(starts.get("Library")) / median(starts.get("StockFeign"));
            goal("process start to first removal, against stock `feign`", ratio, 1, "× the time");
        }
        line("");
        if (!failed.isEmpty()) {
            line("Runs that an exception ended, and that were done once more: " + String.join(", ", failed) + ".");
            line("");
        }
    }

    private static double ideal(int callers) {
        return callers * 1000 / GATEWAY_MILLIS;
    }

    private void goal(String what, double measured, double most, String unit) {
        goalRow(what, "at most " + number(most) + " " + unit, measured, measured <= most, unit);
    }

    private void goalAtLeast(String what, double measured, double least, String unit) {
        goalRow(what, "at least " + number(least) + " " + unit, measured, measured >= least, unit);
    }

    private void goalRow(String what, String goal, double measured, boolean met, String unit) {
        row(what, goal.strip(), (number(measured) + " " + unit).strip(), met ? "met" : "**missed**");
        data.withArray("goals")
                .addObject()
                .put("what", what)
                .put("goal", goal)
                .put("measured", measured)
                .put("met", met);
    }

    private void oneCall() {
        line("## One call");
        line("");
        line(
                "One caller, on loopback, without TLS, against a gateway that answers at once. The contenders take turns, each in a");
        line("new process, and are compared within a round; of a contender's rounds the one in the middle is given.");
        line("");
        callTable(calls);
        line(
                "With processors that may sleep, waking them is part of what is measured, and a client whose other threads keep");
        line("them awake gains by it:");
        line("");
        callTable(asleep);
    }

    private void callTable(Map<String, Call> table) {
        row("", "µs", "least", "most", "bytes allocated");
        row("---", "--:", "--:", "--:", "--:");
        table.forEach((contender, call) -> row(
                NAMES.get(contender),
                number(middle(Arrays.stream(call.micros))),
                number(Arrays.stream(call.micros).min().orElseThrow()),
                number(Arrays.stream(call.micros).max().orElseThrow()),
                grouped(call.bytes)));
        line("");
    }

    private void profile() throws IOException {
        line(
                "Where the caller's thread spends it, by async-profiler's samples in one more process of each: whose code is the");
        line(
                "innermost, system calls apart. This library alone asks its connection before a request whether there is something");
        line(
                "to read, which would be taken for the answer, and reads an answer twice: first whether it is one, as strictly as it");
        line("must, then what it holds.");
        line("");
        Map<String, Double> micros = new LinkedHashMap<>();
        for (String contender : profiles.keySet()) {
            micros.put(
                    contender,
                    result("profile-" + contender).at("/primaryMetric/score").asDouble());
        }
        List<String> parts = profiles.values().stream()
                .flatMap(profile -> profile.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        row("µs", profiles.keySet().stream().map(NAMES::get).collect(Collectors.joining(" | ")));
        row("---", profiles.keySet().stream().map(contender -> "--:").collect(Collectors.joining(" | ")));
        for (String part : parts) {
            String cells = profiles.entrySet().stream()
                    .map(profile -> number(profile.getValue().getOrDefault(part, 0.0) * micros.get(profile.getKey())))
                    .collect(Collectors.joining(" | "));
            row(part, cells);
        }
        row("all", micros.values().stream().map(Report::number).collect(Collectors.joining(" | ")));
        line("");
    }

    private void manyCallers() {
        line("## Many callers");
        line("");
        line(
                "They share one client and call, over TLS, a gateway that takes 20 ms, when what they run through is compiled. Connections");
        line(
                "are those that the gateway counted in a trial, and of them those opened after its warm-up; each takes one TLS handshake.");
        line(warmups.entrySet().stream()
                .map(warmup -> warmup.getValue() + " with " + warmup.getKey())
                .collect(Collectors.joining(", ", "The warm-up takes ", ".")));
        line("");
        row(
                "",
                "callers",
                "calls/s",
                "of the ideal",
                "p50, ms",
                "p99, ms",
                "bytes a call",
                "connections",
                "after warm-up");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        loads.forEach((contender, byCallers) -> byCallers.forEach((callers, load) -> row(
                NAMES.get(contender),
                String.valueOf(callers),
                grouped(load.perSecond),
                number(100 * load.perSecond / ideal(callers)) + " %",
                number(load.median),
                number(load.p99),
                grouped(load.bytes),
                grouped(load.connections),
                grouped(load.late))));
        line("");
    }

    private void processStart() throws IOException {
        line("## Process start and size");
        line("");
        line("From the start of a process to its end, after one removal over TLS.");
        line("");
        row("", "median, ms", "least", "most", "runtime jars", "KB");
        row("---", "--:", "--:", "--:", "--:", "--:");
        for (String contender : NAMES.keySet()) {
            long[] times = starts.get(contender);
            if (times != null) {
                long size = 0;
                for (Path jar : jars.get(contender)) {
                    size += Files.size(jar);
                }
                row(
                        NAMES.get(contender),
                        String.valueOf(median(times)),
                        String.valueOf(Arrays.stream(times).min().orElseThrow()),
                        String.valueOf(Arrays.stream(times).max().orElseThrow()),
                        String.valueOf(jars.get(contender).size()),
                        grouped(size / 1000.0));
                data.withObject("/jars")
                        .withObject("/" + contender)
                        .put("count", jars.get(contender).size())
                        .put("bytes", size);
            }
        }
        line("");
    }

    private void generation() {
        line("## Generation");
        line("");
        row("`mvn generate-sources`", "median, s", "runs");
        row("---", "--:", "--:");
        generation.forEach((kind, times) -> row(
                kind.equals("clean") ? "after `mvn clean`, both in one" : "with nothing changed",
                number(median(times) / 1000.0),
                String.valueOf(times.length)));
        line("");
    }

    private void versions() {
        line("## Versions");
        line("");
        line("The class path of each; of the stock clients it is what their generated POMs ask for.");
        line("");
        row("", "jars");
        row("---", "---");
        for (String contender : NAMES.keySet()) {
            List<String> names = jars.getOrDefault(contender, List.of()).stream()
                    .map(jar -> jar.getFileName().toString().replaceAll("\\.jar$", ""))
                    .toList();
            if (!names.isEmpty() && !contender.equals("LibraryRaw")) {
                row(NAMES.get(contender), String.join(", ", names));
                data.withObject("/versions").set(contender, JSON.valueToTree(names));
            }
        }
    }

    private JsonNode result(String name) throws IOException {
        Path file = results.resolve(name + ".json");
        return Files.exists(file) ? JSON.readTree(file.toFile()).get(0) : null;
    }

    private Map<String, long[]> longs(String name) throws IOException {
        Map<String, List<Long>> values = new LinkedHashMap<>();
        for (String[] field : tsv(name)) {
            values.computeIfAbsent(field[0], key -> new ArrayList<>()).add(Long.valueOf(field[1]));
        }
        Map<String, long[]> result = new LinkedHashMap<>();
        values.forEach((key, list) ->
                result.put(key, list.stream().mapToLong(Long::longValue).toArray()));
        return result;
    }

    private List<String[]> tsv(String name) throws IOException {
        try (Stream<String> lines = Files.lines(results.resolve(name))) {
            return lines.map(line -> line.split("\t")).toList();
        }
    }

    private static double middle(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }

    private static String grouped(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private void row(String... cells) {
        line(Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** When each trial ran, and what the gateway logged of it. */
    private record Trials(List<Trial> trials, List<Entry> log) {
        private record Trial(String contender, int callers, double start, double warm, double end) {}

        private record Entry(double start, long connection, boolean first, boolean resumed, boolean ok) {}

        private record Count(long connections, long late, long resumed, long refused) {}

        static Trials read(Path results) throws IOException {
            List<Trial> trials;
            try (Stream<String> lines = Files.lines(results.resolve("trials.csv"))) {
                trials = lines.map(line -> line.split(","))
                        .map(field -> new Trial(
                                field[0],
                                Integer.parseInt(field[1]),
                                seconds(field[3]),
                                seconds(field[4]),
                                seconds(field[5])))
                        .toList();
            }
            List<Entry> log;
            try (Stream<String> lines = Files.lines(results.resolve("calls.log"))) {
                log = lines.map(line -> line.split(" "))
                        .map(field -> new Entry(
                                Double.parseDouble(field[0]) - Double.parseDouble(field[1]),
                                Long.parseLong(field[2]),
                                field[3].equals("1"),
                                field[4].equals("r"),
                                field[5].equals("200")))
                        .filter(entry -> entry.first || !entry.ok)
                        .toList();
            }
            return new Trials(trials, log);
        }

        private static double seconds(String millis) {
            return Long.parseLong(millis) / 1000.0;
        }

        Count count(String contender, int callers) {
            Count worst = new Count(0, 0, 0, 0);
            for (Trial trial : trials) {
                if (trial.contender.equals(contender) && trial.callers == callers) {
                    Count count = count(trial);
                    worst = new Count(
                            Math.max(worst.connections, count.connections),
                            Math.max(worst.late, count.late),
                            Math.max(worst.resumed, count.resumed),
                            Math.max(worst.refused, count.refused));
                }
            }
            return worst;
        }

        private Count count(Trial trial) {
            Set<Long> connections = new HashSet<>();
            Set<Long> late = new HashSet<>();
            Set<Long> resumed = new HashSet<>();
            long refused = 0;
            for (Entry entry : log) {
                if (entry.start >= trial.start && entry.start <= trial.end) {
                    if (entry.first) {
                        connections.add(entry.connection);
                        if (entry.start >= trial.warm) {
                            late.add(entry.connection);
                        }
                        if (entry.resumed) {
                            resumed.add(entry.connection);
                        }
                    }
                    refused += entry.ok ? 0 : 1;
                }
            }
            return new Count(connections.size(), late.size(), resumed.size(), refused);
        }
    }
}
