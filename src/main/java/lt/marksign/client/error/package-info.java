/**
 * What a call throws when it does not end with the gateway's {@code ok}. All of it is a
 * {@link lt.marksign.client.error.MarkSignException}; all of it is unchecked.
 *
 * <p>Depends on nothing but the JDK.
 */
@NullMarked
package lt.marksign.client.error;

import org.jspecify.annotations.NullMarked;
