package lt.marksign.client.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableAnyProperty;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import lt.marksign.client.model.AdditionalProperty;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.spec.Spec;

/** Converts generated models to JSON and back. It works on bytes, because strings would take a quarter more memory. */
public final class Models {
    private static final ObjectMapper JSON = JsonMapper.builder(Verdict.JSON)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .annotationIntrospector(new SetFieldsOnly())
            .addModule(new SimpleModule()
                    .addSerializer(FileContent.class, new ContentSerializer())
                    .setDeserializerModifier(new LenientFields()))
            // PHP writes an absent object as an empty array, and an absent value as an empty string.
            .enable(DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT)
            .enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Omits properties that are not set. The models' annotations would write the token, which is added later, as null. */
    private static final class SetFieldsOnly extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonInclude.Value findPropertyInclusion(Annotated property) {
            return JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS);
        }
    }

    private Models() {}

    /**
     * Writes a model.
     *
     * @throws IOException if it cannot be written
     */
    public static Payload write(Object object) throws IOException {
        Payload.Builder payload = new Payload.Builder();
        try (JsonGenerator json = JSON.createGenerator(payload)) {
            JSON.writeValue(json, object);
        }
        return payload.build();
    }

    /** Writes a placeholder for the content of a file, which is read while it is sent. */
    private static final class ContentSerializer extends JsonSerializer<FileContent> {
        @Override
        public void serialize(FileContent content, JsonGenerator json, SerializerProvider context) throws IOException {
            json.writeRawValue(Payload.PLACEHOLDER);
            json.flush();
            String field = json.getOutputContext()
                    .pathAsPointer()
                    .toString()
                    .substring(1)
                    .replaceAll("/(\\d+)", "[$1]")
                    .replace('/', '.');
            // An attribute of the context would keep the content in Jackson's caches.
            ((Payload.Builder) json.getOutputTarget()).add(content, field, true);
        }
    }

    /** A response that says ok, but breaks the spec. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String fault) {
            super("the body says ok, but " + fault);
        }
    }

    /** Reads a response as its model, and checks that all required fields are present. */
    public static Object read(byte[] body, Type type, Spec spec) throws IOException, UnreadableException {
        Object model;
        try {
            model = JSON.readValue(body, JSON.constructType(type));
        } catch (JsonProcessingException e) {
            throw new UnreadableException("a required field has another type than the spec says");
        }
        String missing = model == null ? "everything" : spec.missingField(model);
        if (missing != null) {
            throw new UnreadableException("a field that the spec requires is missing: " + missing);
        }
        return model;
    }

    /**
     * Makes fields lenient, except those that the spec calls strict. If the value of a lenient field cannot be parsed, the
     * field is absent, and its JSON becomes an additional property of the same name.
     */
    private static final class LenientFields extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            SettableAnyProperty others = builder.getAnySetter();
            List<SettableBeanProperty> lenient = new ArrayList<>();
            for (Iterator<SettableBeanProperty> all = builder.getProperties(); others != null && all.hasNext(); ) {
                SettableBeanProperty field = all.next();
                if (!Spec.GATEWAY.isStrict(bean.getBeanClass(), field.getName())) {
                    lenient.add(new LenientField(field, others));
                }
            }
            lenient.forEach(field -> builder.addOrReplaceProperty(field, true));
            return builder;
        }

        private static final class LenientField extends SettableBeanProperty.Delegating {
            private static final long serialVersionUID = 1L;

            private final transient SettableAnyProperty others;

            LenientField(SettableBeanProperty field, SettableAnyProperty others) {
                super(field);
                this.others = others;
            }

            @Override
            protected SettableBeanProperty withDelegate(SettableBeanProperty field) {
                return new LenientField(field, others);
            }

            @Override
            public void deserializeAndSet(JsonParser json, DeserializationContext context, Object owner)
                    throws IOException {
                try (TokenBuffer value = context.bufferAsCopyOfValue(json)) {
                    try {
                        delegate.deserializeAndSet(value.asParserOnFirstToken(), context, owner);
                    } catch (JsonProcessingException | ClassCastException e) {
                        // Jackson before 2.18 throws the latter for a number of many digits.
                        JsonParser raw = value.asParserOnFirstToken();
                        others.set(owner, getName(), context.readValue(raw, AdditionalProperty.class));
                    }
                }
            }
        }
    }
}
