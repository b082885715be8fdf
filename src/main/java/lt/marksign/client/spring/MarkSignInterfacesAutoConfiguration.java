package lt.marksign.client.spring;

import java.beans.Introspector;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.ApiClient;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotationMetadata;

/** Makes each generated interface a bean, unless the application has one, or more than one client to choose from. */
@AutoConfiguration(after = MarkSignAutoConfiguration.class)
@ConditionalOnProperty(prefix = "marksign", name = "enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(MarkSignClient.class)
@Import(MarkSignInterfacesAutoConfiguration.Registrar.class)
class MarkSignInterfacesAutoConfiguration {

    static final class Registrar implements ImportBeanDefinitionRegistrar, BeanFactoryAware {
        private ListableBeanFactory beans;

        @Override
        public void setBeanFactory(BeanFactory beanFactory) {
            this.beans = (ListableBeanFactory) beanFactory;
        }

        @Override
        public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
            for (Class<? extends ApiClient.Api> type :
                    GeneratedInterfaces.find(getClass().getClassLoader())) {
                if (beans.getBeanNamesForType(type, true, false).length == 0) {
                    registry.registerBeanDefinition(beanName(type), definition(type));
                }
            }
        }
    }

    static String beanName(Class<?> type) {
        return Introspector.decapitalize(type.getSimpleName());
    }

    private static RootBeanDefinition definition(Class<?> type) {
        RootBeanDefinition definition = new RootBeanDefinition(GeneratedInterfaceFactory.class);
        // Known without making one, and with it the client, to whoever looks for beans of another type.
        definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
        definition.setTargetType(ResolvableType.forClassWithGenerics(GeneratedInterfaceFactory.class, type));
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
        definition
                .getConstructorArgumentValues()
                .addIndexedArgumentValue(1, new RuntimeBeanReference(MarkSignClient.class));
        return definition;
    }
}
