package lt.marksign.client.sessions;

import static lt.marksign.client.gateway.MockGateway.ACCESS_TOKEN;
import static lt.marksign.client.gateway.MockGateway.PERSONAL_CODE_THAT_EXPIRES;
import static lt.marksign.client.gateway.MockGateway.PERSONAL_CODE_THAT_REFUSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.gateway.MockGateway;
import lt.marksign.client.gateway.Sessions;
import lt.marksign.client.gateway.Sessions.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests sessions with the people whom the mock gateway knows. */
class SessionAtMockGatewayTest {
    @RegisterExtension
    static final MockGateway GATEWAY = new MockGateway();

    private MarkSignClient client;

    @BeforeEach
    void connect() {
        client = MarkSignClient.builder()
                .baseUrl(GATEWAY.baseUrl())
                .accessToken(ACCESS_TOKEN)
                .pollInterval(Duration.ofMillis(1))
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void each_kind_has_its_result_at_the_third_poll_and_after_a_wait(Kind kind) {
        String id = kind.begin(client).id();

        assertThat(kind.find(client, id).poll()).isEmpty();
        assertThat(kind.find(client, id).poll()).isEmpty();
        assertThat(kind.find(client, id).poll()).isPresent();
        assertThat(kind.begin(client).await()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void removed_session_is_not_found_and_can_be_removed_again(Kind kind) {
        Session<?> session = kind.begin(client);

        session.remove();
        session.remove();

        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(session::poll)
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40402));
    }

    @Test
    void refused_or_expired_session_throws_a_user_exception() {
        Session<?> refused =
                client.smartIdSessions().authenticate(Sessions.smartId().code(PERSONAL_CODE_THAT_REFUSES));
        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(refused::await)
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40020));

        Session<?> expired =
                client.smartIdSessions().authenticate(Sessions.smartId().code(PERSONAL_CODE_THAT_EXPIRES));
        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(expired::await)
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40021));
    }
}
