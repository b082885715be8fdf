package lt.marksign.client.spring;

import java.util.List;
import lt.marksign.client.api.ApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** The interfaces that the generator made, whichever there are. */
final class GeneratedInterfaces {
    private GeneratedInterfaces() {}

    static List<Class<? extends ApiClient.Api>> find(@Nullable ClassLoader classLoader) {
        return new Scanner()
                .findCandidateComponents(ApiClient.class.getPackageName()).stream()
                        .<Class<? extends ApiClient.Api>>map(found -> ClassUtils.resolveClassName(
                                        String.valueOf(found.getBeanClassName()), classLoader)
                                .asSubclass(ApiClient.Api.class))
                        .toList();
    }

    /** Spring's scanner passes over interfaces unless told otherwise. */
    private static final class Scanner extends ClassPathScanningCandidateComponentProvider {
        Scanner() {
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
