/**
 * One call of the gateway: what is asked, with its token, as often as it is sent. A call comes in by {@code GatewayClient},
 * which retries; {@code Exchange} makes one attempt. The client and Spring hand in settings ({@code RetryPolicy},
 * {@code OperationName}, {@code RetryListener}), use the rules ({@code AccessToken}, {@code PathTemplate},
 * {@code RetryAfter}), and put on the calling thread what Feign has no parameter for ({@code Download},
 * {@code SingleAttempt}), where {@code Invocation} takes it up.
 *
 * <p>Knows no operation of the spec, and asks {@code lt.marksign.client.spec} about each. Depends on Feign's requests,
 * Jackson, SLF4J, on {@code json}, {@code transport} and {@code secrets}, on the exceptions, on what the spec says, and of
 * the models on {@code ApiResponse}, {@code FileContent} and {@code TransferProgress} alone.
 */
@NullMarked
package lt.marksign.client.exchange;

import org.jspecify.annotations.NullMarked;
