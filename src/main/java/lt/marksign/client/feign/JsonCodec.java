package lt.marksign.client.feign;

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
import lt.marksign.client.exchange.Invocation;
import lt.marksign.client.json.Models;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.spec.Spec;
import lt.marksign.client.transport.Bytes;
import lt.marksign.client.transport.Payload;
import org.jspecify.annotations.Nullable;

/** Feign's encoder and decoder of the generated models. */
public final class JsonCodec implements Encoder, Decoder {
    private final @Nullable Spec spec;

    /** Makes a codec; one serves any number of interfaces, and none before {@link MarkSignCapability} has been applied. */
    public JsonCodec() {
        this(null);
    }

    private JsonCodec(@Nullable Spec spec) {
        this.spec = spec;
    }

    /** What {@link MarkSignCapability} makes of an encoder. */
    static Encoder putToWork(Encoder encoder, Spec spec) {
        return encoder instanceof JsonCodec ? new JsonCodec(spec) : encoder;
    }

    /** What {@link MarkSignCapability} makes of a decoder. */
    static Decoder putToWork(Decoder decoder, Spec spec) {
        return decoder instanceof JsonCodec ? new JsonCodec(spec) : decoder;
    }

    /** Feign applies capabilities by reflection, and where it finds no method to call it goes on without a word. */
    private Spec spec() {
        if (spec == null) {
            throw new IllegalStateException(
                    "MarkSignCapability was not applied to this Feign builder: its requests would"
                            + " lack the token, and a refusal would pass for ok (in a native image, for want of hints)");
        }
        return spec;
    }

    @Override
    public void encode(Object object, Type bodyType, RequestTemplate template) {
        boolean known = spec().knows(object.getClass());
        Payload payload;
        try {
            payload = Models.write(object);
        } catch (IOException e) {
            throw new EncodeException("cannot be written as JSON", e);
        }
        template.body(payload.json(), StandardCharsets.UTF_8);
        // The token is still to come; until then a header would only be one more template.
        template.removeHeader("Content-Length");
        Invocation invocation = Invocation.current();
        if (invocation != null && known) {
            invocation.encoded(payload);
        }
    }

    @Override
    public Object decode(Response response, Type type) throws IOException {
        Spec known = spec();
        if (type instanceof ParameterizedType wrapped && wrapped.getRawType() == ApiResponse.class) {
            Object data = decode(response, wrapped.getActualTypeArguments()[0]);
            return new ApiResponse<>(response.status(), response.headers(), data);
        }
        Invocation invocation = Invocation.current();
        Object read = invocation == null ? null : invocation.modelOf(response.body());
        if (type instanceof Class<?> model && model.isInstance(read)) {
            return read;
        }
        byte[] body;
        try (InputStream in = response.body().asInputStream()) {
            body = in instanceof Bytes.Source own ? own.bytes() : in.readAllBytes();
        }
        if (type == byte[].class) {
            return body;
        }
        try {
            return Models.read(body, type, known);
        } catch (Models.UnreadableException e) {
            throw new MarkSignUnexpectedResponseException(
                    response.request().requestTemplate().methodMetadata().configKey(),
                    String.valueOf(e.getMessage()),
                    Invocation.head(response),
                    "",
                    true);
        }
    }
}
