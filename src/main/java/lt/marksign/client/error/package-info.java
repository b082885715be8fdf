/**
 * What a call throws if it does not end with the gateway's {@code ok}: unchecked subtypes of
 * {@link lt.marksign.client.error.MarkSignException}.
 *
 * <p>Depends on the JDK only.
 */
@NullMarked
package lt.marksign.client.error;

import org.jspecify.annotations.NullMarked;
