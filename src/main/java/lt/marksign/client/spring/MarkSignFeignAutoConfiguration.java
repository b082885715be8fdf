package lt.marksign.client.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** What the {@code @FeignClient}s of an application share, each of which has a context of its own below the application's. */
@AutoConfiguration
@ConditionalOnClass(name = "org.springframework.cloud.openfeign.FeignClient")
@EnableConfigurationProperties(MarkSignProperties.class)
@Import(MarkSignFeignConfiguration.SharedTransportConfiguration.class)
class MarkSignFeignAutoConfiguration {}
