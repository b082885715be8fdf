package lt.marksign.client.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableAnyProperty;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import lt.marksign.client.model.AdditionalProperty;
import lt.marksign.client.spec.Spec;

/**
 * A field that cannot be read as the spec says is absent, and its JSON becomes an additional property of the same name. The
 * fields that the spec calls strict are the exception.
 */
final class LenientFields extends BeanDeserializerModifier {
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
