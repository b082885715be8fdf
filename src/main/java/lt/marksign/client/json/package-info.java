/**
 * What goes over the wire as JSON. {@code Answer} says what an answer means, {@code Models} makes JSON of the generated
 * models and back, {@code LenientFields} keeps what cannot be read.
 *
 * <p>Depends on Jackson, on what the spec says, on what {@code transport} sends, and of the models on {@code FileContent}
 * and {@code AdditionalProperty} alone; not on Feign.
 */
@NullMarked
package lt.marksign.client.json;

import org.jspecify.annotations.NullMarked;
