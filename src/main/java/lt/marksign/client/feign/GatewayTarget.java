package lt.marksign.client.feign;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;

/**
 * Where the requests of a generated interface go. Feign's own target parses the base URL anew at each call.
 *
 * @param type the interface
 * @param url the base URL; a slash at its end is left out
 * @param <T> the interface's type
 */
public record GatewayTarget<T>(Class<T> type, String url) implements Target<T> {
    /**
     * Makes a target.
     *
     * @param type the interface
     * @param url the base URL, absolute
     */
    public GatewayTarget {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public String name() {
        return url;
    }

    /** The request, sent here unless an interceptor chose another place. */
    @Override
    public Request apply(RequestTemplate template) {
        String path = template.url();
        return Request.create(
                Request.HttpMethod.valueOf(template.method()),
                path.startsWith("http") ? path : url + path,
                template.headers(),
                template.body(),
                template.requestCharset(),
                template);
    }
}
