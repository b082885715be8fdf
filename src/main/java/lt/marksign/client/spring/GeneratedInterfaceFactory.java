package lt.marksign.client.spring;

import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.ApiClient;
import org.springframework.beans.factory.FactoryBean;

/**
 * Makes a generated interface a bean.
 *
 * @param <T> the interface
 */
final class GeneratedInterfaceFactory<T extends ApiClient.Api> implements FactoryBean<T> {
    private final Class<T> type;
    private final MarkSignClient client;

    GeneratedInterfaceFactory(Class<T> type, MarkSignClient client) {
        this.type = type;
        this.client = client;
    }

    @Override
    public T getObject() {
        return client.api(type);
    }

    @Override
    public Class<T> getObjectType() {
        return type;
    }
}
