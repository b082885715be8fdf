package lt.marksign.client.gateway;

import static lt.marksign.client.gateway.RawGateway.OK;
import static lt.marksign.client.gateway.RawGateway.reset;
import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.gateway.RawGateway.Behaviour;

/**
 * A table of what a gateway, or a server in its place, may do, and the outcome that the client must report. Each row is a case.
 */
public final class FaultMatrix {
    private static final String ERROR = "{\"status\":\"error\",\"message\":\"m\"}";

    private static final String HTML = "<html><body>Just a moment</body></html>";
    private static final String WAITING = "{\"status\":\"waiting\"}";

    private static final List<Row> ROWS = List.of(
            // The gateway removed the session.
            removed("ok", response("200 OK", OK)),
            removed("ok under 201", response("201 Created", OK)),
            removed("ok under 299", response("299 Odd", OK)),
            removed("ok, with white space around", response("200 OK", " \r\n\t" + OK + "\n\n")),
            removed("ok, without a content type", "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n" + OK),
            removed("ok, called HTML", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n" + OK),
            removed("ok, and unknown fields", ok(",\"x\":[1,{\"status\":\"error\"}],\"y\":null")),
            removed("ok, and a message of any type", ok(",\"message\":{\"a\":[]},\"error_code\":\"none\"")),
            removed("ok, and an error_code beyond any integer", ok(",\"error_code\":" + "9".repeat(2000))),
            removed("ok, and a number of 1,001 digits", ok(",\"x\":" + "7".repeat(1001))),
            removed("ok, and a name of 60,000 characters", ok(",\"" + "n".repeat(60_000) + "\":1")),
            removed("ok, and an error that is an array", ok(",\"error\":[{\"status\":\"error\"}]")),
            removed("ok, its key and value escaped", response("200 OK", "{\"st\\u0061tus\":\"\\u006fk\"}")),
            removed("ok, after a byte order mark", response("200 OK", "\ufeff" + OK)),
            removed("ok, in chunks", chunked("{\"sta", "tus\"", ":\"ok\"}")),
            removed("ok, compressed", gzipped(gzip(OK))),
            removed("ok, ended by closing", closing("HTTP/1.1 200 OK\r\n\r\n" + OK)),
            removed("ok, a byte at a time", RawGateway::sendSlowly),
            removed("ok, after 100 Continue", "HTTP/1.1 100 Continue\r\n\r\n" + response("200 OK", OK)),
            removed("ok, as large as is allowed", response("200 OK", padded(1024 * 1024))),
            // The gateway refused.
            refused("error under 200", 200, response("200 OK", ERROR)),
            refused("error under 301", 301, response("301 Moved", ERROR, "Location: http://127.0.0.1:1/")),
            refused("error under 400", 400, response("400 Bad Request", ERROR)),
            refused("error under 401", 401, response("401 Unauthorized", ERROR, "WWW-Authenticate: Basic")),
            refused("error under 407", 407, response("407 Proxy", ERROR)),
            refused("error under 408", 408, response("408 Timeout", ERROR)),
            refused("error under 429", 429, response("429 Slow down", ERROR)),
            refused("error under 500", 500, response("500 Broken", ERROR)),
            refused("error under 503, try again at once", 503, response("503 Busy", ERROR, "Retry-After: 0")),
            refused("error, after a byte order mark", 400, response("400 Bad Request", "\ufeff" + ERROR)),
            refused("error without a message", 200, response("200 OK", "{\"status\":\"error\"}")),
            refused("error, message null", 200, response("200 OK", "{\"status\":\"error\",\"message\":null}")),
            refused(
                    "error, message an object",
                    200,
                    response("200 OK", "{\"status\":\"error\",\"message\":{\"a\":1}}")),
            refused("error, message a number", 200, response("200 OK", "{\"status\":\"error\",\"message\":5}")),
            refused("error, error_code text", 200, response("200 OK", "{\"error_code\":\"x\",\"status\":\"error\"}")),
            refused("error, error_code an array", 200, response("200 OK", "{\"error_code\":[1],\"status\":\"error\"}")),
            refused("error, error_code 1e999", 200, response("200 OK", "{\"error_code\":1e999,\"status\":\"error\"}")),
            refused(
                    "error, and the framework's error",
                    200,
                    response("200 OK", "{\"error\":{\"code\":1},\"status\":\"error\"}")),
            refused("error, compressed", 200, gzipped(gzip(ERROR))),
            // The response breaks the contract.
            unexpected("ok under 300", 300, response("300 Choices", OK)),
            unexpected("ok under 301", 301, response("301 Moved", OK, "Location: http://127.0.0.1:1/")),
            unexpected("ok under 302", 302, response("302 Found", OK, "Location: /en/api/smartid/session/x")),
            unexpected("ok under 307", 307, response("307 Elsewhere", OK, "Location: http://127.0.0.1:1/")),
            unexpected("ok under 400", 400, response("400 Bad Request", OK)),
            unexpected("ok under 404", 404, response("404 Not Found", OK)),
            unexpected("ok under 500", 500, response("500 Broken", OK)),
            unexpected("ok under 503, try again at once", 503, response("503 Busy", OK, "Retry-After: 0")),
            unexpected("204 without a body", 204, "HTTP/1.1 204 No Content\r\n\r\n"),
            unexpected("an empty body", 200, response("200 OK", "")),
            unexpected("an empty body under 404", 404, response("404 Not Found", "")),
            unexpected("an empty body ended by closing", 200, closing("HTTP/1.1 200 OK\r\n\r\n")),
            unexpected("blank", 200, response("200 OK", " \n ")),
            unexpected("null", 200, response("200 OK", "null")),
            unexpected("true", 200, response("200 OK", "true")),
            unexpected("a number", 200, response("200 OK", "1")),
            unexpected("text that says ok", 200, response("200 OK", "\"ok\"")),
            unexpected("an array of ok", 200, response("200 OK", "[" + OK + "]")),
            unexpected("an empty object", 200, response("200 OK", "{}")),
            unexpected("status null", 200, response("200 OK", "{\"status\":null}")),
            unexpected("status true", 200, response("200 OK", "{\"status\":true}")),
            unexpected("status an array of ok", 200, response("200 OK", "{\"status\":[\"ok\"]}")),
            unexpected("status OK", 200, response("200 OK", "{\"status\":\"OK\"}")),
            unexpected("status with a blank", 200, response("200 OK", "{\"status\":\"ok \"}")),
            unexpected("status done", 200, response("200 OK", "{\"status\":\"done\"}")),
            unexpected("Status ok", 200, response("200 OK", "{\"Status\":\"ok\"}")),
            unexpected("status further in", 200, response("200 OK", "{\"data\":{\"status\":\"ok\"}}")),
            unexpected("status ok and then error", 200, response("200 OK", "{\"status\":\"ok\",\"status\":\"error\"}")),
            unexpected("status error and then ok", 200, response("200 OK", "{\"status\":\"error\",\"status\":\"ok\"}")),
            unexpected("another key twice", 200, ok(",\"x\":1,\"x\":2")),
            unexpected("a key twice further in", 200, ok(",\"x\":{\"y\":1,\"y\":2}")),
            unexpected("a key twice, once escaped", 200, ok(",\"st\\u0061tus\":\"ok\"")),
            unexpected("cut off", 200, closing("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"ok\"")),
            unexpected("cut off within ok", 200, closing("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"o")),
            unexpected("more after the object", 200, response("200 OK", OK + "x")),
            unexpected("another object after it", 200, response("200 OK", OK + ERROR)),
            unexpected("a NUL after it", 200, response("200 OK", OK + "\0")),
            unexpected("a comment in it", 200, response("200 OK", "{/**/\"status\":\"ok\"}")),
            unexpected("single quotes", 200, response("200 OK", "{'status':'ok'}")),
            unexpected("a comma too many", 200, ok(",")),
            unexpected("NaN", 200, ok(",\"x\":NaN")),
            unexpected("a leading zero", 200, ok(",\"x\":01")),
            unexpected("a raw line break in text", 200, ok(",\"x\":\"a\nb\"")),
            unexpected("HTML", 200, response("200 OK", "<html><body>ok</body></html>")),
            unexpected("HTML of a proxy", 502, response("502 Bad Gateway", "<html>Bad Gateway</html>")),
            unexpected(
                    "the framework's error",
                    500,
                    response("500 Broken", "{\"error\":{\"code\":500,\"message\":\"Internal\"}}")),
            unexpected("the framework's error as text", 500, response("500 Broken", "{\"error\":\"Internal\"}")),
            unexpected("two byte order marks", 200, response("200 OK", "\ufeff\ufeff" + OK)),
            unexpected("a byte order mark alone", 200, response("200 OK", "\ufeff")),
            unexpected("UTF-16", 200, bytes(200, OK.getBytes(StandardCharsets.UTF_16BE))),
            unexpected("UTF-32", 200, bytes(200, OK.getBytes(Charset.forName("UTF-32BE")))),
            unexpected("invalid UTF-8", 200, bytes(200, latin1("{\"status\":\"ok\",\"x\":\"\u00ff\"}"))),
            unexpected("overlong UTF-8", 200, bytes(200, latin1("{\"st\u00c1\u00a1tus\":\"ok\"}"))),
            unexpected(
                    "a surrogate as UTF-8",
                    200,
                    bytes(200, latin1("{\"status\":\"ok\",\"x\":\"\u00ed\u00a0\u0080\"}"))),
            unexpected(
                    "compression that nobody asked for",
                    200,
                    response("200 OK", "\u0001\u0002", "Content-Encoding: br")),
            unexpected("nested 100,000 deep", 200, ok(",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000))),
            unexpected("nested 100,000 objects deep", 200, response("200 OK", "{\"x\":".repeat(100_000))),
            unexpected("a byte more than is allowed", 200, response("200 OK", padded(1024 * 1024 + 1))),
            unexpected(
                    "a refusal of two megabytes",
                    400,
                    response("400 Bad Request", " ".repeat(2 * 1024 * 1024) + ERROR)),
            unexpected("kilobytes that become 16 megabytes", 200, gzipped(gzipBomb())),
            // There was no response, or an incomplete one.
            lost("closed without a response", (request, connection) -> connection.close()),
            lost("reset without a response", (request, connection) -> reset(connection)),
            lost("closed within the head", closing("HTTP/1.1 200 OK\r\nContent-Le")),
            lost("closed within the body", closing("HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n" + OK)),
            lost("closed within a refusal", closing("HTTP/1.1 400 No\r\nContent-Length: 99\r\n\r\n" + ERROR)),
            lost(
                    "closed before the last chunk",
                    closing("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n" + OK + "\r\n")),
            lost(
                    "a chunk of no length",
                    closing("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + OK + "\r\n0\r\n\r\n")),
            lost("compressed and cut off", gzipped(Arrays.copyOf(gzip(OK), 20))),
            lost("compressed and falsified", gzipped(corrupted(gzip(OK)))),
            lost("called compressed, but not", response("200 OK", OK, "Content-Encoding: gzip")),
            lost("not HTTP", closing("SSH-2.0-OpenSSH_9.2\r\n")),
            lost("a status line without a status", closing("HTTP/1.1 OK\r\n\r\n" + OK)),
            lost("204 with a body", response("204 No Content", OK)),
            lost("two lengths", closing("HTTP/1.1 200 OK\r\nContent-Length: 15\r\nContent-Length: 16\r\n\r\n" + OK)));

    private FaultMatrix() {}

    /** Returns the rows of the table. */
    public static Stream<Row> rows() {
        return ROWS.stream();
    }

    /**
     * A case.
     *
     * @param name the gateway's behaviour in words
     * @param behaviour the gateway's behaviour
     * @param type the exception that the client throws, or null if it reports a removal
     * @param httpStatus the HTTP status in the exception, or 0
     * @param outcomeUnknown whether the exception says that the outcome is unknown
     */
    public record Row(
            String name,
            Behaviour behaviour,
            Class<? extends MarkSignException> type,
            int httpStatus,
            boolean outcomeUnknown) {
        /** Compares the outcome of a call with the expected one. */
        public void check(Throwable thrown) {
            if (type == null) {
                assertThat(thrown).isNull();
                return;
            }
            checkFailure(thrown, "removeSmartIdSession(sessionId=sess…): ");
        }

        private void checkFailure(Throwable thrown, String call) {
            assertThat(thrown).isInstanceOf(type).hasMessageStartingWith(call);
            assertThat(((MarkSignException) thrown).outcomeUnknown()).isEqualTo(outcomeUnknown);
            assertThat(httpStatus(thrown)).isEqualTo(httpStatus);
        }

        private static int httpStatus(Throwable thrown) {
            if (thrown instanceof MarkSignApiException refusal) {
                return refusal.httpStatus();
            }
            return thrown instanceof MarkSignUnexpectedResponseException unexpected ? unexpected.httpStatus() : 0;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The properties of an operation in the spec that decide how the client treats a fault.
     *
     * @param name the operation's name, without its language
     * @param idempotent whether the client may resend it if its outcome is unknown
     * @param waits whether {@code waiting} is a success
     * @param success the body of a success
     * @param incomplete the body of a success without the fields that the spec requires, or an empty text if it requires no
     *     field
     * @param document the media type of a success that is a document, or an empty text
     * @param warning the text that the exception must contain if the outcome is unknown, or an empty text
     */
    public record OperationKind(
            String name,
            boolean idempotent,
            boolean waits,
            String success,
            String incomplete,
            String document,
            String warning) {

        /** Returns a success as it goes over the wire. */
        public String successResponse() {
            return document.isEmpty() ? response("200 OK", success) : of(document, success);
        }

        private String of(String mediaType, String body) {
            return response("200 OK", body).replace("application/json", mediaType);
        }
    }

    /** When the client resends a request. */
    private enum Retry {
        ALWAYS,
        IF_IDEMPOTENT,
        NEVER
    }

    /**
     * A case of an operation: the first response is bad, and all later ones are good.
     *
     * @param row the outcome of the call, unless the client resends the request
     * @param retry when the client resends the request
     * @param kind the operation
     */
    public record Fault(Row row, Retry retry, OperationKind kind) {
        /** Returns the gateway's behaviour. */
        public Behaviour behaviour() {
            return (request, connection) -> {
                if (request.number() == 1) {
                    row.behaviour.respond(request, connection);
                } else {
                    send(connection, kind.successResponse());
                }
            };
        }

        /** Compares the outcome of a call, which may be resent, with the expected one. */
        public void check(Throwable thrown, int requests) {
            boolean repeated = retry == Retry.ALWAYS || retry == Retry.IF_IDEMPOTENT && kind.idempotent;
            assertThat(requests).as("requests").isEqualTo(repeated ? 2 : 1);
            if (repeated || row.type == null) {
                assertThat(thrown).isNull();
                return;
            }
            row.checkFailure(thrown, kind.name + "(");
            if (!kind.warning.isEmpty()) {
                assertThat(thrown.getMessage().contains(kind.warning)).isEqualTo(row.outcomeUnknown);
            }
        }

        @Override
        public String toString() {
            return row.name;
        }
    }

    /** Returns the table for one operation. */
    public static Stream<Fault> of(OperationKind kind) {
        Stream<Row> always = Stream.of(
                refused("429", 429, response("429 Slow down", ERROR)),
                unexpected("429 of a proxy", 429, response("429 Slow down", HTML)));
        Stream<Row> ifIdempotent = Stream.of(
                lost("closed without a response", (request, connection) -> connection.close()),
                lost("reset without a response", (request, connection) -> reset(connection)),
                lost("closed within the head", closing("HTTP/1.1 200 OK\r\nContent-Le")),
                lost("closed within the body", closing(cutOff(kind.successResponse()))),
                refusedOutcomeUnknown("503", 503, response("503 Busy", ERROR), kind),
                refusedOutcomeUnknown(
                        "503, try again at once", 503, response("503 Busy", ERROR, "Retry-After: 0"), kind),
                unexpected("503 of a proxy", 503, response("503 Busy", HTML, "Retry-After: 0")));
        Stream<Row> never = Stream.of(
                refused("error under 200", 200, response("200 OK", ERROR)),
                refused("error under 400", 400, response("400 Bad Request", ERROR)),
                refusedOutcomeUnknown("error under 500", 500, response("500 Broken", ERROR), kind),
                refusedOutcomeUnknown("50000 under 200", 200, response("200 OK", errorWithCode(50000)), kind),
                refusedOutcomeUnknown("50001 under 400", 400, response("400 Bad Request", errorWithCode(50001)), kind),
                refused("50002 under 500", 500, response("500 Broken", errorWithCode(50002))),
                refused("40001 under 500", 500, response("500 Broken", errorWithCode(40001))),
                refused("error inside, ok outside", 200, ok(",\"data\":" + ERROR)),
                unexpected("another status inside, ok outside", 200, ok(",\"data\":{\"status\":\"done\"}")),
                unexpected("a success under 500", 500, kind.successResponse().replace("200 OK", "500 Broken")),
                unexpected("a success under 404", 404, kind.successResponse().replace("200 OK", "404 Not Found")),
                unexpected(
                        "a redirect",
                        307,
                        kind.successResponse()
                                .replace("200 OK\r\n", "307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\n")),
                unexpected("HTML", 200, response("200 OK", HTML).replace("application/json", "text/html")),
                unexpected("HTML of a proxy", 502, response("502 Bad Gateway", HTML)),
                unexpected("the framework's error", 500, response("500 Broken", "{\"error\":{\"message\":\"m\"}}")),
                unexpected("an empty body", 200, response("200 OK", "")),
                unexpected("a status of no contract", 200, response("200 OK", "{\"status\":\"done\"}")),
                kind.waits
                        ? removed("waiting", response("200 OK", WAITING))
                        : unexpected("waiting", 200, response("200 OK", WAITING)));
        Stream<Row> successAfterMark = kind.document.isEmpty()
                ? Stream.of(removed("a success after a byte order mark", response("200 OK", "\ufeff" + kind.success)))
                : Stream.of();
        Stream<Row> ofJson = kind.incomplete.isEmpty()
                ? Stream.of()
                : Stream.of(unexpected("ok without what goes with it", 200, response("200 OK", kind.incomplete)));
        Stream<Row> ofDocuments = kind.document.isEmpty()
                ? Stream.of()
                : Stream.of(
                        refused("a refusal that is called a document", 200, kind.of(kind.document, "\n" + ERROR)),
                        unexpected("ok in place of a document", 200, response("200 OK", OK)),
                        removed("a document that is called JSON", response("200 OK", kind.success)),
                        removed(
                                "a document without a media type",
                                kind.successResponse().replace("Content-Type", "X")),
                        unexpected("an empty document", 200, kind.of(kind.document, "")),
                        unexpected(
                                "a part of a document",
                                206,
                                kind.successResponse().replace("200 OK", "206 Partial")));
        return Stream.of(
                        always.map(row -> new Fault(row, Retry.ALWAYS, kind)),
                        ifIdempotent.map(row -> new Fault(row, Retry.IF_IDEMPOTENT, kind)),
                        Stream.of(never, successAfterMark, ofJson, ofDocuments)
                                .flatMap(rows -> rows)
                                .map(row -> new Fault(row, Retry.NEVER, kind)))
                .flatMap(faults -> faults);
    }

    private static String cutOff(String response) {
        return response.substring(0, response.length() - 1);
    }

    private static Row removed(String name, Behaviour behaviour) {
        return new Row(name, behaviour, null, 0, false);
    }

    private static Row removed(String name, String response) {
        return removed(name, sending(response));
    }

    private static Row refused(String name, int status, Behaviour behaviour) {
        return new Row(name, behaviour, MarkSignApiException.class, status, false);
    }

    private static Row refused(String name, int status, String response) {
        return refused(name, status, sending(response));
    }

    /** A refusal after which the outcome is unknown, unless the operation is idempotent. */
    private static Row refusedOutcomeUnknown(String name, int status, String response, OperationKind kind) {
        return new Row(name, sending(response), MarkSignApiException.class, status, !kind.idempotent);
    }

    private static String errorWithCode(int errorCode) {
        return ERROR.replace("}", ",\"error_code\":" + errorCode + "}");
    }

    private static Row unexpected(String name, int status, Behaviour behaviour) {
        return new Row(name, behaviour, MarkSignUnexpectedResponseException.class, status, true);
    }

    private static Row unexpected(String name, int status, String response) {
        return unexpected(name, status, sending(response));
    }

    private static Row lost(String name, Behaviour behaviour) {
        return new Row(name, behaviour, MarkSignConnectionException.class, 0, true);
    }

    private static Row lost(String name, String response) {
        return lost(name, sending(response));
    }

    private static Behaviour sending(String response) {
        return (request, connection) -> send(connection, response);
    }

    private static Behaviour closing(String response) {
        return (request, connection) -> {
            send(connection, response);
            connection.close();
        };
    }

    private static Behaviour bytes(int status, byte[] body) {
        return (request, connection) -> {
            send(connection, "HTTP/1.1 " + status + " OK\r\nContent-Length: " + body.length + "\r\n\r\n");
            send(connection, body);
        };
    }

    private static Behaviour gzipped(byte[] body) {
        return (request, connection) -> {
            send(
                    connection,
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n");
            send(connection, body);
        };
    }

    private static String ok(String more) {
        return response("200 OK", "{\"status\":\"ok\"" + more + "}");
    }

    private static String padded(int length) {
        return OK + " ".repeat(length - OK.length());
    }

    private static String chunked(String... chunks) {
        StringBuilder result = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String chunk : chunks) {
            result.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return result.append("0\r\n\r\n").toString();
    }

    private static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8), 1);
    }

    private static byte[] gzipBomb() {
        return gzip(" ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8), 16);
    }

    private static byte[] gzip(byte[] bytes, int times) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(result)) {
            for (int i = 0; i < times; i++) {
                gzip.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result.toByteArray();
    }

    private static byte[] corrupted(byte[] gzip) {
        gzip[gzip.length - 8] ^= 1;
        return gzip;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
