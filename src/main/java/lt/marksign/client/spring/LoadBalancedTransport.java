package lt.marksign.client.spring;

import java.util.List;
import lt.marksign.client.okhttp.OkHttpTransport;
import lt.marksign.client.transport.Transport;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.openfeign.loadbalancer.FeignBlockingLoadBalancerClient;
import org.springframework.cloud.openfeign.loadbalancer.LoadBalancerFeignRequestTransformer;

/**
 * Spring Cloud's load balancing around the library's transport; for a client that has an address, Spring Cloud takes the
 * transport out of it. Not the load balancing that retries: attempts are counted in one place.
 */
final class LoadBalancedTransport extends FeignBlockingLoadBalancerClient implements Transport.Wrapper {
    LoadBalancedTransport(
            OkHttpTransport transport,
            LoadBalancerClient loadBalancer,
            LoadBalancerClientFactory factory,
            List<LoadBalancerFeignRequestTransformer> transformers) {
        super(transport, loadBalancer, factory, transformers);
    }
}
