/**
 * The client: {@link lt.marksign.client.MarkSignClient} is where an application begins.
 *
 * <p>Knows the operations of the spec and the gateway's two languages. Depends on every other package of the library but
 * {@code spring}; none of them depends on it but that one.
 */
@NullMarked
package lt.marksign.client;

import org.jspecify.annotations.NullMarked;
