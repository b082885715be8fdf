package lt.marksign.sample;

import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.spring.MarkSignFeignConfiguration;
import org.springframework.cloud.openfeign.FeignClient;

/** The gateway as a client of Spring Cloud OpenFeign. */
@FeignClient(name = "marksign", url = "${marksign.base-url}", configuration = MarkSignFeignConfiguration.class)
interface MarkSign extends SmartIdSessionsApi {}
