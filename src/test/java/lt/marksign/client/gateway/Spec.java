package lt.marksign.client.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The spec, as a judge of what goes over the wire. */
public final class Spec {
    /** The spec's file, from the project's folder. */
    public static final Path FILE = Path.of("openapi", "marksign.yaml");

    private static final Spec INSTANCE = new Spec();

    private final OpenAPIContract contract;
    private final RequestValidator requests;
    private final ResponseValidator responses;

    private Spec() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
        try {
            contract = OpenAPIContract.from(vertx, readable().toString())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            requests = RequestValidator.create(vertx, contract);
            responses = ResponseValidator.create(vertx, contract);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
    }

    /**
     * A copy that Vert.x can read: to it a path's variable is a whole segment, and a body JSON. Both are put right where
     * requests and answers are judged.
     */
    private static Path readable() {
        try {
            String spec = Files.readString(FILE)
                    .replaceAll("(?m)^(  /.*)\\.json:$", "$1:")
                    .replaceAll(" {8}application/(pdf|octet-stream|vnd.*zip):\n.*\n.*\n", "");
            Path copy = Files.createTempFile("marksign", ".yaml");
            copy.toFile().deleteOnExit();
            return Files.writeString(copy, spec);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spec as it stands in the working tree. */
    public static Spec get() {
        return INSTANCE;
    }

    /** The spec as data. */
    public OpenAPIContract contract() {
        return contract;
    }

    /** The version that the spec gives itself. */
    public String version() {
        return contract.getRawContract().getJsonObject("info").getString("version");
    }

    /** Says what is wrong with a request, by the spec; nothing if nothing is. */
    public String faultsOfRequest(String method, String path, String contentType, byte[] body) {
        Operation operation = contract.findOperation(path, HttpMethod.valueOf(method));
        if (operation == null) {
            return method + " " + path + ": the spec has no such operation";
        }
        String sessionId = path.substring(path.lastIndexOf('/') + 1);
        return faults(requests.validate(
                request(Map.of("sessionId", new RequestParameterImpl(sessionId)), contentType, body),
                operation.getOperationId()));
    }

    /** Says what is wrong with an answer to a request, by the spec; nothing if nothing is. */
    public String faultsOfAnswer(String method, String path, int status, String contentType, byte[] body) {
        Operation operation = contract.findOperation(path, HttpMethod.valueOf(method));
        if (operation == null) {
            return method + " " + path + ": the spec has no such operation";
        }
        return faults(responses.validate(
                ValidatableResponse.create(status, Buffer.buffer(body), contentType), operation.getOperationId()));
    }

    private static String faults(io.vertx.core.Future<?> validation) {
        try {
            validation.toCompletionStage().toCompletableFuture().get();
            return "";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ValidatableRequest request(Map<String, RequestParameter> path, String contentType, byte[] body) {
        return new ValidatableRequest() {
            @Override
            public String getContentType() {
                return contentType;
            }

            @Override
            public Map<String, RequestParameter> getCookies() {
                return Map.of();
            }

            @Override
            public Map<String, RequestParameter> getHeaders() {
                return Map.of();
            }

            @Override
            public Map<String, RequestParameter> getPathParameters() {
                return path;
            }

            @Override
            public Map<String, RequestParameter> getQuery() {
                return Map.of();
            }

            @Override
            public RequestParameter getBody() {
                return new RequestParameterImpl(Buffer.buffer(body));
            }
        };
    }
}
