package lt.marksign.client.spring;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;

/** Which of the application's suppliers is whose: one that is qualified by a client's name is for that client alone. */
final class TokenSuppliers {
    private final ListableBeanFactory beans;
    private final Collection<String> clients;

    TokenSuppliers(ListableBeanFactory beans, Collection<String> clients) {
        this.beans = beans;
        this.clients = clients;
    }

    @Nullable MarkSignAccessTokenSupplier of(String client) {
        return clients.contains(client) ? the(qualified(client)) : null;
    }

    /** That of the client without a name, and of those that have no token of their own. */
    @Nullable MarkSignAccessTokenSupplier ofNone() {
        return the(unqualified());
    }

    boolean isOneUnqualified() {
        return !unqualified().isEmpty();
    }

    private List<String> qualified(String client) {
        return suppliers().stream()
                .filter(bean -> BeanFactoryAnnotationUtils.isQualifierMatch(client::equals, bean, beans))
                .toList();
    }

    private List<String> unqualified() {
        return suppliers().stream()
                .filter(bean -> !BeanFactoryAnnotationUtils.isQualifierMatch(clients::contains, bean, beans))
                .toList();
    }

    private List<String> suppliers() {
        return Arrays.asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                beans, MarkSignAccessTokenSupplier.class, true, false));
    }

    private @Nullable MarkSignAccessTokenSupplier the(List<String> names) {
        return switch (names.size()) {
            case 0 -> null;
            case 1 -> beans.getBean(names.get(0), MarkSignAccessTokenSupplier.class);
            // The primary one, or Spring's complaint that there is none.
            default -> beans.getBean(MarkSignAccessTokenSupplier.class);
        };
    }
}
