/**
 * The client as a bean. Spring Boot finds it by itself: the property {@code marksign.access-token} is all that it needs.
 * With Spring Cloud OpenFeign, name {@link lt.marksign.client.spring.MarkSignFeignConfiguration} in a
 * {@code @FeignClient}.
 *
 * <p>Depends on Spring, Spring Boot and, where they are there, Spring Cloud, Micrometer and Boot's actuator, all of them optional;
 * nothing else in the library depends on this package.
 */
@NullMarked
package lt.marksign.client.spring;

import org.jspecify.annotations.NullMarked;
