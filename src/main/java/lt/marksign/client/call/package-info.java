/**
 * One call of the gateway, from the arguments of a generated method to its result. {@code CheckedCalls} takes a call from
 * Feign's proxy and makes a {@code GatewayCall} of it. {@code JsonCodec} writes the request. {@code GatewayClient} adds the
 * token, and retries. {@code Attempt} sends once and decides what the response means. {@code OkHttpTransport} sends.
 * {@code MarkSignCapability} puts these into any {@code Feign.Builder}.
 *
 * <p>Knows no operation of the spec, and asks {@code lt.marksign.client.spec} about each. Depends on Feign, OkHttp, Jackson,
 * SLF4J, on the packages {@code error} and {@code spec}, and of {@code model} on {@code AdditionalProperty},
 * {@code ApiResponse}, {@code CallListener}, {@code FileContent} and {@code TransferProgress} only. The module exports it to Feign only.
 */
@NullMarked
package lt.marksign.client.call;

import org.jspecify.annotations.NullMarked;
