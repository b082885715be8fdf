/**
 * Hiding what must not be seen. {@code Secrets} is its only class.
 *
 * <p>Depends on nothing but the JDK.
 */
@NullMarked
package lt.marksign.client.secrets;

import org.jspecify.annotations.NullMarked;
