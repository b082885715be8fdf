/**
 * Sending one request, and reading its answer, by a deadline. {@code Transport} is the door: it is what
 * {@code lt.marksign.client.okhttp} implements, and what becomes of any other {@code feign.Client}.
 *
 * <p>Depends on Feign's requests and responses, on Jackson's escaping of texts, and of the models on {@code FileContent}
 * alone.
 */
@NullMarked
package lt.marksign.client.transport;

import org.jspecify.annotations.NullMarked;
