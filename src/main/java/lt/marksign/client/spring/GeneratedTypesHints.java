package lt.marksign.client.spring;

import java.lang.reflect.Method;
import lt.marksign.client.api.ApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** Tells ahead-of-time processing of the generated interfaces and of the models in their methods, whichever there are. */
final class GeneratedTypesHints implements RuntimeHintsRegistrar {
    private final BindingReflectionHintsRegistrar models = new BindingReflectionHintsRegistrar();

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        Interfaces scanner = new Interfaces();
        for (BeanDefinition found : scanner.findCandidateComponents(ApiClient.class.getPackageName())) {
            register(ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), classLoader), hints);
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

    /** Spring's scanner passes over interfaces unless told otherwise. */
    private static final class Interfaces extends ClassPathScanningCandidateComponentProvider {
        Interfaces() {
            super(false);
            addIncludeFilter(new AssignableTypeFilter(ApiClient.Api.class));
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return definition.getMetadata().isInterface()
                    && !ApiClient.Api.class.getName().equals(definition.getBeanClassName());
        }
    }
}
