package lt.marksign.client.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends the same requests to a gateway and to the stubs, and compares the form of the responses. A difference names fields,
 * types and encodings, but never a value, so it can be shown to anyone.
 */
final class GatewayComparison {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PDF = "JVBERi0xLjQKJSVFT0YK";
    private static final String UNKNOWN = "11111111-2222-4333-8444-555555555555";
    private static final int MAX_CHECKS = 100;
    /** Headers that depend on the time, the connection or WireMock, and not on the gateway. */
    private static final Set<String> IGNORED = Set.of(
            "date",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "matched-stub-id",
            "matched-stub-name");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, Set<String>> forms = new LinkedHashMap<>();
    private final String baseUrl;
    private final String accessToken;
    private final Duration pollInterval;

    private GatewayComparison(String baseUrl, String accessToken, Duration pollInterval) {
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
        this.accessToken = accessToken;
        this.pollInterval = pollInterval;
    }

    /** Returns what only the responses of the gateway have (+), and what only those of the stubs have (-). */
    static List<String> differences(String baseUrl, String accessToken, Duration pollInterval)
            throws InterruptedException {
        Map<String, Set<String>> live = new GatewayComparison(baseUrl, accessToken, pollInterval).callEverything();
        Map<String, Set<String>> stubs;
        try (MockGateway mock = new MockGateway().start()) {
            stubs = new GatewayComparison(mock.baseUrl(), MockGateway.ACCESS_TOKEN, Duration.ZERO).callEverything();
        }
        List<String> differences = new ArrayList<>();
        Set<String> steps = new LinkedHashSet<>(stubs.keySet());
        steps.addAll(live.keySet());
        for (String step : steps) {
            if (!live.containsKey(step) || !stubs.containsKey(step)) {
                differences.add(step + (live.containsKey(step) ? ": + a response" : ": - a response"));
                continue;
            }
            Set<String> liveForm = live.get(step);
            Set<String> stubForm = stubs.get(step);
            liveForm.stream()
                    .filter(line -> !stubForm.contains(line))
                    .forEach(line -> differences.add(step + ": + " + line));
            stubForm.stream()
                    .filter(line -> !liveForm.contains(line))
                    .forEach(line -> differences.add(step + ": - " + line));
        }
        return differences;
    }

    private Map<String, Set<String>> callEverything() throws InterruptedException {
        String person = "'code': '" + MockGateway.PERSONAL_CODE + "'";
        String smartId = person + ", 'country': 'LT'";
        String mobileId = person + ", 'phone': '" + MockGateway.PHONE + "'";
        String files = ", 'type': 'pdf', 'pdf': {'files': [{'name': 'contract.pdf', 'content': '" + PDF + "'}]}";
        String hash =
                ", 'hash_algorithm': 'SHA256', 'hash': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'";
        session("Smart-ID login", "/smartid/login.json", "/smartid/status/", smartId);
        session("Smart-ID signing", "/smartid/sign.json", "/smartid/sign/status/", smartId + files);
        session("Smart-ID hash signing", "/smartid/sign/hash.json", "/smartid/sign/hash/status/", smartId + hash);
        session("Mobile-ID login", "/mobile/login.json", "/mobile/status/", mobileId);
        session("Mobile-ID signing", "/mobile/sign.json", "/mobile/sign/status/", mobileId + files);
        session(
                "Mobile-ID hash signing",
                "/mobile/sign/hash.json",
                "/mobile/sign-hash/status/",
                mobileId + hash + ", 'country': 'LT'");
        session(
                "Smart-ID login that the person refuses",
                "/smartid/login.json",
                "/smartid/status/",
                "'code': '" + MockGateway.PERSONAL_CODE_THAT_REFUSES + "', 'country': 'LT'");
        removal("Smart-ID session", "/smartid/login.json", "/api/smartid/session/", smartId);
        removal("Mobile-ID session", "/mobile/login.json", "/api/mobile/session/", mobileId);
        documents();
        call("login without a personal code", "POST", "/smartid/login.json", "'country': 'LT'");
        call("check of an unknown session", "POST", "/smartid/status/" + UNKNOWN + ".json", "");
        send("login with a wrong token", "POST", "/smartid/login.json", "{'access_token': 'wrong', " + smartId + "}");
        return forms;
    }

    private void session(String name, String begin, String check, String request) throws InterruptedException {
        String session =
                call(name + ", begin", "POST", begin, request).path("token").asText();
        for (int checks = 0; checks < MAX_CHECKS && !session.isEmpty(); checks++) {
            String step = name + ", result";
            JsonNode result = call(step, "POST", check + session + ".json", "");
            if (!result.path("status").asText().equals("waiting")) {
                return;
            }
            forms.put(name + ", waiting", forms.remove(step));
            Thread.sleep(pollInterval.toMillis());
        }
    }

    private void removal(String name, String begin, String remove, String request) throws InterruptedException {
        String session =
                call(name + " to remove", "POST", begin, request).path("token").asText();
        call(name + " removed", "DELETE", remove + session, "");
        call(name + " removed twice", "DELETE", remove + session, "");
    }

    private void documents() throws InterruptedException {
        String file = "'file': {'filename': 'contract.pdf', 'content': '" + PDF + "'}";
        String signer = "{'name': 'TESTNUMBER', 'surname': 'OK', 'email': 'testnumber@example.org', 'noEmail': true}";
        String link = "'callback_url': 'https://example.org/', 'expire_after': 5, 'delete_document_after': 5, ";
        String document = call(
                        "document, upload",
                        "POST",
                        "/api/document/upload.json",
                        "'access': 'private', 'signers': [" + signer + "], " + file)
                .at("/document/uuid")
                .asText();
        if (!document.isEmpty()) {
            String path = "/api/document/" + document;
            call("document, status", "GET", path + "/check-status.json", "");
            call("document, validation", "POST", "/api/v2/document/" + document + "/validation.json", "");
            call("document, signers", "POST", path + "/signers.json", "");
            call(
                    "document, signing link",
                    "POST",
                    "/api/document/generate-temporary-signing-link.json",
                    link + "'document_id': '" + document + "'");
            call("document, download", "GET", path + "/download.json", "");
            call("document, removal", "DELETE", path + "/remove.json", "");
        }
        call("file, validation", "POST", "/api/v2/document/validation.json", file);
        call("file, signing link", "POST", "/api/document/generate-temporary-signing-link.json", link + file);
        call("unknown document, status", "GET", "/api/document/" + UNKNOWN + "/check-status.json", "");
        call("unknown document, download", "GET", "/api/document/" + UNKNOWN + "/download.json", "");
    }

    private JsonNode call(String step, String method, String path, String fields) throws InterruptedException {
        return method.equals("GET")
                ? send(step, method, path + "?access_token=" + accessToken, "")
                : send(
                        step,
                        method,
                        path,
                        "{'access_token': '" + accessToken + (fields.isEmpty() ? "'" : "', ") + fields + "}");
    }

    private JsonNode send(String step, String method, String target, String body) throws InterruptedException {
        Set<String> form = new TreeSet<>();
        forms.put(step, form);
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + target))
                .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            form.add("HTTP " + response.statusCode());
            response.headers().map().forEach((name, values) -> {
                if (name.equalsIgnoreCase("content-type")) {
                    form.add("header content-type: " + values.get(0));
                } else if (!IGNORED.contains(name.toLowerCase())) {
                    form.add("header " + name.toLowerCase());
                }
            });
            return read(response.body(), form);
        } catch (IOException e) {
            // The message of an exception may quote the request.
            form.add("no response: " + e.getClass().getSimpleName());
            return JSON.missingNode();
        }
    }

    private static JsonNode read(byte[] body, Set<String> form) {
        try {
            JsonNode json = JSON.readTree(body);
            describe("body", json, form);
            return json;
        } catch (IOException e) {
            form.add("body: " + formOf(body));
            return JSON.missingNode();
        }
    }

    private static void describe(String path, JsonNode value, Set<String> form) {
        if (value.isObject() && !value.isEmpty()) {
            value.fields().forEachRemaining(field -> {
                // A name that does not match may be data.
                String name = field.getKey().matches("[A-Za-z][A-Za-z_]{0,40}") ? field.getKey() : "*";
                if (name.equals("digest") && value.path("content").isTextual()) {
                    form.add(path + ".digest: " + formOfDigest(field.getValue(), value.path("content")));
                } else {
                    describe(path + "." + name, field.getValue(), form);
                }
            });
        } else if (value.isArray() && !value.isEmpty()) {
            value.forEach(element -> describe(path + "[]", element, form));
        } else if (value.isTextual()) {
            form.add(path + ": " + formOf(value.asText()));
        } else {
            form.add(path + ": " + (value.isContainerNode() ? "empty " : "")
                    + value.getNodeType().name().toLowerCase());
        }
        // These two have a fixed set of values, and decide what the library does.
        if (path.matches(".*\\.(status|error_code)") && value.asText().matches("[a-z_]{1,20}|\\d{1,5}")) {
            form.add(path + " is " + value.asText());
        }
    }

    private static String formOfDigest(JsonNode digest, JsonNode content) {
        for (String algorithm : List.of("SHA-1", "SHA-256", "SHA-384", "SHA-512")) {
            try {
                byte[] hash = MessageDigest.getInstance(algorithm)
                        .digest(Base64.getMimeDecoder().decode(content.asText()));
                if (HexFormat.of().formatHex(hash).equalsIgnoreCase(digest.asText())) {
                    return algorithm + " of the content, in hex";
                }
                if (Base64.getEncoder().encodeToString(hash).equals(digest.asText())) {
                    return algorithm + " of the content, in base64";
                }
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return formOf(digest.asText());
            }
        }
        return formOf(digest.asText()) + ", not of the content";
    }

    private static String formOf(String text) {
        if (text.isEmpty()) {
            return "empty text";
        }
        if (text.matches("-?\\d+")) {
            return "text of digits";
        }
        if (text.matches("true|false")) {
            return "text of a boolean";
        }
        if (text.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")) {
            return "UUID";
        }
        if (text.matches("(\\p{XDigit}{2}){20,}")) {
            return text.length() / 2 + " bytes in hex";
        }
        if (text.matches("\\d{4}-\\d\\d-\\d\\d([T ][\\d:.,Z+-]*)?")) {
            return text.replaceAll("\\d", "0");
        }
        if (text.matches("https?://.*")) {
            return "URL";
        }
        if (text.startsWith("-----BEGIN ")) {
            return "PEM";
        }
        if (text.startsWith("<")) {
            return "markup";
        }
        if (text.length() >= 16) {
            try {
                return formOf(Base64.getDecoder().decode(text)) + " in base64";
            } catch (IllegalArgumentException e) {
                return "text";
            }
        }
        return "text";
    }

    private static String formOf(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.startsWith("%PDF")) {
            return "PDF";
        }
        if (text.startsWith("PK\3\4")) {
            return "ZIP";
        }
        if (text.matches("\\p{ASCII}*") && text.strip().matches("\\P{Cntrl}+(\\R\\P{Cntrl}+)*")) {
            return formOf(text.strip());
        }
        try {
            return CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes))
                            .getPublicKey()
                            .getAlgorithm()
                    + " certificate";
        } catch (CertificateException e) {
            boolean der = bytes.length > 2 && bytes[0] == 0x30 && bytes[1] == bytes.length - 2;
            return der ? "DER" : bytes.length <= 512 ? bytes.length + " bytes" : "bytes";
        }
    }
}
