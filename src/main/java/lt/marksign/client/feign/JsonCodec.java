package lt.marksign.client.feign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
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
import java.util.List;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.model.ApiResponse;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * The generated models as JSON and back, on bytes throughout. Feign's own Jackson module goes through characters, which
 * costs a call a quarter of its memory.
 */
public final class JsonCodec implements Encoder, Decoder {
    private static final ObjectMapper JSON = JsonMapper.builder(Answer.JSON)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new WhatIsSet())
            .addModule(new SimpleModule()
                    .addSerializer(FileContent.class, new ContentSerializer())
                    .addDeserializer(byte[].class, new ContentDeserializer())
                    .setDeserializerModifier(new PhpArrays()))
            // The gateway is written in PHP: to it an empty object is an empty list, and a number may be a text.
            .enable(DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT)
            .enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .withCoercionConfig(
                    LogicalType.Collection,
                    empty -> empty.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty))
            .withCoercionConfig(
                    LogicalType.Map, empty -> empty.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty))
            .build();

    /** What is not set is not sent, and the token is still to come, though the models want it written in any case. */
    private static final class WhatIsSet extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonInclude.Value findPropertyInclusion(Annotated property) {
            return JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS);
        }
    }

    private static final TokenFilter NO_REFUSAL = new TokenFilter() {
        @Override
        public TokenFilter includeProperty(String name) {
            boolean ofRefusal = name.equals(Answer.MESSAGE) || name.equals(Answer.ERROR_CODE);
            return ofRefusal ? null : TokenFilter.INCLUDE_ALL;
        }
    };

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
        Payload payload = write(object);
        template.body(payload.json(), StandardCharsets.UTF_8);
        // The token is still to come; until then a header would only be one more template.
        template.removeHeader("Content-Length");
        Invocation invocation = Invocation.current();
        if (invocation != null && known) {
            invocation.encoded(payload);
        }
    }

    private static Payload write(Object object) {
        Payload.Builder payload = new Payload.Builder();
        try (JsonGenerator json = JSON.createGenerator(payload)) {
            JSON.writeValue(json, object);
        } catch (IOException e) {
            throw new EncodeException("cannot be written as JSON", e);
        }
        return payload.build();
    }

    /** Leaves the content of a file out, to be read as it is sent. */
    private static final class ContentSerializer extends JsonSerializer<FileContent> {
        @Override
        public void serialize(FileContent content, JsonGenerator json, SerializerProvider context) throws IOException {
            json.writeRawValue(Payload.GAP);
            json.flush();
            String field = json.getOutputContext()
                    .pathAsPointer()
                    .toString()
                    .substring(1)
                    .replaceAll("/(\\d+)", "[$1]")
                    .replace('/', '.');
            // An attribute of the context would stay in Jackson's caches, and the content with it.
            ((Payload.Builder) json.getOutputTarget()).gap(content, field);
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
            return read(body, type, known);
        } catch (UnreadableException e) {
            throw new MarkSignUnexpectedResponseException(
                    response.request().requestTemplate().methodMetadata().configKey(),
                    String.valueOf(e.getMessage()),
                    Exchange.head(response, invocation == null ? new Secrets(List.of()) : invocation.secrets()),
                    "",
                    true);
        }
    }

    /** An answer that says ok, and is not what the spec promises. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String fault) {
            super("the body says that it was done, but " + fault);
        }
    }

    /** Reads an answer as its model, with all that the spec promises of it. */
    static Object read(byte[] body, Type type, Spec spec) throws IOException, UnreadableException {
        Object answer;
        try {
            answer = read(body, type);
        } catch (JsonProcessingException e) {
            throw new UnreadableException("has something in another form than the spec's");
        }
        String lacking = spec.lackOf(answer);
        if (lacking != null) {
            throw new UnreadableException("lacks what the spec promises: " + lacking);
        }
        return answer;
    }

    /** Decodes base64 as it is read, into an array of its size: Jackson's own way takes half as much memory again. */
    private static final class ContentDeserializer extends StdDeserializer<byte[]> {
        private static final long serialVersionUID = 1L;

        ContentDeserializer() {
            super(byte[].class);
        }

        @Override
        public byte[] deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return (byte[]) context.handleUnexpectedToken(byte[].class, json);
            }
            byte[] body = ((Bytes.Source) json.getInputSource()).bytes();
            Bytes bytes = new Bytes(
                    decodedSize(body, (int) json.currentTokenLocation().getByteOffset() + 1));
            json.readBinaryValue(bytes);
            return bytes.toByteArray();
        }

        /** Too much where an escape stands for something else than a slash. */
        private static int decodedSize(byte[] body, int start) {
            long digits = 0;
            for (int i = start; i < body.length && body[i] != '"'; i++) {
                byte one = body[i];
                boolean digit = one >= 'A' && one <= 'Z' || one >= 'a' && one <= 'z' || one >= '/' && one <= '9';
                digits += digit || one == '+' ? 1 : 0;
            }
            return (int) (digits * 3 / 4);
        }
    }

    /** A refusal's fields mean nothing in an answer that says ok: of another type than the spec's, they are left out. */
    private static Object read(byte[] body, Type type) throws IOException {
        ObjectReader reader = JSON.readerFor(JSON.constructType(type));
        try (JsonParser json = JSON.createParser(new Bytes.Source(body))) {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            try (JsonParser json = JSON.createParser(new Bytes.Source(body))) {
                return reader.readValue(
                        new FilteringParserDelegate(json, NO_REFUSAL, Inclusion.INCLUDE_ALL_AND_PATH, true));
            }
        }
    }
}
