/**
 * The library's own transport. {@code OkHttpTransport} is the door.
 *
 * <p>Depends on OkHttp with its Okio, on Feign's client for it, and on {@code transport}. Nothing else in the library
 * depends on OkHttp.
 */
@NullMarked
package lt.marksign.client.okhttp;

import org.jspecify.annotations.NullMarked;
