/**
 * One call of the gateway: what is asked, with its token, as often as it is sent. {@code GatewayClient} is the door: it
 * retries, {@code Exchange} makes one attempt. What Feign has no parameter for ({@code Invocation}, {@code Download},
 * {@code SingleAttempt}) goes along with the calling thread.
 *
 * <p>Knows no operation of the spec, and asks {@code lt.marksign.client.spec} about each. Depends on Feign's requests,
 * Jackson, SLF4J, on {@code json}, {@code transport} and {@code secrets}, on the exceptions, on what the spec says, and of
 * the models on {@code ApiResponse}, {@code FileContent} and {@code TransferProgress} alone.
 */
@NullMarked
package lt.marksign.client.exchange;

import org.jspecify.annotations.NullMarked;
