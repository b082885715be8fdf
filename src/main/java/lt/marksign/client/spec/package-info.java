/**
 * The facts of the spec about operations and schemas that a method's signature does not show. The generator fills them in
 * ({@code openapi/templates/GeneratedSpec.mustache}). The other packages read them here and list no operation by hand.
 *
 * <p>Depends on the JDK, the models and the exceptions only.
 */
@NullMarked
package lt.marksign.client.spec;

import org.jspecify.annotations.NullMarked;
