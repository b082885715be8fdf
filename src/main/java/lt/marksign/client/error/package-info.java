/**
 * The unchecked exceptions of a call: subtypes of {@link lt.marksign.client.error.MarkSignException} if it does not end with
 * the gateway's {@code ok}, and {@link lt.marksign.client.error.MarkSignValidationException} if an argument is invalid.
 *
 * <p>Depends on the JDK only.
 */
@NullMarked
package lt.marksign.client.error;

import org.jspecify.annotations.NullMarked;
