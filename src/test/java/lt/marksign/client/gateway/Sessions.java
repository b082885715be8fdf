package lt.marksign.client.gateway;

import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.RawGateway.send;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.Session;
import lt.marksign.client.model.ContainerType;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.FileContent;
import lt.marksign.client.model.HashAlgorithm;
import lt.marksign.client.model.MobileIdAuthenticationRequest;
import lt.marksign.client.model.MobileIdHashSigningRequest;
import lt.marksign.client.model.MobileIdSigningRequest;
import lt.marksign.client.model.SigningFile;
import lt.marksign.client.model.SigningFiles;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import lt.marksign.client.model.SmartIdHashSigningRequest;
import lt.marksign.client.model.SmartIdSigningRequest;

/** A gateway for sessions on a bare socket, with responses that the test sets. */
public final class Sessions implements Closeable {
    public static final String ID = "1c5cd62c-bbf7-779e-3fb4-bad3433ad83f";
    public static final String CODE = "30303039914";
    public static final String PHONE = "+37060000666";

    public static final String BEGUN =
            response("200 OK", "{\"status\":\"ok\",\"token\":\"" + ID + "\",\"control_code\":\"4387\"}");
    public static final String WAITING = response("200 OK", "{\"status\":\"waiting\"}");
    public static final String GONE = refusal("400 Bad Request", 40402);
    public static final String REMOVED = response("200 OK", RawGateway.OK);
    public static final String REFUSED_REMOVAL =
            response("404 Not Found", "{\"status\":\"error\",\"message\":\"Request number is invalid\"}");
    public static final String HTML = response("502 Bad Gateway", "<html>Cloudflare</html>");

    /** A lost response: the connection is reset. */
    public static final String LOST = "";

    /** A kind of session, with its requests and its result. */
    public enum Kind {
        SMART_ID_AUTHENTICATION("/smartid/login.json", "/smartid/status/", "/api/smartid/session/") {
            @Override
            public Session<?> begin(MarkSignClient client) {
                return client.smartIdSessions().authenticate(smartId());
            }

            @Override
            public Session<?> find(MarkSignClient client, String id) {
                return client.smartIdSessions().authentication(id);
            }
        },
        SMART_ID_SIGNING("/smartid/sign.json", "/smartid/sign/status/", "/api/smartid/session/") {
            @Override
            public Session<?> begin(MarkSignClient client) {
                return client.smartIdSessions()
                        .sign(new SmartIdSigningRequest()
                                .type(ContainerType.PDF)
                                .country(Country.LT)
                                .code(CODE)
                                .pdf(files()));
            }

            @Override
            public Session<?> find(MarkSignClient client, String id) {
                return client.smartIdSessions().signing(id);
            }
        },
        SMART_ID_HASH_SIGNING("/smartid/sign/hash.json", "/smartid/sign/hash/status/", "/api/smartid/session/") {
            @Override
            public Session<?> begin(MarkSignClient client) {
                return client.smartIdSessions()
                        .signHash(new SmartIdHashSigningRequest()
                                .hash("ab".repeat(32))
                                .hashAlgorithm(HashAlgorithm.SHA256)
                                .country(Country.LT)
                                .code(CODE));
            }

            @Override
            public Session<?> find(MarkSignClient client, String id) {
                return client.smartIdSessions().hashSigning(id);
            }
        },
        MOBILE_ID_AUTHENTICATION("/mobile/login.json", "/mobile/status/", "/api/mobile/session/") {
            @Override
            public Session<?> begin(MarkSignClient client) {
                return client.mobileIdSessions()
                        .authenticate(
                                new MobileIdAuthenticationRequest().phone(PHONE).code(CODE));
            }

            @Override
            public Session<?> find(MarkSignClient client, String id) {
                return client.mobileIdSessions().authentication(id);
            }
        },
        MOBILE_ID_SIGNING("/mobile/sign.json", "/mobile/sign/status/", "/api/mobile/session/") {
            @Override
            public Session<?> begin(MarkSignClient client) {
                return client.mobileIdSessions()
                        .sign(new MobileIdSigningRequest()
                                .type(ContainerType.PDF)
                                .phone(PHONE)
                                .code(CODE)
                                .pdf(files()));
            }

            @Override
            public Session<?> find(MarkSignClient client, String id) {
                return client.mobileIdSessions().signing(id);
            }
        },
        MOBILE_ID_HASH_SIGNING("/mobile/sign/hash.json", "/mobile/sign-hash/status/", "/api/mobile/session/") {
            @Override
            public Session<?> begin(MarkSignClient client) {
                return client.mobileIdSessions()
                        .signHash(new MobileIdHashSigningRequest()
                                .hash("ab".repeat(32))
                                .hashAlgorithm(HashAlgorithm.SHA256)
                                .country(Country.LT)
                                .phone(PHONE)
                                .code(CODE));
            }

            @Override
            public Session<?> find(MarkSignClient client, String id) {
                return client.mobileIdSessions().hashSigning(id);
            }
        };

        private final String begin;
        private final String check;
        private final String remove;

        Kind(String begin, String check, String remove) {
            this.begin = begin;
            this.check = check;
            this.remove = remove;
        }

        public abstract Session<?> begin(MarkSignClient client);

        public abstract Session<?> find(MarkSignClient client, String id);

        public String beginning(MarkSignLocale locale) {
            return "POST " + prefix(locale) + begin;
        }

        public String checking(MarkSignLocale locale) {
            return "POST " + prefix(locale) + check + ID + ".json";
        }

        public String removing(MarkSignLocale locale) {
            return "DELETE " + prefix(locale) + remove + ID;
        }

        private static String prefix(MarkSignLocale locale) {
            return locale == MarkSignLocale.EN ? "/en" : "";
        }

        /** Returns a response with a result. */
        public String done() {
            String base64 = Base64.getEncoder().encodeToString("result".getBytes());
            return response(
                    "200 OK",
                    name().endsWith("AUTHENTICATION")
                            ? "{\"status\":\"ok\",\"code\":\"" + CODE + "\",\"token\":\"" + ID + "\"}"
                            : name().endsWith("HASH_SIGNING")
                                    ? "{\"status\":\"ok\",\"signature_value\":\"" + base64 + "\"}"
                                    : "{\"status\":\"ok\",\"file\":{\"content\":\"" + base64 + "\"}}");
        }
    }

    private final Deque<String> checks = new ArrayDeque<>();
    private final Deque<String> removals = new ArrayDeque<>();
    private final String begun;
    private final RawGateway gateway;

    public Sessions() throws IOException {
        this(BEGUN);
    }

    /** Starts a gateway with this response to the request that begins a session. */
    public Sessions(String begun) throws IOException {
        this.begun = begun;
        this.gateway = new RawGateway(this::respond);
        checks.add(WAITING);
        removals.add(REMOVED);
    }

    /** Sets the responses to checks in turn. The last one is repeated. */
    public Sessions checked(String... responses) {
        checks.clear();
        checks.addAll(Arrays.asList(responses));
        return this;
    }

    /** Sets the responses to removals in turn. The last one is repeated. */
    public Sessions removed(String... responses) {
        removals.clear();
        removals.addAll(Arrays.asList(responses));
        return this;
    }

    private void respond(RawGateway.Request request, Socket connection) throws IOException {
        String response = request.method().equals("DELETE")
                ? next(removals)
                : request.path().contains("status") ? next(checks) : begun;
        if (response.equals(LOST)) {
            RawGateway.reset(connection);
        } else {
            send(connection, response);
        }
    }

    private static synchronized String next(Deque<String> responses) {
        return responses.size() == 1 ? responses.peek() : responses.remove();
    }

    /** Returns a client with minimal pauses between checks and between retries. */
    public MarkSignClientBuilder client() {
        return Clients.builder(gateway).pollInterval(Duration.ofMillis(1));
    }

    /** Returns the properties with which a Spring Boot application uses this gateway. */
    public String[] properties() {
        return new String[] {"marksign.access-token=token", "marksign.base-url=" + gateway.baseUrl()};
    }

    /** Returns the method and path of each request. */
    public List<String> requests() {
        return gateway.requests().stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    /** Returns the checks among the requests. */
    public Stream<String> checks() {
        return requests().stream().filter(request -> request.contains("status"));
    }

    /** Returns the removals among the requests. */
    public Stream<String> removals() {
        return requests().stream().filter(request -> request.startsWith("DELETE"));
    }

    public static SmartIdAuthenticationRequest smartId() {
        return new SmartIdAuthenticationRequest().code(CODE).country(Country.LT);
    }

    public static String refusal(String httpStatus, int errorCode) {
        return response(httpStatus, "{\"status\":\"error\",\"message\":\"No.\",\"error_code\":" + errorCode + "}");
    }

    private static SigningFiles files() {
        return new SigningFiles()
                .addFilesItem(new SigningFile().name("contract.pdf").content(FileContent.of("%PDF".getBytes())));
    }

    @Override
    public void close() throws IOException {
        gateway.close();
    }
}
