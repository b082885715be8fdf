/**
 * What goes over the wire, generated from the spec's schemas; and the types of values that the generator cannot write, such
 * as {@code FileContent}.
 *
 * <p>Depends on the annotations of Jackson, Jakarta and JSpecify, on SLF4J, and on the exceptions alone.
 */
package lt.marksign.client.model;
