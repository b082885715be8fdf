package lt.marksign.client.spring;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;

/** Makes a bean of each client that has a name under {@code marksign.clients}. */
final class NamedClients {
    /** The client without a name, where one has to be said. */
    static final String DEFAULT = "default";

    private static final String CLIENTS = "marksign.clients";
    private static final String BEAN = "MarkSignClient";
    private static final Pattern HYPHENATED = Pattern.compile("-+(.?)");

    private NamedClients() {}

    /** What the names of a client's properties begin with. */
    static String prefix(String client) {
        return client.equals(DEFAULT) ? "marksign." : CLIENTS + "." + client + ".";
    }

    static String beanName(String client) {
        return HYPHENATED
                .matcher(client)
                .replaceAll(next -> Matcher.quoteReplacement(next.group(1).toUpperCase(Locale.ROOT)))
                .concat(BEAN);
    }

    static boolean isBeanName(String bean) {
        return bean.endsWith(BEAN);
    }

    /** The names; of one that is written in several ways, an environment variable among them, the other way. */
    private static Set<String> names(MarkSignProperties properties) {
        return names(properties.clients().keySet());
    }

    private static Set<String> names(Set<String> keys) {
        return keys.stream()
                .filter(key -> keys.stream().noneMatch(other -> !key.equals(other) && key.equals(bare(other))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names, and that of the client without one, if there is a token for it. */
    static Set<String> all(MarkSignProperties properties, ListableBeanFactory beans) {
        Set<String> all = names(properties);
        if (properties.accessToken() != null || new TokenSuppliers(beans, all).isOneUnqualified()) {
            all.add(DEFAULT);
        }
        return all;
    }

    /** What a client is called where it is measured; null where there is but one. */
    static @Nullable String tag(String client, MarkSignProperties properties) {
        return properties.clients().isEmpty() ? null : client;
    }

    /** As an environment variable can say it. */
    private static String bare(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static Set<String> names(Environment environment) {
        Set<String> names = names(Binder.get(environment)
                .bind(CLIENTS, Bindable.mapOf(String.class, MarkSignProperties.Client.class))
                .orElse(Map.of())
                .keySet());
        if (names.contains(DEFAULT)) {
            throw new MarkSignPropertyException(
                    CLIENTS + "." + DEFAULT,
                    "cannot be used: that is the client of the properties under marksign",
                    null);
        }
        return names;
    }

    /** Makes the client; called by Spring. */
    static MarkSignClient client(String name, MarkSignProperties properties, ListableBeanFactory beans) {
        ConfiguredBuilder configured = new ConfiguredBuilder(name, properties, beans);
        return configured.build(configured.begin(), MarkSignClientBuilder::build);
    }

    static final class Registrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {
        private Environment environment;

        @Override
        public void setEnvironment(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
            for (String client : names(environment)) {
                if (!registry.containsBeanDefinition(beanName(client))) {
                    registry.registerBeanDefinition(beanName(client), definition(client));
                }
            }
        }

        private static BeanDefinition definition(String client) {
            RootBeanDefinition definition = new RootBeanDefinition(NamedClients.class);
            definition.setTargetType(MarkSignClient.class);
            definition.setFactoryMethodName("client");
            definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
            definition.getConstructorArgumentValues().addIndexedArgumentValue(0, client);
            definition.setDestroyMethodName("close");
            definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, client));
            // Nobody gets an account by accident.
            definition.setDefaultCandidate(false);
            return definition;
        }
    }

    /** There are no names, or a token for the client without one as well. */
    static final class DefaultIsWanted extends SpringBootCondition implements ConfigurationCondition {
        @Override
        public ConfigurationPhase getConfigurationPhase() {
            return ConfigurationPhase.REGISTER_BEAN;
        }

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            Set<String> names = names(environment);
            boolean wanted = names.isEmpty()
                    || Binder.get(environment)
                            .bind("marksign.access-token", String.class)
                            .isBound()
                    || new TokenSuppliers(context.getBeanFactory(), names).isOneUnqualified();
            return new ConditionOutcome(wanted, "clients " + names + ", and a token for one without a name: " + wanted);
        }
    }
}
