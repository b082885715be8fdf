package lt.marksign.client.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import lt.marksign.client.transport.Body;

/**
 * What one answer means. It is read token by token: a tree of a hostile megabyte takes fifty.
 *
 * @param meaning what the gateway said
 * @param text what it said is wrong, or what is wrong with the answer; empty when nothing is
 * @param errorCode the gateway's number for what is wrong, if it gave one
 */
public record Answer(Meaning meaning, String text, OptionalInt errorCode) {
    /** The field that tells the outcome, in every answer of the gateway. */
    static final String STATUS = "status";

    /** The field that tells people what is wrong, in a refusal. */
    static final String MESSAGE = "message";

    /** The field that tells programs what is wrong, in some refusals. */
    static final String ERROR_CODE = "error_code";

    /** Where some answers say the outcome once more. */
    private static final String DATA = "data";

    private static final String REFUSAL = "error";

    private static final int DECODED_AT_ONCE = 4096;

    /** The framework behind the gateway puts its own failures under this field. */
    private static final String FRAMEWORK_ERROR = "error";

    private static final int MAX_DEPTH = 500;

    /** Jackson's default keeps buffers with the calling threads, which outlive an application that is undeployed. */
    public static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newBoundedPool(100);

    /** Reads JSON as strictly as the rule for an answer wants it. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(BUFFERS)
            // Jackson limits the length of a number and of a name, where JSON does not; the body's own limit is enough.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Body.MAX_BYTES)
                    .maxNameLength(Body.MAX_BYTES)
                    .maxStringLength(Body.MAX_BYTES)
                    .build())
            .build();

    public enum Meaning {
        /** The gateway did what it was asked. */
        OK,
        /** The gateway refused. */
        REFUSED,
        /** This is not an answer of the contract's. */
        UNEXPECTED
    }

    /**
     * Reads an answer.
     *
     * @param successes what its status may say when the gateway did what it was asked
     */
    public static Answer read(int httpStatus, byte[] body, Set<String> successes) {
        try {
            requireText(body);
            return new Reader(body, successes).read(httpStatus);
        } catch (CharacterCodingException e) {
            return unexpected("the body is not UTF-8");
        } catch (JsonProcessingException e) {
            // Jackson's own message may repeat the body, and the body the token.
            return unexpected(
                    "the body is not well-formed JSON, with no key twice and at most " + MAX_DEPTH + " levels");
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
    }

    /**
     * What a document means that came in place of JSON: an empty one is none, a page of HTML neither, and a refusal is one
     * under any name.
     *
     * @param start all of it, or more of it than a refusal has
     */
    public static Answer document(byte[] start) {
        String beginning = new String(start, 0, Math.min(start.length, 512), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (start.length == 0) {
            return unexpected("the document is empty");
        }
        if (beginning.startsWith("<!doctype html") || beginning.startsWith("<html")) {
            return unexpected("the document is a page of HTML");
        }
        if (beginning.startsWith("{") && start.length <= Body.MAX_BYTES) {
            Answer inside = read(200, start, Set.of());
            if (inside.meaning() == Meaning.REFUSED) {
                return inside;
            }
        }
        return new Answer(Meaning.OK, "", OptionalInt.empty());
    }

    public static Answer unexpected(String reason) {
        return new Answer(Meaning.UNEXPECTED, reason, OptionalInt.empty());
    }

    /**
     * Jackson reads more than JSON is written in: UTF-16 and UTF-32, which have bytes of 0, a byte order mark, and overlong
     * forms of UTF-8.
     */
    private static void requireText(byte[] body) throws CharacterCodingException {
        if (body.length >= 3 && (body[0] & 0xFF) == 0xEF && (body[1] & 0xFF) == 0xBB && (body[2] & 0xFF) == 0xBF) {
            throw new MalformedInputException(3);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer chars = CharBuffer.allocate(Math.max(1, Math.min(body.length, DECODED_AT_ONCE)));
        CoderResult result;
        do {
            result = decoder.decode(bytes, chars.clear(), true);
            for (int i = 0; i < chars.position(); i++) {
                if (chars.get(i) == 0) {
                    throw new MalformedInputException(1);
                }
            }
        } while (result.isOverflow());
        if (result.isError()) {
            result.throwException();
        }
    }

    private static final class Reader {
        private final byte[] body;
        private final Set<String> successes;
        private final Said outer = new Said();
        private final Said inner = new Said();
        private String frameworkMessage = "";

        /** What an object of an answer says of the outcome. */
        private static final class Said {
            private boolean hasStatus;
            private String status = "";
            private String message = "";
            private OptionalInt errorCode = OptionalInt.empty();
        }

        Reader(byte[] body, Set<String> successes) {
            this.body = body;
            this.successes = successes;
        }

        Answer read(int httpStatus) throws IOException {
            if (isBlank()) {
                return unexpected("the body is empty");
            }
            try (JsonParser json = JSON.createParser(body)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    return unexpected("the body is not a JSON object");
                }
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    readField(json, json.currentName());
                }
                if (json.nextToken() != null) {
                    return unexpected("the body is more than one JSON object");
                }
            }
            return interpret(httpStatus);
        }

        private boolean isBlank() {
            for (byte one : body) {
                if (one != ' ' && one != '\t' && one != '\r' && one != '\n') {
                    return false;
                }
            }
            return true;
        }

        private void readField(JsonParser json, String name) throws IOException {
            JsonToken value = json.nextToken();
            switch (name) {
                case FRAMEWORK_ERROR -> readFrameworkError(json, value);
                case DATA -> readData(json, value);
                default -> readOutcome(json, name, value, outer);
            }
        }

        private void readOutcome(JsonParser json, String name, JsonToken value, Said said) throws IOException {
            switch (name) {
                case STATUS -> {
                    said.status = text(json, value);
                    said.hasStatus = value == JsonToken.VALUE_STRING;
                }
                case MESSAGE -> said.message = text(json, value);
                case ERROR_CODE -> said.errorCode = integer(text(json, value));
                default -> json.skipChildren();
            }
        }

        private void readData(JsonParser json, JsonToken value) throws IOException {
            if (value != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                readOutcome(json, name, json.nextToken(), inner);
            }
        }

        private void readFrameworkError(JsonParser json, JsonToken value) throws IOException {
            if (value != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                String text = text(json, json.nextToken());
                if (name.equals(MESSAGE)) {
                    frameworkMessage = text;
                }
            }
        }

        private Answer interpret(int httpStatus) {
            if (outer.hasStatus && outer.status.equals(REFUSAL)) {
                return new Answer(Meaning.REFUSED, outer.message, outer.errorCode);
            }
            boolean ok = outer.hasStatus && successes.contains(outer.status);
            if (ok && inner.hasStatus && inner.status.equals(REFUSAL)) {
                return new Answer(
                        Meaning.REFUSED,
                        inner.message.isEmpty() ? outer.message : inner.message,
                        inner.errorCode.isPresent() ? inner.errorCode : outer.errorCode);
            }
            if (ok && inner.hasStatus && !successes.contains(inner.status)) {
                return unexpected("the status in the body's data is neither of the contract's nor error");
            }
            if (ok && httpStatus / 100 == 2) {
                return new Answer(Meaning.OK, "", OptionalInt.empty());
            }
            if (ok) {
                return unexpected("the body says " + outer.status + ", the HTTP status does not");
            }
            if (!frameworkMessage.isEmpty()) {
                return unexpected("the gateway's framework says \"" + frameworkMessage + "\"");
            }
            return unexpected(
                    outer.status.isEmpty()
                            ? "the body has no status"
                            : "the body's status is neither " + String.join(" nor ", new TreeSet<>(successes))
                                    + " nor error");
        }

        /** The value as text whatever its type: an object or array as it stands in the body. */
        private String text(JsonParser json, JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NULL) {
                return "";
            }
            if (!value.isStructStart()) {
                return json.getText();
            }
            int start = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            int end = (int) json.currentLocation().getByteOffset();
            return new String(body, start, end - start, StandardCharsets.UTF_8);
        }

        private static OptionalInt integer(String text) {
            try {
                return OptionalInt.of(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                return OptionalInt.empty();
            }
        }
    }
}
