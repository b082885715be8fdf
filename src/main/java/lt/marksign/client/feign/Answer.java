package lt.marksign.client.feign;

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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * What one answer means. It is read token by token: a tree of a hostile megabyte takes fifty.
 *
 * @param meaning what the gateway said
 * @param text what it said is wrong, or what is wrong with the answer; empty when nothing is
 * @param errorCode the gateway's number for what is wrong, if it gave one
 */
record Answer(Meaning meaning, String text, OptionalInt errorCode) {
    /** The field that tells the outcome, in every answer of the gateway. */
    static final String STATUS = "status";

    /** The field that tells people what is wrong, in a refusal. */
    static final String MESSAGE = "message";

    /** The field that tells programs what is wrong, in some refusals. */
    static final String ERROR_CODE = "error_code";

    /** The framework behind the gateway puts its own failures under this field. */
    private static final String FRAMEWORK_ERROR = "error";

    private static final int MAX_DEPTH = 500;

    /** Jackson's default keeps buffers with the calling threads, which outlive an application that is undeployed. */
    static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newBoundedPool(100);

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
                    .build())
            .build();

    enum Meaning {
        /** The gateway did what it was asked. */
        OK,
        /** The gateway refused. */
        REFUSED,
        /** This is not an answer of the contract's. */
        UNEXPECTED
    }

    static Answer read(int httpStatus, byte[] body) {
        try {
            return new Reader(decode(body)).read(httpStatus);
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

    static Answer unexpected(String reason) {
        return new Answer(Meaning.UNEXPECTED, reason, OptionalInt.empty());
    }

    /** Jackson's own decoding of UTF-8 lets overlong forms pass. */
    private static String decode(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    private static final class Reader {
        private final String body;
        private boolean ok;
        private boolean refused;
        private String status = "";
        private String message = "";
        private String frameworkMessage = "";
        private OptionalInt errorCode = OptionalInt.empty();

        Reader(String body) {
            this.body = body;
        }

        Answer read(int httpStatus) throws IOException {
            if (body.isBlank()) {
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

        private void readField(JsonParser json, String name) throws IOException {
            JsonToken value = json.nextToken();
            switch (name) {
                case STATUS -> {
                    status = text(json, value);
                    ok = value == JsonToken.VALUE_STRING && status.equals("ok");
                    refused = value == JsonToken.VALUE_STRING && status.equals("error");
                }
                case MESSAGE -> message = text(json, value);
                case ERROR_CODE -> errorCode = integer(text(json, value));
                case FRAMEWORK_ERROR -> readFrameworkError(json, value);
                default -> json.skipChildren();
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
            if (refused) {
                return new Answer(Meaning.REFUSED, message, errorCode);
            }
            if (ok && httpStatus / 100 == 2) {
                return new Answer(Meaning.OK, "", OptionalInt.empty());
            }
            if (ok) {
                return unexpected("the body says ok, the HTTP status does not");
            }
            if (!frameworkMessage.isEmpty()) {
                return unexpected("the gateway's framework says \"" + frameworkMessage + "\"");
            }
            return unexpected(
                    status.isEmpty() ? "the body has no status" : "the body's status is neither ok nor error");
        }

        /** The value as text whatever its type: an object or array as it stands in the body. */
        private String text(JsonParser json, JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NULL) {
                return "";
            }
            if (!value.isStructStart()) {
                return json.getText();
            }
            int start = (int) json.currentTokenLocation().getCharOffset();
            json.skipChildren();
            return body.substring(start, (int) json.currentLocation().getCharOffset());
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
