/**
 * The models of requests and responses, generated from the spec's schemas, and the hand-written types of values that the
 * generator cannot write, such as {@code FileContent}.
 *
 * <p>Depends only on the annotations of Jackson, Jakarta and JSpecify, on SLF4J, and on the exceptions.
 */
package lt.marksign.client.model;
