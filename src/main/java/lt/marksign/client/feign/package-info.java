/**
 * The Feign plumbing, for {@code MarkSignClient} and the Spring integration to assemble; an application needs none of it.
 * A call goes through it in one direction: {@code CheckedCalls} (arguments), Feign's own template, {@code GatewayClient}
 * (token, retries), {@code Exchange} (one attempt), a {@code Transport}, {@code Answer} (meaning), {@code JsonCodec}
 * (model).
 *
 * <p>Knows no operation of the spec, and asks {@code lt.marksign.client.spec} about each. Depends on Feign, Jackson, OkHttp
 * with its Okio, and SLF4J, on the exceptions, on what the spec says, and of the models on {@code ApiResponse}, {@code FileContent} and {@code TransferProgress} alone.
 */
@NullMarked
package lt.marksign.client.feign;

import org.jspecify.annotations.NullMarked;
