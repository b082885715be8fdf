package lt.marksign.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * PHP has one type for lists and maps, and writes it by its keys: those of a list that has gaps make an object, and those of
 * a map that count from 0 make an array. An object of other keys, in place of a list, is its only entry.
 */
final class PhpArrays extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
            DeserializationConfig config, CollectionType type, BeanDescription bean, JsonDeserializer<?> list) {
        return new EitherForm(list, JsonToken.START_OBJECT);
    }

    @Override
    public JsonDeserializer<?> modifyMapDeserializer(
            DeserializationConfig config, MapType type, BeanDescription bean, JsonDeserializer<?> map) {
        return new EitherForm(map, JsonToken.START_ARRAY);
    }

    private static final class EitherForm extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;
        private static final Pattern INDEX = Pattern.compile("\\d+");

        private final JsonToken start;

        /**
         * Makes one.
         *
         * @param form reads one of the forms
         * @param start with which the other begins
         */
        EitherForm(JsonDeserializer<?> form, JsonToken start) {
            super(form);
            this.start = start;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> form) {
            return new EitherForm(form, start);
        }

        @Override
        public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(start)) {
                return super.deserialize(json, context);
            }
            try (TokenBuffer other = context.bufferForInputBuffering(json)) {
                if (start == JsonToken.START_ARRAY) {
                    writeMap(json, other);
                } else {
                    writeList(json, other);
                }
                try (JsonParser changed = other.asParserOnFirstToken()) {
                    return super.deserialize(changed, context);
                }
            }
        }

        private static void writeMap(JsonParser array, TokenBuffer map) throws IOException {
            map.writeStartObject();
            for (int i = 0; array.nextToken() != JsonToken.END_ARRAY; i++) {
                map.writeFieldName(String.valueOf(i));
                map.copyCurrentStructure(array);
            }
            map.writeEndObject();
        }

        private static void writeList(JsonParser object, TokenBuffer list) throws IOException {
            boolean ofEntries = object.nextToken() == JsonToken.END_OBJECT
                    || INDEX.matcher(object.currentName()).matches();
            list.writeStartArray();
            if (!ofEntries) {
                list.writeStartObject();
            }
            for (; object.hasToken(JsonToken.FIELD_NAME); object.nextToken()) {
                if (ofEntries) {
                    object.nextToken();
                }
                list.copyCurrentStructure(object);
            }
            if (!ofEntries) {
                list.writeEndObject();
            }
            list.writeEndArray();
        }
    }
}
