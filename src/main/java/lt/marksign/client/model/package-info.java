/**
 * What goes over the wire: generated from the spec's schemas, but for the few types whose form in Java says more than the
 * schema can.
 *
 * <p>Depends on the annotations of Jackson, Jakarta and JSpecify, and on SLF4J alone.
 */
package lt.marksign.client.model;
