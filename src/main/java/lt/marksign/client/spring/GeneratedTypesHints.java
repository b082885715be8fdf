package lt.marksign.client.spring;

import feign.Capability;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import lt.marksign.client.feign.MarkSignCapability;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Tells ahead-of-time processing of what is used by reflection: the generated interfaces and the models in their methods,
 * whichever there are, and what Feign does to apply a capability.
 */
final class GeneratedTypesHints implements RuntimeHintsRegistrar {
    /** Feign reads and writes each field of a builder; the last one is Spring Cloud's. */
    private static final String[] BUILDERS = {
        "feign.BaseBuilder", "feign.Feign$Builder", "org.springframework.cloud.openfeign.FeignCircuitBreaker$Builder"
    };

    private final BindingReflectionHintsRegistrar models = new BindingReflectionHintsRegistrar();

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        GeneratedInterfaces.find(classLoader).forEach(api -> register(api, hints));
        ReflectionHints reflection = hints.reflection();
        reflection.registerType(Capability.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        reflection.registerType(MarkSignCapability.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        if (ClassUtils.isPresent("io.micrometer.observation.ObservationRegistry", classLoader)) {
            reflection.registerType(ObservationCapability.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (String builder : BUILDERS) {
            if (ClassUtils.isPresent(builder, classLoader)) {
                registerFields(ClassUtils.resolveClassName(builder, classLoader), reflection);
            }
        }
    }

    private void register(Class<?> api, RuntimeHints hints) {
        hints.proxies().registerJdkProxy(api);
        hints.reflection().registerType(api, MemberCategory.INVOKE_DECLARED_METHODS);
        for (Method method : api.getMethods()) {
            models.registerReflectionHints(hints.reflection(), method.getGenericReturnType());
            models.registerReflectionHints(hints.reflection(), method.getGenericParameterTypes());
        }
    }

    private static void registerFields(Class<?> type, ReflectionHints reflection) {
        reflection.registerType(type, hint -> {
            for (Field field : type.getDeclaredFields()) {
                hint.withField(field.getName());
            }
        });
    }
}
