package lt.marksign.client.spring;

import java.time.Duration;
import java.util.Map;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.Gateway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties under {@code marksign}.
 *
 * @param enabled Whether to make the client and its interfaces available as beans.
 * @param accessToken API access token that Mark Sign issued. Needed, unless there is a MarkSignAccessTokenSupplier bean.
 * @param baseUrl Where the gateway is: an https URL, or an http one of this machine.
 * @param allowPlainHttp Whether to permit a base URL that is neither https nor on this machine.
 * @param locale Language of the gateway's messages.
 * @param callTimeout How long a call may take, retries included.
 * @param connectTimeout How long opening a connection may take.
 * @param readTimeout How long the gateway may be silent.
 * @param maxRetries How often a call is tried again when the gateway was not reached, its answer was lost, or it answered
 *     429 or 503; what begins something, only when it was certainly not sent, or after 429.
 * @param maxDocumentSize How large a document may be, sent or received.
 * @param pollInterval How long a wait for a session pauses from one check to the next.
 * @param userAgentSuffix What follows the library's name in the header User-Agent, such as my-app/2.3.
 * @param headers Headers of every request, by name; their values are treated as secrets.
 * @param ssl TLS settings.
 * @param proxy The HTTP proxy to go through, in place of the system's.
 * @param feign What is for a {@code @FeignClient} alone.
 * @param clients Further clients by their names, for other accounts.
 */
@ConfigurationProperties("marksign")
public record MarkSignProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String accessToken,
        @DefaultValue(Gateway.PRODUCTION_SERVER) String baseUrl,
        @DefaultValue("false") boolean allowPlainHttp,
        @DefaultValue("LT") MarkSignLocale locale,
        @DefaultValue("60s") Duration callTimeout,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("2") int maxRetries,
        @DefaultValue("100MB") DataSize maxDocumentSize,
        @DefaultValue("2s") Duration pollInterval,
        @Nullable String userAgentSuffix,
        @DefaultValue Map<String, String> headers,
        @DefaultValue Ssl ssl,
        @DefaultValue Proxy proxy,
        @DefaultValue Feign feign,
        @DefaultValue Map<String, Client> clients) {

    /**
     * The properties under {@code marksign.ssl}.
     *
     * @param bundle Name of the SSL bundle that holds whom to trust and how to identify.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * The properties under {@code marksign.proxy}.
     *
     * @param host Host of the HTTP proxy. Default: the system's.
     * @param port Port of the HTTP proxy.
     * @param user Who asks the proxy, where it wants to know.
     * @param password The password of that user.
     */
    public record Proxy(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String user,
            @Nullable String password) {

        /**
         * Everything but the user and the password.
         *
         * @return a text for people
         */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * The properties under {@code marksign.feign}.
     *
     * @param useApplicationClient Whether a FeignClient of this library goes over the application's Client bean, Spring
     *     Cloud's or its own. The outcome of each call that does not return is then unknown.
     */
    public record Feign(@DefaultValue("false") boolean useApplicationClient) {}

    /**
     * The properties under {@code marksign.clients} and a client's name. What is not set is as under {@code marksign}.
     *
     * @param accessToken API access token of this client's account.
     * @param baseUrl Where the gateway is: an https URL, or an http one of this machine.
     * @param allowPlainHttp Whether to permit a base URL that is neither https nor on this machine.
     * @param locale Language of the gateway's messages.
     * @param callTimeout How long a call may take, retries included.
     * @param connectTimeout How long opening a connection may take.
     * @param readTimeout How long the gateway may be silent.
     * @param maxRetries How often a call is tried again, as under marksign.
     * @param maxDocumentSize How large a document may be, sent or received.
     * @param pollInterval How long a wait for a session pauses from one check to the next.
     * @param userAgentSuffix What the gateway is to know of the application.
     * @param headers Headers of every request, besides those under marksign.
     * @param ssl TLS settings.
     * @param proxy The HTTP proxy to go through; with one of its properties here, none of the proxy under marksign counts.
     */
    public record Client(
            @Nullable String accessToken,
            @Nullable String baseUrl,
            @Nullable Boolean allowPlainHttp,
            @Nullable MarkSignLocale locale,
            @Nullable Duration callTimeout,
            @Nullable Duration connectTimeout,
            @Nullable Duration readTimeout,
            @Nullable Integer maxRetries,
            @Nullable DataSize maxDocumentSize,
            @Nullable Duration pollInterval,
            @Nullable String userAgentSuffix,
            @DefaultValue Map<String, String> headers,
            @Nullable Ssl ssl,
            @Nullable Proxy proxy) {

        static final Client NOTHING_SET =
                new Client(null, null, null, null, null, null, null, null, null, null, null, Map.of(), null, null);

        /**
         * Everything but the access token and the headers.
         *
         * @return a text for people
         */
        @Override
        public String toString() {
            return "client[baseUrl=" + baseUrl + ", locale=" + locale + "]";
        }
    }

    /**
     * Everything but the access token and the headers.
     *
     * @return a text for people
     */
    @Override
    public String toString() {
        return "marksign[baseUrl=" + baseUrl + ", locale=" + locale + "]";
    }
}
