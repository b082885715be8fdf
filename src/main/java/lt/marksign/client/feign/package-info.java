/**
 * What plugs into Feign. {@code MarkSignCapability} is the door: it puts the rest into any {@code Feign.Builder}, but for
 * {@code JsonCodec}, which whoever builds hands in. A call comes in through {@code CheckedCalls} (arguments), passes
 * Feign's own template and {@code JsonCodec}, and leaves for {@code lt.marksign.client.exchange}; its answer comes back
 * through {@code JsonCodec}.
 *
 * <p>Depends on Feign, on {@code exchange}, {@code json}, {@code transport} and {@code secrets}, on the exceptions, on what
 * the spec says, and of the models on {@code ApiResponse} alone.
 */
@NullMarked
package lt.marksign.client.feign;

import org.jspecify.annotations.NullMarked;
