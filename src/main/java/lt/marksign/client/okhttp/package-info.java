/**
 * The library's own transport. {@code OkHttpTransport} is the door; {@code CalledUrl} is asked about base URLs.
 *
 * <p>Depends on OkHttp with its Okio, on Feign's requests and its client for OkHttp, and on {@code transport}. Nothing else
 * in the library depends on OkHttp.
 */
@NullMarked
package lt.marksign.client.okhttp;

import org.jspecify.annotations.NullMarked;
