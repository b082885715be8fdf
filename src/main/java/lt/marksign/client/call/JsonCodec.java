package lt.marksign.client.call;

import feign.RequestTemplate;
import feign.Response;
import feign.codec.Decoder;
import feign.codec.Encoder;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import lt.marksign.client.error.MarkSignValidationException;
import lt.marksign.client.model.ApiResponse;

/** Writes the models and forms of requests. Responses are decoded before Feign calls this decoder. */
final class JsonCodec implements Encoder, Decoder {
    @Override
    public void encode(Object object, Type bodyType, RequestTemplate template) {
        try {
            Payload payload =
                    bodyType == MAP_STRING_WILDCARD ? write((Map<?, ?>) object, template) : Models.write(object);
            template.body(payload.bytes(), StandardCharsets.UTF_8);
            // The token is added later and changes the length.
            template.removeHeader("Content-Length");
            GatewayCall.current().payload = payload;
        } catch (IOException e) {
            // Jackson's own message may contain a value.
            throw new MarkSignValidationException("request", "must be writable as JSON");
        }
    }

    private static Payload write(Map<?, ?> form, RequestTemplate template) {
        String boundary = UUID.randomUUID().toString();
        template.removeHeader("Content-Type").header("Content-Type", "multipart/form-data; boundary=" + boundary);
        return Payload.form(form, boundary);
    }

    @Override
    public Object decode(Response response, Type type) {
        Object result = GatewayCall.current().result;
        if (result == null) {
            throw new IllegalStateException("the response did not come through the library's client");
        }
        return type instanceof ParameterizedType wrapped && wrapped.getRawType() == ApiResponse.class
                ? new ApiResponse<>(response.status(), response.headers(), result)
                : result;
    }
}
