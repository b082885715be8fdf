/**
 * What the spec says of operations and schemas where a method's signature does not say it: filled in by the generator
 * ({@code openapi/templates/GeneratedSpec.mustache}), read by the plumbing, so that neither lists an operation by hand.
 *
 * <p>Depends on nothing but the JDK and the models.
 */
@NullMarked
package lt.marksign.client.spec;

import org.jspecify.annotations.NullMarked;
