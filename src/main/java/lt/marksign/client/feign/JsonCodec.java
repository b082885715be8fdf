package lt.marksign.client.feign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import feign.RequestTemplate;
import feign.Response;
import feign.codec.Decoder;
import feign.codec.EncodeException;
import feign.codec.Encoder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.model.ApiResponse;

/**
 * The generated models as JSON and back, on bytes throughout. Feign's own Jackson module goes through characters, which
 * costs a call a quarter of its memory.
 */
public final class JsonCodec implements Encoder, Decoder {
    private static final ObjectMapper JSON = JsonMapper.builder(Answer.JSON)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final TokenFilter NO_REFUSAL = new TokenFilter() {
        @Override
        public TokenFilter includeProperty(String name) {
            boolean ofRefusal = name.equals(Answer.MESSAGE) || name.equals(Answer.ERROR_CODE);
            return ofRefusal ? null : TokenFilter.INCLUDE_ALL;
        }
    };

    private static final JsonCodec AT_WORK = new JsonCodec(true);

    private final boolean atWork;

    /** Makes a codec; one serves any number of interfaces, and none before {@link MarkSignCapability} has been applied. */
    public JsonCodec() {
        this(false);
    }

    private JsonCodec(boolean atWork) {
        this.atWork = atWork;
    }

    /** What {@link MarkSignCapability} makes of an encoder. */
    static Encoder putToWork(Encoder encoder) {
        return encoder instanceof JsonCodec ? AT_WORK : encoder;
    }

    /** What {@link MarkSignCapability} makes of a decoder. */
    static Decoder putToWork(Decoder decoder) {
        return decoder instanceof JsonCodec ? AT_WORK : decoder;
    }

    /** Feign applies capabilities by reflection, and where it finds no method to call it goes on without a word. */
    private void requireCapability() {
        if (!atWork) {
            throw new IllegalStateException(
                    "MarkSignCapability was not applied to this Feign builder: its requests would"
                            + " lack the token, and a refusal would pass for ok (in a native image, for want of hints)");
        }
    }

    @Override
    public void encode(Object object, Type bodyType, RequestTemplate template) {
        requireCapability();
        try {
            template.body(JSON.writeValueAsBytes(object), StandardCharsets.UTF_8);
            // The token is still to come; until then a header would only be one more template.
            template.removeHeader("Content-Length");
        } catch (JsonProcessingException e) {
            throw new EncodeException("cannot be written as JSON", e);
        }
    }

    @Override
    public Object decode(Response response, Type type) throws IOException {
        requireCapability();
        if (type instanceof ParameterizedType wrapped && wrapped.getRawType() == ApiResponse.class) {
            Object data = decode(response, wrapped.getActualTypeArguments()[0]);
            return new ApiResponse<>(response.status(), response.headers(), data);
        }
        byte[] body;
        try (InputStream in = response.body().asInputStream()) {
            body = in.readAllBytes();
        }
        try {
            return read(body, type);
        } catch (JsonProcessingException e) {
            throw new MarkSignUnexpectedResponseException(
                    response.request().requestTemplate().methodMetadata().configKey(),
                    "the body is ok, but lacks what the spec promises, or has it in another form",
                    response.status(),
                    "",
                    true);
        }
    }

    /** A refusal's fields mean nothing in an answer that says ok: of another type than the spec's, they are left out. */
    private static Object read(byte[] body, Type type) throws IOException {
        JavaType javaType = JSON.constructType(type);
        try {
            return JSON.readValue(body, javaType);
        } catch (JsonProcessingException e) {
            return JSON.readValue(
                    new FilteringParserDelegate(
                            JSON.createParser(body), NO_REFUSAL, Inclusion.INCLUDE_ALL_AND_PATH, true),
                    javaType);
        }
    }
}
