package lt.marksign.client.load;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.reset;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.RawGateway.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Makes many calls from many threads to a gateway that produces random faults and records what it did. Compares each outcome
 * that the client reports with that record. {@code -Dsoak.calls=100000} runs the test in full.
 */
@Timeout(1500)
class SoakTest {
    private static final int THREADS = 64;
    private static final int CALLS = Integer.getInteger("soak.calls", 5_000);
    private static final long SEED = Long.getLong("soak.seed", 20261123);

    private static final String GARBAGE = "<html>".repeat(20);
    private static final String ERROR = "{\"status\":\"error\",\"message\":\"Request number is invalid\"}";
    private static final byte[] GZIPPED_OK = gzip(OK);

    /** How the client must classify a response. */
    enum Kind {
        OK,
        REFUSED,
        UNEXPECTED,
        LOST
    }

    /** The gateway's behaviour: whether it removes the session, and how it responds. */
    enum Fault {
        NONE(true, Kind.OK, 30),
        CHUNKED(true, Kind.OK, 5),
        GZIPPED(true, Kind.OK, 5),
        BYTE_BY_BYTE(true, Kind.OK, 2),
        CLOSED_AFTERWARDS(true, Kind.OK, 5),
        RESPONDED_TWICE(true, Kind.OK, 3),
        REFUSED(false, Kind.REFUSED, 8),
        REFUSED_WITH_200(false, Kind.REFUSED, 5),
        BUSY(false, Kind.REFUSED, 5),
        BUSY_AT_ONCE(false, Kind.REFUSED, 3),
        REMOVED_AND_RESET(true, Kind.LOST, 4),
        RESET(false, Kind.LOST, 4),
        CLOSED(false, Kind.LOST, 4),
        REMOVED_AND_CUT_OFF(true, Kind.LOST, 4),
        REMOVED_AND_SILENT(true, Kind.LOST, 1),
        REMOVED_AND_GARBAGE(true, Kind.UNEXPECTED, 4),
        REMOVED_AND_OK_UNDER_500(true, Kind.UNEXPECTED, 3),
        REMOVED_AND_EMPTY(true, Kind.UNEXPECTED, 3),
        GARBAGE_OF_A_PROXY(false, Kind.UNEXPECTED, 4),
        BUSY_PROXY(false, Kind.UNEXPECTED, 3),
        REDIRECTED(false, Kind.UNEXPECTED, 3),
        TWO_MEGABYTES(true, Kind.UNEXPECTED, 1),
        NESTED(false, Kind.UNEXPECTED, 2);

        private final boolean removes;
        private final Kind kind;
        private final int weight;

        Fault(boolean removes, Kind kind, int weight) {
            this.removes = removes;
            this.kind = kind;
            this.weight = weight;
        }
    }

    /** The faults of a check that do not end a wait. */
    private static final Fault[] CHECK_FAULTS = {
        Fault.RESET, Fault.CLOSED, Fault.REMOVED_AND_CUT_OFF, Fault.BUSY, Fault.BUSY_PROXY, Fault.GARBAGE_OF_A_PROXY
    };

    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> removals = new ConcurrentHashMap<>();
    private final Map<State, LongAdder> waits = new ConcurrentHashMap<>();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<Kind>> responses = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<Fault, LongAdder> faults = new EnumMap<>(Fault.class);
    private final Map<Kind, LongAdder> outcomes = new EnumMap<>(Kind.class);
    private final LongAdder unknown = new LongAdder();
    private final List<String> misreported = Collections.synchronizedList(new ArrayList<>());

    @Test
    void outcomes_are_reported_correctly_and_no_resources_leak() throws Exception {
        for (Fault fault : Fault.values()) {
            faults.put(fault, new LongAdder());
        }
        for (Kind kind : Kind.values()) {
            outcomes.put(kind, new LongAdder());
        }
        long usedEarly;
        long usedLate;
        long filesBefore = openFiles();
        try (RawGateway gateway = RawGateway.forgetful(this::respond)) {
            MarkSignClient client = MarkSignClient.builder()
                    .accessToken("token")
                    .baseUrl(gateway.baseUrl())
                    .readTimeout(Duration.ofSeconds(1))
                    .retryBackoff(Duration.ofMillis(1), Duration.ofMillis(5))
                    .pollInterval(Duration.ofMillis(3))
                    .build();
            run(client, 0, CALLS / 5);
            usedEarly = heapUsedAfterGc();
            run(client, CALLS / 5, CALLS);
            usedLate = heapUsedAfterGc();
            client.close();
            gateway.awaitNoConnections();
        }
        report(usedEarly, usedLate);

        assertThat(misreported).isEmpty();
        assertThat(faults.values())
                .as("each fault was met")
                .allSatisfy(count -> assertThat(count.sum()).isPositive());
        assertThat(waits.keySet())
                .as("each end of a session was met")
                .contains(State.CONFIRMED, State.REFUSED, State.REMOVED);
        assertThat(openFiles()).as("open files").isLessThanOrEqualTo(filesBefore + 20);
        assertThat(connectionThreads()).as("threads that serve a connection").isEmpty();
        assertThat(usedLate - usedEarly).as("growth of the heap").isLessThan(5_000_000L);
    }

    private void run(MarkSignClient client, int from, int to) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            AtomicInteger next = new AtomicInteger(from);
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                MarkSignClient localized = client.withLocale(MarkSignLocale.values()[i % 2]);
                tasks.add(threads.submit(() -> {
                    for (int call = next.getAndIncrement(); call < to; call = next.getAndIncrement()) {
                        if (call % 10 == 0) {
                            waitFor(localized, "session-" + call, call % 20 == 0);
                        } else {
                            remove(localized, "session-" + call);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void remove(MarkSignClient client, String sessionId) {
        MarkSignException thrown = null;
        try {
            client.smartIdSessions().remove(sessionId);
        } catch (MarkSignException e) {
            thrown = e;
        } catch (RuntimeException e) {
            misreported.add(sessionId + ": " + e);
            return;
        }
        String wrong = misreportOfRemoval(sessionId, thrown);
        if (!wrong.isEmpty()) {
            misreported.add(sessionId + ": " + wrong + ", " + thrown);
        }
        // Forgets this session. Otherwise the test's own memory would hide what the client keeps.
        removed.remove(sessionId);
        responses.remove(sessionId);
        attempts.remove(sessionId);
    }

    /** The state of a session at the gateway. */
    private enum State {
        WAITING,
        CONFIRMED,
        REFUSED,
        REMOVED
    }

    /** Waits for a session that its person confirms, refuses or ignores, with faults in the checks. */
    private void waitFor(MarkSignClient client, String sessionId, boolean cancelled) throws InterruptedException {
        Session<?> session = client.mobileIdSessions().authentication(sessionId);
        State state;
        String wrong;
        if (cancelled) {
            CountDownLatch removal = new CountDownLatch(1);
            removals.put(sessionId, removal);
            CompletableFuture<?> future = session.awaitAsync(Duration.ofMinutes(5));
            if (future.cancel(true)) {
                removal.await();
            }
            wrong = "";
            state = states.get(sessionId);
        } else {
            Throwable thrown = catchThrowable(() -> session.await(Duration.ofMillis(20)));
            // The removal may be the only request that arrived.
            state = removed.contains(sessionId) ? State.REMOVED : states.get(sessionId);
            wrong = misreportOfWait(thrown, state);
        }
        if (!wrong.isEmpty()) {
            misreported.add(sessionId + ": " + wrong + ", the session is " + state);
        }
        waits.computeIfAbsent(state == null ? State.WAITING : state, key -> new LongAdder())
                .increment();
        states.remove(sessionId);
        removals.remove(sessionId);
        removed.remove(sessionId);
        responses.remove(sessionId);
        attempts.remove(sessionId);
    }

    private static String misreportOfWait(Throwable thrown, State state) {
        if (thrown == null) {
            return state == State.CONFIRMED ? "" : "reported as confirmed, and was not";
        }
        if (thrown instanceof MarkSignTimeoutException timeout) {
            return timeout.outcomeUnknown() || state == State.REMOVED ? "" : "left behind: " + thrown;
        }
        return thrown instanceof MarkSignUserException && state == State.REFUSED ? "" : "ended by " + thrown;
    }

    private void respondToCheck(Request request, String sessionId, Socket connection) throws IOException {
        Random random = new Random(SEED ^ (sessionId.hashCode() * 31L + request.number()));
        int choice = random.nextInt(100);
        State state = states.compute(sessionId, (id, known) -> {
            if (known != null && known != State.WAITING) {
                return known;
            }
            return choice < 2 ? State.CONFIRMED : choice < 4 ? State.REFUSED : State.WAITING;
        });
        if (choice % 5 == 0) {
            play(CHECK_FAULTS[random.nextInt(CHECK_FAULTS.length)], request, connection);
            return;
        }
        switch (state) {
            case WAITING -> send(connection, response("200 OK", "{\"status\":\"waiting\"}"));
            case CONFIRMED ->
                send(
                        connection,
                        response("200 OK", "{\"status\":\"ok\",\"code\":\"1\",\"token\":\"" + sessionId + "\"}"));
            case REFUSED -> {
                send(connection, response("200 OK", "{\"status\":\"error\",\"error_code\":40020}"));
                // The client does not remove a session that has ended.
                signalRemoval(sessionId);
            }
            case REMOVED -> send(connection, response("400 Bad", "{\"status\":\"error\",\"error_code\":40402}"));
        }
    }

    private String misreportOfRemoval(String sessionId, MarkSignException thrown) {
        boolean gone = removed.contains(sessionId);
        if (thrown == null) {
            outcomes.get(Kind.OK).increment();
            return gone ? "" : "reported as removed, and was not";
        }
        Kind reported = kindOf(thrown);
        outcomes.get(reported).increment();
        if (thrown.outcomeUnknown()) {
            unknown.increment();
        } else if (gone) {
            return "reported as surely not removed, and was";
        }
        // A response that arrives too late, or on a connection that the client gave up, counts as lost.
        boolean givenUp = reported == Kind.LOST && thrown.outcomeUnknown();
        Set<Kind> given = responses.getOrDefault(sessionId, Set.of());
        return givenUp || given.contains(reported) ? "" : "reported otherwise than the gateway responded: " + given;
    }

    private static Kind kindOf(MarkSignException thrown) {
        if (thrown instanceof MarkSignApiException) {
            return Kind.REFUSED;
        }
        return thrown instanceof MarkSignUnexpectedResponseException ? Kind.UNEXPECTED : Kind.LOST;
    }

    private void respond(Request request, Socket connection) throws IOException {
        String sessionId = request.path().substring(request.path().lastIndexOf('/') + 1);
        if (request.method().equals("POST")) {
            respondToCheck(request, sessionId.substring(0, sessionId.indexOf('.')), connection);
            return;
        }
        int attempt =
                attempts.computeIfAbsent(sessionId, id -> new AtomicInteger()).incrementAndGet();
        State known = states.getOrDefault(sessionId, State.WAITING);
        boolean gone = removed.contains(sessionId) || known != State.WAITING;
        Fault fault = gone ? Fault.REFUSED : choose(new Random(SEED ^ (sessionId.hashCode() * 31L + attempt)));
        faults.get(fault).increment();
        if (fault.removes) {
            removed.add(sessionId);
            states.computeIfPresent(sessionId, (id, state) -> State.REMOVED);
            if (removals.containsKey(sessionId)) {
                states.put(sessionId, State.REMOVED);
            }
        }
        responses
                .computeIfAbsent(sessionId, id -> ConcurrentHashMap.newKeySet())
                .add(fault.kind);
        try {
            play(fault, request, connection);
        } finally {
            // The client may close the connection before it has read the whole response.
            signalRemoval(sessionId);
        }
    }

    private void signalRemoval(String sessionId) {
        CountDownLatch removal = removals.get(sessionId);
        if (removal != null) {
            removal.countDown();
        }
    }

    private static Fault choose(Random random) {
        int total = 0;
        for (Fault fault : Fault.values()) {
            total += fault.weight;
        }
        int ticket = random.nextInt(total);
        for (Fault fault : Fault.values()) {
            ticket -= fault.weight;
            if (ticket < 0) {
                return fault;
            }
        }
        throw new AssertionError();
    }

    private static void play(Fault fault, Request request, Socket connection) throws IOException {
        switch (fault) {
            case NONE -> send(connection, response("200 OK", OK));
            case CHUNKED ->
                send(
                        connection,
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"statu\r\n8\r\ns\":\"ok\"}\r\n0\r\n\r\n");
            case GZIPPED -> {
                send(
                        connection,
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + GZIPPED_OK.length
                                + "\r\n\r\n");
                send(connection, GZIPPED_OK);
            }
            case BYTE_BY_BYTE -> RawGateway.sendSlowly(request, connection);
            case CLOSED_AFTERWARDS -> {
                send(connection, response("200 OK", OK));
                connection.close();
            }
            case RESPONDED_TWICE -> send(connection, response("200 OK", OK) + response("200 OK", OK));
            case REFUSED -> send(connection, response("404 Not Found", ERROR));
            case REFUSED_WITH_200 -> send(connection, response("200 OK", ERROR));
            case BUSY -> send(connection, response("503 Busy", ERROR));
            case BUSY_AT_ONCE -> send(connection, response("503 Busy", ERROR, "Retry-After: 0"));
            case REMOVED_AND_RESET, RESET -> reset(connection);
            case CLOSED -> connection.close();
            case REMOVED_AND_CUT_OFF -> {
                send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + OK);
                connection.close();
            }
            case REMOVED_AND_SILENT -> {}
            case REMOVED_AND_GARBAGE -> send(connection, response("200 OK", GARBAGE));
            case REMOVED_AND_OK_UNDER_500 -> send(connection, response("500 Broken", OK));
            case REMOVED_AND_EMPTY -> send(connection, response("200 OK", ""));
            case GARBAGE_OF_A_PROXY -> send(connection, response("502 Bad Gateway", GARBAGE));
            case BUSY_PROXY -> send(connection, response("503 Busy", GARBAGE));
            case REDIRECTED -> send(connection, response("307 Elsewhere", OK, "Location: /elsewhere"));
            case TWO_MEGABYTES -> send(connection, response("200 OK", OK + " ".repeat(2 * 1024 * 1024)));
            case NESTED -> send(connection, response("200 OK", "[".repeat(10_000)));
        }
    }

    private void report(long usedEarly, long usedLate) {
        System.out.printf(
                "soak: %d calls by %d threads, %d attempts; misreported: %d%n",
                CALLS,
                THREADS,
                faults.values().stream().mapToLong(LongAdder::sum).sum(),
                misreported.size());
        System.out.printf("soak: outcomes %s, of the failures unknown %s%n", outcomes, unknown);
        System.out.printf("soak: sessions that were waited for, as they were at the end %s%n", waits);
        System.out.printf("soak: faults %s%n", faults);
        System.out.printf("soak: heap after a fifth %,d bytes, at the end %,d bytes%n", usedEarly, usedLate);
    }

    private static long heapUsedAfterGc() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    /**
     * Returns the threads that OkHttp names after the host that they serve. Threads that OkHttp shares between hosts do not
     * count.
     */
    private static List<String> connectionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("OkHttp http"))
                .toList();
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(result)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return result.toByteArray();
    }
}
