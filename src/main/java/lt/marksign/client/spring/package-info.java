/**
 * The client as a bean. Spring Boot finds it by itself, and needs only the property {@code marksign.access-token}.
 * With Spring Cloud OpenFeign, name {@link lt.marksign.client.spring.MarkSignFeignConfiguration} in a
 * {@code @FeignClient}.
 *
 * <p>Depends on Spring, Spring Boot, Spring Cloud, Micrometer and Boot's actuator, all of them optional, and on
 * the rest of the library. No other package depends on this one.
 */
@NullMarked
package lt.marksign.client.spring;

import org.jspecify.annotations.NullMarked;
