/**
 * What the spec says of operations and schemas where a method's signature does not say it: filled in by the generator
 * ({@code openapi/templates/GeneratedSpec.mustache}) and read by the other packages, so that none lists an operation by hand.
 *
 * <p>Depends on the JDK, the models and the exceptions only.
 */
@NullMarked
package lt.marksign.client.spec;

import org.jspecify.annotations.NullMarked;
