package lt.marksign.client.spring;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/** Registers reflection hints for the generated interfaces, their models, and Feign's code that applies a capability. */
final class MarkSignRuntimeHints implements RuntimeHintsRegistrar {
    private static final String[] CAPABILITIES = {
        "feign.Capability", "lt.marksign.client.call.MarkSignCapability",
    };

    /** Feign reads and writes each field of these builders. The last one is Spring Cloud's. */
    private static final String[] BUILDERS = {
        "feign.BaseBuilder", "feign.Feign$Builder", "org.springframework.cloud.openfeign.FeignCircuitBreaker$Builder"
    };

    private final BindingReflectionHintsRegistrar models = new BindingReflectionHintsRegistrar();

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        InterfaceBeans.INTERFACES.forEach(api -> register(api, hints));
        ReflectionHints reflection = hints.reflection();
        for (String type : CAPABILITIES) {
            reflection.registerTypeIfPresent(classLoader, type, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (String type : BUILDERS) {
            if (ClassUtils.isPresent(type, classLoader)) {
                for (Field field :
                        ClassUtils.resolveClassName(type, classLoader).getDeclaredFields()) {
                    reflection.registerField(field);
                }
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
}
