package lt.marksign.client.gateway;

import com.github.tomakehurst.wiremock.http.ImmutableRequest;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.multipart.PartParser;
import java.util.Collection;

/** Parses a {@code multipart/form-data} body with WireMock's parser. */
public final class MultipartForm {
    private MultipartForm() {}

    /** Returns the parts, in the order in which they arrived. */
    public static Collection<Request.Part> parts(String contentType, byte[] body) {
        return PartParser.parseFrom(ImmutableRequest.create()
                .withAbsoluteUrl("http://127.0.0.1/")
                .withMethod(RequestMethod.POST)
                .withHeader("Content-Type", contentType)
                .withBody(body)
                .build());
    }
}
