package lt.marksign.client.load;

import static lt.marksign.client.gateway.RawGateway.reset;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.gateway.GeneratedCall;
import lt.marksign.client.gateway.RawGateway.Request;

/**
 * Calls every operation at a gateway that responds correctly or incorrectly at random, and records which requests arrived. Each
 * call has its own access token, by which the gateway recognizes the call that a request belongs to.
 */
final class MixedCalls {
    private static final Pattern TOKEN =
            Pattern.compile("(?:access_token(?:=|\":\")|Authorization: Bearer )call-(\\d+)");
    private static final String ERROR = "{\"status\":\"error\",\"message\":\"no\"}";
    private static final String HTML = "<html>Just a moment</html>";

    private final List<GeneratedCall> operations = GeneratedCall.all().toList();
    private final ThreadLocal<Integer> current = new ThreadLocal<>();
    private final Map<Integer, CallRecord> records = new ConcurrentHashMap<>();
    private final Map<Fault, LongAdder> faults = new EnumMap<>(Fault.class);
    private final List<String> misreported = Collections.synchronizedList(new ArrayList<>());
    private final long seed;

    /** The gateway's behaviour: whether it executes the request, and how it responds. */
    enum Fault {
        NONE(true),
        CLOSED_AFTERWARDS(true),
        DONE_AND_CLOSED(true),
        DONE_AND_RESET(true),
        DONE_AND_CUT_OFF(true),
        DONE_AND_HTML(true),
        DONE_AND_UNDER_500(true),
        CLOSED(false),
        REFUSED(false),
        REFUSED_UNDER_500(false),
        SLOW_DOWN(false),
        SLOW_DOWN_BY_A_PROXY(false),
        BUSY(false),
        BUSY_PROXY(false),
        REDIRECTED(false);

        private final boolean executes;

        Fault(boolean executes) {
            this.executes = executes;
        }
    }

    /** The record of one call: the fault that each of its requests met. */
    private static final class CallRecord {
        private final List<Fault> faultsMet = Collections.synchronizedList(new ArrayList<>());

        boolean isExecuted() {
            return faultsMet.stream().anyMatch(fault -> fault.executes);
        }

        /** Returns whether a request arrived after one that the gateway may have executed. */
        boolean isResent() {
            List<Fault> before = faultsMet.subList(0, Math.max(0, faultsMet.size() - 1));
            return before.stream().anyMatch(fault -> fault != Fault.SLOW_DOWN && fault != Fault.SLOW_DOWN_BY_A_PROXY);
        }
    }

    MixedCalls(long seed) {
        this.seed = seed;
        for (Fault fault : Fault.values()) {
            faults.put(fault, new LongAdder());
        }
    }

    /** Returns the access token of this thread's current call. */
    String token() {
        return "call-" + current.get();
    }

    /** Returns the calls whose outcome was reported incorrectly, or that were sent more often than allowed. */
    List<String> misreported() {
        return misreported;
    }

    /** Returns how often each fault was met. */
    Map<Fault, LongAdder> faults() {
        return faults;
    }

    private GeneratedCall operation(int number) {
        return operations.get(number % operations.size());
    }

    /** Makes a call, and compares the reported outcome with what the gateway did. */
    void call(MarkSignClient client, int number) {
        current.set(number);
        records.put(number, new CallRecord());
        GeneratedCall operation = operation(number);
        String wrong;
        try {
            operation.invoke(client);
            wrong = records.get(number).isExecuted() ? "" : "reported as done, and was not";
        } catch (MarkSignException e) {
            boolean sure = !e.outcomeUnknown() && records.get(number).isExecuted();
            wrong = sure ? "reported as surely not done, and was: " + e : "";
        } catch (RuntimeException e) {
            wrong = e.toString();
        }
        if (!operation.kind().idempotent() && records.get(number).isResent()) {
            wrong += " sent again: " + records.get(number).faultsMet;
        }
        if (!wrong.isEmpty()) {
            misreported.add(number + " " + operation + ": " + wrong);
        }
        records.remove(number);
    }

    /** Responds to a request as the gateway. */
    void respond(Request request, Socket connection) throws IOException {
        Matcher token = TOKEN.matcher(request.head() + request.text());
        if (!token.find()) {
            misreported.add("a request without its token: " + request.path());
        }
        int number = Integer.parseInt(token.group(1));
        CallRecord callRecord = records.get(number);
        Random random = new Random(seed ^ (number * 31L + callRecord.faultsMet.size()));
        Fault fault = random.nextInt(3) > 0 ? Fault.NONE : Fault.values()[random.nextInt(Fault.values().length)];
        faults.get(fault).increment();
        callRecord.faultsMet.add(fault);
        play(fault, operation(number).kind().successResponse(), connection);
    }

    private static void play(Fault fault, String success, Socket connection) throws IOException {
        switch (fault) {
            case NONE -> send(connection, success);
            case CLOSED_AFTERWARDS -> {
                send(connection, success);
                connection.close();
            }
            case DONE_AND_CLOSED, CLOSED -> connection.close();
            case DONE_AND_RESET -> reset(connection);
            case DONE_AND_CUT_OFF -> {
                send(connection, success.substring(0, success.length() - 1));
                connection.close();
            }
            case DONE_AND_HTML -> send(connection, response("200 OK", HTML));
            case DONE_AND_UNDER_500 -> send(connection, success.replace("200 OK", "500 Broken"));
            case REFUSED -> send(connection, response("404 Not Found", ERROR));
            case REFUSED_UNDER_500 -> send(connection, response("500 Broken", ERROR));
            case SLOW_DOWN -> send(connection, response("429 Slow down", ERROR));
            case SLOW_DOWN_BY_A_PROXY -> send(connection, response("429 Slow down", HTML, "Retry-After: 0"));
            case BUSY -> send(connection, response("503 Busy", ERROR));
            case BUSY_PROXY -> send(connection, response("503 Busy", HTML, "Retry-After: 0"));
            case REDIRECTED -> send(connection, response("307 Elsewhere", "", "Location: /elsewhere"));
        }
    }
}
