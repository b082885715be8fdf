package lt.marksign.client.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a response. JSON is read token by token, because a tree can take fifty times the memory of its text.
 *
 * @param meaning success, refusal or a broken contract
 * @param text the gateway's message, or the reason why the response breaks the contract; empty after a success
 * @param errorCode the gateway's {@code error_code}, if there is one
 */
record Verdict(Meaning meaning, String text, OptionalInt errorCode) {
    /** The field with the outcome, in every response of the gateway. */
    static final String STATUS = "status";

    /** The field with the message of a refusal. */
    static final String MESSAGE = "message";

    /** The field with the number of a refusal, in some refusals. */
    static final String ERROR_CODE = "error_code";

    /** The object in which some responses repeat the outcome. */
    private static final String DATA = "data";

    private static final String REFUSAL = "error";

    private static final int MAX_DEPTH = 500;
    private static final int BUFFER = 8 * 1024;
    private static final byte[] BYTE_ORDER_MARK = "\ufeff".getBytes(StandardCharsets.UTF_8);

    /** Jackson's default pool keeps buffers in a {@code ThreadLocal}, which would outlive an undeployed application. */
    public static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newConcurrentDequePool();

    /** Rejects duplicate keys. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(BUFFERS)
            // The limit of the body is enough. Jackson's own limits would reject valid JSON.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(BoundedBody.MAX_BYTES)
                    .maxNameLength(BoundedBody.MAX_BYTES)
                    .maxStringLength(BoundedBody.MAX_BYTES)
                    .build())
            .build();

    public enum Meaning {
        /** The gateway carried out the request. */
        OK,
        /** The gateway refused. */
        REFUSED,
        /** The response breaks the contract. */
        UNEXPECTED
    }

    /**
     * Reads a response.
     *
     * @param successes the values of {@code status} that mean success
     */
    public static Verdict read(int httpStatus, byte[] body, Set<String> successes) {
        int start = Arrays.mismatch(BYTE_ORDER_MARK, body) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        try (JsonParser json = JSON.createParser(decode(body, start))) {
            return new Fields().read(json).meaning(httpStatus, successes);
        } catch (CharacterCodingException e) {
            return unexpected("the body is not UTF-8");
        } catch (JsonProcessingException e) {
            // Jackson's own message may contain a part of the body, and so a secret.
            return unexpected(
                    "the body is not well-formed JSON, with no key twice and at most " + MAX_DEPTH + " levels");
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
    }

    /** Decodes UTF-8 strictly. Jackson would also accept UTF-16, UTF-32 and malformed UTF-8. */
    private static Reader decode(byte[] body, int start) throws CharacterCodingException {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        // Most responses are short, and InputStreamReader starts with a buffer of 8 KiB.
        return body.length > BUFFER
                ? new InputStreamReader(new ByteArrayInputStream(body, start, body.length - start), utf8)
                : new StringReader(utf8.decode(ByteBuffer.wrap(body, start, body.length - start))
                        .toString());
    }

    public static Verdict ok() {
        return new Verdict(Meaning.OK, "", OptionalInt.empty());
    }

    public static Verdict unexpected(String reason) {
        return new Verdict(Meaning.UNEXPECTED, reason, OptionalInt.empty());
    }

    /** The fields of a response that decide its meaning. */
    private static final class Fields {
        private @Nullable String fault;
        private @Nullable String status;
        private String message = "";
        private OptionalInt errorCode = OptionalInt.empty();
        private @Nullable Fields data;

        Fields read(JsonParser json) throws IOException {
            JsonToken first = json.nextToken();
            if (first != JsonToken.START_OBJECT) {
                fault = first == null ? "the body is empty" : "the body is not a JSON object";
                return this;
            }
            readObject(json);
            fault = json.nextToken() == null ? null : "the body is more than one JSON object";
            return this;
        }

        private void readObject(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case STATUS -> status = value == JsonToken.VALUE_STRING ? json.getText() : null;
                    case MESSAGE -> message = text(json);
                    case ERROR_CODE -> errorCode = integer(text(json));
                    case DATA -> {
                        if (value == JsonToken.START_OBJECT && data == null) {
                            data = new Fields();
                            data.readObject(json);
                        }
                    }
                    default -> {}
                }
                json.skipChildren();
            }
        }

        private Verdict meaning(int httpStatus, Set<String> successes) {
            if (fault != null) {
                return unexpected(fault);
            }
            if (REFUSAL.equals(status)) {
                return new Verdict(Meaning.REFUSED, message, errorCode);
            }
            if (status == null) {
                return unexpected("the body has no status");
            }
            if (!successes.contains(status)) {
                return unexpected("the body's status is neither " + String.join(" nor ", new TreeSet<>(successes))
                        + " nor error");
            }
            if (data != null && REFUSAL.equals(data.status)) {
                return new Verdict(
                        Meaning.REFUSED,
                        data.message.isEmpty() ? message : data.message,
                        data.errorCode.isPresent() ? data.errorCode : errorCode);
            }
            if (data != null && data.status != null && !successes.contains(data.status)) {
                return unexpected("the status in the body's data is unknown");
            }
            return httpStatus / 100 == 2 ? ok() : unexpected("the body says " + status + ", the HTTP status does not");
        }

        /** Returns a value as text. An object or an array may contain personal data, so its text is empty. */
        private static String text(JsonParser json) throws IOException {
            return json.currentToken().isStructStart() || json.hasToken(JsonToken.VALUE_NULL) ? "" : json.getText();
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
