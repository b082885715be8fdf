/**
 * The gateway's operations as Feign interfaces, generated from the spec's paths. {@code MarkSignClient.api}
 * implements them.
 *
 * <p>Depends on Feign's and Jakarta's annotations and on the models.
 */
@NullMarked
package lt.marksign.client.api;

import org.jspecify.annotations.NullMarked;
