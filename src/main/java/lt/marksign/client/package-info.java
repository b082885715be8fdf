/**
 * The client. An application starts with {@link lt.marksign.client.MarkSignClient}.
 *
 * <p>Knows the operations of the spec and the gateway's two languages. Depends on every other package of the library except
 * {@code spring}. Only {@code spring} depends on it.
 */
@NullMarked
package lt.marksign.client;

import org.jspecify.annotations.NullMarked;
