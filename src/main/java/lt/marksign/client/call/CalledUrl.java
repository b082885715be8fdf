package lt.marksign.client.call;

import feign.Request.HttpMethod;
import feign.RequestTemplate;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What the libraries below make of a base URL: the second opinion before anything is called. */
public final class CalledUrl {
    private static final String PATH = "/path";

    private CalledUrl() {}

    /**
     * A base URL as OkHttp writes it.
     *
     * @param baseUrl the URL, perhaps
     * @return its host and port in one form of many, and no slash at its end; or {@code null} where a call would fail, or go
     *     to another URL, for Feign or OkHttp read the base URL in another way
     */
    public static @Nullable String of(String baseUrl) {
        HttpUrl parsed = HttpUrl.parse(baseUrl);
        if (parsed == null) {
            return null;
        }
        String url = parsed.toString().replaceFirst("/$", "");
        HttpUrl called = HttpUrl.parse(new RequestTemplate()
                .method(HttpMethod.DELETE)
                .target(url)
                .uri(PATH)
                .resolve(Map.of())
                .request()
                .url());
        return called != null && called.toString().equals(url + PATH) ? url : null;
    }
}
