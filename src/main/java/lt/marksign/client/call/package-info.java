/**
 * One call to the gateway, from the arguments of a generated method to its result. {@code CallHandler} receives the call from
 * Feign's proxy and creates a {@code GatewayCall}. {@code JsonCodec} writes the request. {@code GatewayClient} adds the token
 * and retries. {@code Attempt} sends the request once and classifies the response. {@code OkHttpTransport} sends it.
 * {@code MarkSignCapability} installs these classes in any {@code Feign.Builder}.
 *
 * <p>This package names no operation of the spec; it asks {@code lt.marksign.client.spec} about each one. It depends on Feign,
 * OkHttp, Jackson and SLF4J, on the packages {@code error} and {@code spec}, and on these classes of {@code model}:
 * {@code AdditionalProperty}, {@code ApiResponse}, {@code CallListener}, {@code FileContent}, {@code TransferProgress} and
 * {@code UploadFile}. The module exports it to Feign only.
 */
@NullMarked
package lt.marksign.client.call;

import org.jspecify.annotations.NullMarked;
