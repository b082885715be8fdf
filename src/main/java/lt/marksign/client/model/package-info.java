/**
 * What goes over the wire, generated from the spec's schemas.
 *
 * <p>Depends on Jackson's annotations alone.
 */
package lt.marksign.client.model;
