package lt.marksign.client.spring;

import static lt.marksign.client.gateway.Sessions.GONE;
import static lt.marksign.client.gateway.Sessions.ID;
import static lt.marksign.client.gateway.Sessions.LOST;
import static lt.marksign.client.gateway.Sessions.REFUSED_REMOVAL;
import static lt.marksign.client.gateway.Sessions.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.gateway.Sessions;
import lt.marksign.client.gateway.Sessions.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests sessions of the client in a Spring Boot application. */
@Timeout(60)
class SessionInBootTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private void run(Sessions gateway, Consumer<MarkSignClient> use, String... properties) {
        MarkSignClientBuilderCustomizer withShortInterval = builder -> builder.pollInterval(SHORT);
        boolean ownInterval = String.join(",", properties).contains("poll-interval");
        Contexts.boot()
                .withBean(MarkSignClientBuilderCustomizer.class, () -> ownInterval ? builder -> {} : withShortInterval)
                .withPropertyValues(gateway.properties())
                .withPropertyValues(properties)
                .run(context -> use.accept(context.getBean(MarkSignClient.class)));
    }

    private static Stream<Arguments> kindsInBothLanguages() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(MarkSignLocale.values()).map(locale -> Arguments.of(kind, locale)));
    }

    @ParameterizedTest
    @MethodSource("kindsInBothLanguages")
    void each_kind_begins_and_waits_in_both_languages(Kind kind, MarkSignLocale locale) throws Exception {
        try (Sessions gateway = new Sessions().checked(WAITING, LOST, kind.done())) {
            run(gateway, client -> assertThat(kind.begin(client).await(LONG)).isNotNull(), "marksign.locale=" + locale);
            assertThat(gateway.requests())
                    .containsExactly(
                            kind.beginning(locale),
                            kind.checking(locale),
                            kind.checking(locale),
                            kind.checking(locale));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lost_removal_of_each_kind_is_settled_by_a_check(Kind kind) throws Exception {
        try (Sessions gateway = new Sessions().removed(LOST, REFUSED_REMOVAL).checked(GONE)) {
            run(gateway, client -> kind.begin(client).remove());
            assertThat(gateway.requests()).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void begin_with_a_lost_response_is_sent_once(Kind kind) throws Exception {
        try (Sessions gateway = new Sessions(LOST)) {
            run(
                    gateway,
                    client -> assertThatExceptionOfType(MarkSignConnectionException.class)
                            .isThrownBy(() -> kind.begin(client))
                            .matches(MarkSignException::outcomeUnknown));
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void poll_interval_property_sets_the_interval_of_checks() throws IOException {
        try (Sessions gateway = new Sessions()) {
            run(
                    gateway,
                    client -> assertThatExceptionOfType(MarkSignTimeoutException.class)
                            .isThrownBy(() ->
                                    client.smartIdSessions().authentication(ID).await(SHORT)),
                    "marksign.poll-interval=1h");
            assertThat(gateway.checks()).hasSize(1);
        }
    }
}
