package lt.marksign.client.responses;

import static lt.marksign.client.gateway.Clients.builder;
import static lt.marksign.client.gateway.RawGateway.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Sessions;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.SignedHash;
import org.junit.jupiter.api.Test;

/** Tests that a response can be stored in an HTTP session that is replicated. */
class SerializedResponsesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void an_identification_survives_serialization() throws Exception {
        JsonNode sample = JSON.readTree(Path.of("src/gateway/mappings/both/smart-id-authentication-4-is-confirmed.json")
                        .toFile())
                .at("/response/jsonBody");
        ObjectNode body = sample.deepCopy();
        body.put("token", Sessions.ID).set("new_field", JSON.readTree("{\"a\":[1,2.5,null,true]}"));
        body.set("peps_data", JSON.readTree("[{\"id\":1,\"associates\":{\"spouse\":\"A\",\"others\":[\"B\"]}}]"));
        try (RawGateway gateway = RawGateway.responding(response("200 OK", body.toString()));
                MarkSignClient client = builder(gateway).build()) {
            Identification person =
                    client.smartIdSessions().authentication(Sessions.ID).await();

            assertThat(person.getCertificate().getValue()).isNotNull();
            assertThat(person.getPepsData().get(0).getAssociates()).containsKey("others");
            assertThat(person.getAdditionalProperty("new_field")).isNotNull();
            assertThat(copy(person)).isEqualTo(person);
        }
    }

    @Test
    void a_signature_survives_serialization() throws Exception {
        try (RawGateway gateway = RawGateway.responding(Sessions.Kind.SMART_ID_HASH_SIGNING.done());
                MarkSignClient client = builder(gateway).build()) {
            SignedHash signed =
                    client.smartIdSessions().hashSigning(Sessions.ID).await();

            assertThat(copy(signed)).isEqualTo(signed);
        }
    }

    private static Object copy(Object response) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(response);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
