/**
 * The auto-configuration of Spring Boot, which needs only the property {@code marksign.access-token}. With Spring Cloud
 * OpenFeign, name {@link lt.marksign.client.spring.MarkSignFeignConfiguration} as the configuration of a {@code @FeignClient}.
 *
 * <p>Depends on Spring, Spring Boot, Spring Cloud, Micrometer and Boot's actuator, which are all optional, and on the rest of
 * the library. The rest of the library does not depend on this package.
 */
@NullMarked
package lt.marksign.client.spring;

import org.jspecify.annotations.NullMarked;
