package lt.marksign.jmh;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * {@code Report RESULTS JSON TEMPLATES FOLDER}: writes the measurements of {@code src/jmh/run} into the JSON file, and replaces
 * earlier values of the same measurements. Renders each template {@code *.md.ftl} with that data into a file {@code *.md}.
 */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final CsvMapper TSV = new CsvMapper();

    private final Path results;

    private Report(Path results) {
        this.results = results;
    }

    public static void main(String[] args) throws IOException, TemplateException {
        Path json = Path.of(args[1]);
        Map<String, Object> data = new TreeMap<>();
        if (Files.exists(json)) {
            data.putAll(JSON.readValue(json.toFile(), new TypeReference<Map<String, Object>>() {}));
        }
        data.putAll(new Report(Path.of(args[0])).data());
        JSON.writeValue(json.toFile(), data);

        Path templates = Path.of(args[2]);
        Map<?, ?> model = JSON.readValue(json.toFile(), Map.class);
        Configuration engine = new Configuration(Configuration.VERSION_2_3_34);
        engine.setDirectoryForTemplateLoading(templates.toFile());
        engine.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(templates, "*.md.ftl")) {
            for (Path template : found) {
                String name = template.getFileName().toString();
                try (Writer out = Files.newBufferedWriter(Path.of(args[3], name.replaceFirst("\\.ftl$", "")))) {
                    engine.getTemplate(name).process(model, out);
                }
            }
        }
    }

    private Map<String, Object> data() throws IOException {
        Map<String, Object> data = new TreeMap<>();
        if (Files.exists(results.resolve("documents.tsv"))) {
            data.put("documents", Map.of("machine", machine(), "sizes", sizes(), "measured", table("documents")));
        }
        if (Files.exists(results.resolve("starts.tsv"))) {
            data.put("machine", machine());
            data.put("oneCall", calls());
            data.put("instructions", table("instructions"));
            data.put("profiles", profiles());
            data.put("callers", callers());
            data.put("sessions", sessions());
            data.put("waitsFailed", rows("waits-failed", WaitFailed.class));
            data.put("starts", table("starts"));
            data.put("classes", table("classes"));
            data.put("logins", table("logins"));
            data.put("outage", table("outage"));
            data.put("builds", table("builds"));
            data.put("failed", rows("failed", Failed.class));
            data.put("jars", jars());
        }
        return data;
    }

    /** A summary of numbers that were measured several times. */
    private record Summary(double median, double least, double most, int count) {
        static Summary of(double... values) {
            return new Summary(percentile(values, 50), StatUtils.min(values), StatUtils.max(values), values.length);
        }
    }

    private static double percentile(double[] values, double percentile) {
        return StatUtils.percentile(values, percentile);
    }

    private record Entry(String name, String value) {}

    private record Failed(String contender, String result) {}

    private record WaitFailed(String contender, String how, int sessions, String why) {}

    private record Jars(List<String> names, long bytes) {}

    private Map<String, String> machine() throws IOException {
        Map<String, String> machine = new LinkedHashMap<>();
        rows("machine", Entry.class).forEach(entry -> machine.put(entry.name, entry.value));
        return machine;
    }

    private Map<String, Jars> jars() throws IOException {
        Map<String, Jars> jars = new LinkedHashMap<>();
        for (Entry entry : rows("classpaths", Entry.class)) {
            List<String> names = new ArrayList<>();
            long bytes = 0;
            for (String jar : entry.value == null ? new String[0] : entry.value.split(":")) {
                if (!jar.isEmpty()) {
                    names.add(Path.of(jar).getFileName().toString().replace(".jar", ""));
                    bytes += Files.size(Path.of(jar));
                }
            }
            jars.put(entry.name, new Jars(names, bytes));
        }
        return jars;
    }

    private List<String> sizes() throws IOException {
        return lines("documents").map(line -> line[2]).distinct().toList();
    }

    /** Returns the values of the last column by the columns before it. A value that is not a number stays a text. */
    private Map<String, Object> table(String name) throws IOException {
        Map<String, Object> table = new LinkedHashMap<>();
        lines(name).forEach(line -> {
            List<String> keys = List.of(line).subList(0, line.length - 1);
            put(table, new ArrayList<>(), keys);
            @SuppressWarnings("unchecked")
            List<String> values = (List<String>) get(table, keys);
            values.add(line[line.length - 1]);
        });
        summarise(table);
        return table;
    }

    /** Puts a value under nested keys, unless there is one already. */
    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> table, Object value, List<String> keys) {
        Map<String, Object> innermost = table;
        for (String key : keys.subList(0, keys.size() - 1)) {
            innermost = (Map<String, Object>) innermost.computeIfAbsent(key, k -> new LinkedHashMap<>());
        }
        innermost.putIfAbsent(keys.get(keys.size() - 1), value);
    }

    @SuppressWarnings("unchecked")
    private static <T> T get(Map<String, Object> table, List<String> keys) {
        Object found = table;
        for (String key : keys) {
            found = ((Map<String, Object>) found).get(key);
        }
        return (T) found;
    }

    @SuppressWarnings("unchecked")
    private static void summarise(Map<String, Object> table) {
        table.replaceAll((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                summarise((Map<String, Object>) inner);
                return value;
            }
            List<String> values = (List<String>) value;
            return values.stream().allMatch(text -> text.matches("-?[0-9.]+"))
                    ? Summary.of(
                            values.stream().mapToDouble(Double::parseDouble).toArray())
                    : values.get(0);
        });
    }

    /** Returns the JMH results of a kind. Each file's name is KIND.OPERATION.CONTENDER.CALLERS.ROUND.json. */
    private Map<List<String>, List<Path>> jmhResults(String kind) throws IOException {
        Map<List<String>, List<Path>> files = new LinkedHashMap<>();
        try (Stream<Path> found = Files.list(results)) {
            found.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(kind + ".") && name.endsWith(".json"))
                    // Few callers go before many.
                    .sorted(Comparator.comparing(String::length).thenComparing(name -> name))
                    .forEach(name -> files.computeIfAbsent(
                                    List.of(name.split("\\.")).subList(1, 4), k -> new ArrayList<>())
                            .add(results.resolve(name)));
        }
        return files;
    }

    /** The results of one caller: microseconds in each round, and bytes. */
    private record Call(Summary micros, double[] rounds, double bytes, Map<String, Double> ratios) {}

    private Map<String, Object> calls() throws IOException {
        Map<String, Object> calls = new LinkedHashMap<>();
        for (String kind : List.of("awake", "asleep")) {
            Map<List<String>, List<Path>> files = jmhResults(kind);
            Map<List<String>, double[]> rounds = new LinkedHashMap<>();
            for (Map.Entry<List<String>, List<Path>> call : files.entrySet()) {
                List<Path> paths = call.getValue();
                double[] micros = new double[paths.size()];
                for (int i = 0; i < micros.length; i++) {
                    micros[i] = percentile(
                            result(paths.get(i))
                                    .at("/primaryMetric/rawData/0")
                                    .valueStream()
                                    .mapToDouble(JsonNode::asDouble)
                                    .toArray(),
                            50);
                }
                rounds.put(call.getKey(), micros);
            }
            for (Map.Entry<List<String>, double[]> call : rounds.entrySet()) {
                String operation = call.getKey().get(0);
                double[] ownMicros = call.getValue();
                // The median of the rounds' ratios, because both contenders of a round ran under the same conditions.
                Map<String, Double> ratios = new TreeMap<>();
                rounds.forEach((otherCall, otherMicros) -> {
                    if (otherCall.get(0).equals(operation) && otherMicros.length == ownMicros.length) {
                        ratios.put(
                                otherCall.get(1),
                                percentile(
                                        IntStream.range(0, ownMicros.length)
                                                .mapToDouble(i -> ownMicros[i] / otherMicros[i])
                                                .toArray(),
                                        50));
                    }
                });
                double bytes = bytes(result(files.get(call.getKey()).get(0)));
                put(
                        calls,
                        new Call(Summary.of(ownMicros), ownMicros, bytes, ratios),
                        List.of(kind, operation, call.getKey().get(1)));
            }
        }
        return calls;
    }

    /** The microseconds of a removal by the part that takes them, and in total. */
    private record ProfileParts(Map<String, Double> micros, double all) {}

    private Map<String, ProfileParts> profiles() throws IOException {
        Map<String, ProfileParts> profiles = new LinkedHashMap<>();
        for (Map.Entry<List<String>, List<Path>> profile : jmhResults("profile").entrySet()) {
            String contender = profile.getKey().get(1);
            double all =
                    result(profile.getValue().get(0)).at("/primaryMetric/score").asDouble();
            Map<String, Double> parts = new TreeMap<>(Profile.read(results.resolve(contender + ".jfr")));
            parts.replaceAll((part, share) -> share * all);
            profiles.put(contender, new ProfileParts(parts, all));
        }
        return profiles;
    }

    /** The results of many callers. The gateway counts the connections. Late ones were opened after the warm-up. */
    private record Load(
            double perSecond,
            double median,
            double p99,
            double bytes,
            String warmup,
            long connections,
            long late,
            long refused,
            long pinned) {}

    private record Trial(long start, long warmUpEnd, long end, long pinned) {}

    private record LoggedCall(double end, double duration, long connection, long requestNumber, int status) {
        double start() {
            return 1000 * (end - duration);
        }
    }

    private Map<String, Object> callers() throws IOException {
        Map<String, Object> callers = new LinkedHashMap<>();
        List<LoggedCall> log = rows("connections", LoggedCall.class);
        for (Map.Entry<List<String>, List<Path>> load : jmhResults("callers").entrySet()) {
            Path file = load.getValue().get(0);
            Trial trial = rows(file.getFileName().toString().replace(".json", ""), Trial.class)
                    .get(0);
            List<LoggedCall> calls = log.stream()
                    .filter(call -> call.start() >= trial.start && call.start() <= trial.end)
                    .toList();
            ToLongFunction<Double> openedSince = begin -> calls.stream()
                    .filter(call -> call.requestNumber == 1 && call.start() >= begin)
                    .count();
            JsonNode sample = result(file);
            JsonNode millis = sample.path("primaryMetric");
            put(
                    callers,
                    new Load(
                            // Each caller begins its next call after the response to the last one.
                            1000
                                    * sample.path("threads").asInt()
                                    / millis.path("score").asDouble(),
                            millis.at("/scorePercentiles/50.0").asDouble(),
                            millis.at("/scorePercentiles/99.0").asDouble(),
                            bytes(sample),
                            sample.path("warmupTime").asText(),
                            openedSince.applyAsLong(0.0),
                            openedSince.applyAsLong((double) trial.warmUpEnd),
                            calls.stream().filter(call -> call.status != 200).count(),
                            trial.pinned),
                    load.getKey());
        }
        return callers;
    }

    private record SessionsRun(
            String contender, String how, int sessions, long heap, long resident, long begin, long end, long nanos) {}

    private record Check(double end, double duration, String session, int status) {}

    /**
     * The results of waiting sessions: bytes per session, microseconds of processor time per check, and milliseconds by which
     * checks were late.
     */
    private record WaitingSessions(
            int sessions,
            long checks,
            long unchecked,
            double heap,
            double resident,
            double micros,
            double median,
            double p99,
            double most) {}

    private Map<String, Object> sessions() throws IOException {
        Map<String, Object> sessions = new LinkedHashMap<>();
        List<Check> log = rows("checks", Check.class);
        for (SessionsRun run : rows("sessions", SessionsRun.class)) {
            Map<String, Double> lastEnds = new LinkedHashMap<>();
            List<Double> delays = new ArrayList<>();
            for (Check check : log) {
                if (1000 * check.end >= run.begin && 1000 * check.end <= run.end) {
                    Double before = lastEnds.put(check.session, check.end);
                    if (before != null) {
                        // The next check is due two seconds after the response to the last one.
                        delays.add(1000 * (check.end - check.duration - before - 2));
                    }
                }
            }
            double[] millis = delays.stream().mapToDouble(Double::doubleValue).toArray();
            long checks = lastEnds.size() + millis.length;
            put(
                    sessions,
                    new WaitingSessions(
                            run.sessions,
                            checks,
                            run.sessions - lastEnds.size(),
                            (double) run.heap / run.sessions,
                            (double) run.resident / run.sessions,
                            run.nanos / 1000.0 / checks,
                            percentile(millis, 50),
                            percentile(millis, 99),
                            StatUtils.max(millis)),
                    List.of(run.contender, run.how, "" + run.sessions));
        }
        return sessions;
    }

    private static double bytes(JsonNode result) {
        return result.path("secondaryMetrics").properties().stream()
                .filter(metric -> metric.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(metric -> metric.getValue().path("score").asDouble())
                .sum();
    }

    private static JsonNode result(Path file) throws IOException {
        return JSON.readTree(file.toFile()).get(0);
    }

    private <T> List<T> rows(String name, Class<T> type) throws IOException {
        CsvSchema.Builder columns = CsvSchema.builder().setColumnSeparator('\t').disableQuoteChar();
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(columns::addColumn);
        try (MappingIterator<T> rows = TSV.readerFor(type).with(columns.build()).readValues(file(name))) {
            return rows.readAll();
        }
    }

    private Stream<String[]> lines(String name) throws IOException {
        return Files.readAllLines(file(name).toPath()).stream().map(line -> line.split("\t"));
    }

    private java.io.File file(String name) {
        return results.resolve(name + ".tsv").toFile();
    }
}
