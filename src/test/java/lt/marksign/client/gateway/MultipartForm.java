package lt.marksign.client.gateway;

import com.github.tomakehurst.wiremock.http.ImmutableRequest;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.multipart.PartParser;
import java.util.Collection;

/** A body of type {@code multipart/form-data}, as WireMock reads it. */
public final class MultipartForm {
    private MultipartForm() {}

    /** The parts, in the order in which they came. */
    public static Collection<Request.Part> parts(String contentType, byte[] body) {
        return PartParser.parseFrom(ImmutableRequest.create()
                .withAbsoluteUrl("http://127.0.0.1/")
                .withMethod(RequestMethod.POST)
                .withHeader("Content-Type", contentType)
                .withBody(body)
                .build());
    }
}
