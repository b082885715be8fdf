package lt.marksign.client.feign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.AsyncFeign;
import feign.Feign;
import feign.codec.Encoder;
import java.io.IOException;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.model.AccessTokenRequest;
import org.junit.jupiter.api.Test;

class MarkSignCapabilityTest {
    @Test
    void an_interface_that_was_built_without_it_sends_nothing() throws IOException {
        JsonCodec codec = new JsonCodec();
        try (RawGateway gateway = RawGateway.answering(RawGateway.response("200 OK", "{\"status\":\"error\"}"))) {
            SmartIdSessionsApi api =
                    Feign.builder().encoder(codec).decoder(codec).target(SmartIdSessionsApi.class, gateway.baseUrl());

            assertThatThrownBy(() -> api.removeSmartIdSession("session-1", new AccessTokenRequest()))
                    .hasMessageContaining("MarkSignCapability was not applied");
            assertThat(gateway.connectionsAccepted()).isZero();
        }
    }

    @Test
    void an_answer_that_nobody_has_checked_is_not_read() throws IOException {
        try (RawGateway gateway = RawGateway.answering(RawGateway.response("200 OK", "{\"status\":\"error\"}"))) {
            SmartIdSessionsApi api = Feign.builder()
                    .encoder((object, type, template) -> template.body("{\"access_token\":\"t\"}"))
                    .decoder(new JsonCodec())
                    .target(SmartIdSessionsApi.class, gateway.baseUrl());

            assertThatThrownBy(() -> api.removeSmartIdSession("session-1", new AccessTokenRequest()))
                    .hasMessageContaining("MarkSignCapability was not applied");
        }
    }

    @Test
    void an_asynchronous_interface_is_refused_for_its_calls_would_pass_by_the_checks() {
        JsonCodec codec = new JsonCodec();
        assertThatThrownBy(() -> AsyncFeign.builder()
                        .encoder(codec)
                        .decoder(codec)
                        .addCapability(MarkSignClient.builder().accessToken("t").capability())
                        .target(SmartIdSessionsApi.class, "http://127.0.0.1"))
                .hasRootCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_codec_of_the_callers_own_stays() {
        Encoder own = (object, type, template) -> {};

        assertThat(MarkSignClient.builder().accessToken("t").capability().enrich(own))
                .isSameAs(own);
    }
}
