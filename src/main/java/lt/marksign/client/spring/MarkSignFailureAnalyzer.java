package lt.marksign.client.spring;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the author of an application which property to set. */
final class MarkSignFailureAnalyzer extends AbstractFailureAnalyzer<MarkSignPropertyException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MarkSignPropertyException cause) {
        String variable = variable(cause.property());
        String remedy = "Set " + cause.property() + " in the application's configuration, or " + variable
                + " in its environment";
        return new FailureAnalysis(
                "The property " + cause.property() + " " + cause.reason() + ".",
                isWantedByAnother(rootFailure)
                        ? remedy + "."
                        : remedy + "; or set marksign.enabled to false to do without the Mark Sign client.",
                cause);
    }

    /** As Boot reads it: a hyphen is an underscore or nothing, and nothing throughout where a client's name has one. */
    private static String variable(String property) {
        boolean hyphenated = property.lastIndexOf('.') > property.indexOf('-') && property.contains("-");
        return (hyphenated ? property.replace("-", "") : property.replace('-', '_'))
                .replace('.', '_')
                .toUpperCase(Locale.ROOT);
    }

    /** To do without the client does not help a bean that cannot do without it. */
    private static boolean isWantedByAnother(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(BeanCreationException.class::isInstance)
                .map(each -> ((BeanCreationException) each).getBeanName())
                .anyMatch(name -> name != null && !isOurs(name));
    }

    private static boolean isOurs(String bean) {
        return bean.equals("markSignClient")
                || bean.equals("markSignClientBuilder")
                || NamedClients.isBeanName(bean)
                || GeneratedInterfaces.find(MarkSignFailureAnalyzer.class.getClassLoader()).stream()
                        .map(MarkSignInterfacesAutoConfiguration::beanName)
                        .anyMatch(bean::equals);
    }
}
