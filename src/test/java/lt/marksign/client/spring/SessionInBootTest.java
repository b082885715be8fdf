package lt.marksign.client.spring;

import static lt.marksign.client.gateway.Sessions.GONE;
import static lt.marksign.client.gateway.Sessions.ID;
import static lt.marksign.client.gateway.Sessions.LOST;
import static lt.marksign.client.gateway.Sessions.REFUSED_REMOVAL;
import static lt.marksign.client.gateway.Sessions.REMOVED;
import static lt.marksign.client.gateway.Sessions.WAITING;
import static lt.marksign.client.gateway.Sessions.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.gateway.Sessions;
import lt.marksign.client.gateway.Sessions.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions of the client that a Spring Boot application has, and what is observed of them. */
@Timeout(60)
class SessionInBootTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final List<String> observed = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private void run(Sessions gateway, Consumer<MarkSignClient> use, String... properties) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new ObservationHandler<>() {
                    @Override
                    public void onStop(Observation.Context context) {
                        observed.add(context.getLowCardinalityKeyValues().stream()
                                .filter(tag -> !tag.getKey().equals("error"))
                                .map(KeyValue::getValue)
                                .toList()
                                .toString());
                    }

                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        return context.getName().equals("marksign.session");
                    }
                });
        MarkSignClientBuilderCustomizer impatient = builder -> builder.pollInterval(SHORT);
        boolean ownInterval = String.join(",", properties).contains("poll-interval");
        Contexts.boot()
                .withBean(ObservationRegistry.class, () -> observations)
                .withBean(MarkSignClientBuilderCustomizer.class, () -> ownInterval ? builder -> {} : impatient)
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
    void each_kind_is_begun_waited_for_and_observed_once(Kind kind, MarkSignLocale locale) throws Exception {
        try (Sessions gateway = new Sessions().checked(WAITING, LOST, kind.done())) {
            run(gateway, client -> assertThat(kind.begin(client).await(LONG)).isNotNull(), "marksign.locale=" + locale);
            assertThat(gateway.requests())
                    .containsExactly(
                            kind.beginning(locale),
                            kind.checking(locale),
                            kind.checking(locale),
                            kind.checking(locale));
        }
        String family = kind.name().startsWith("SMART") ? "Smart-ID" : "Mobile-ID";
        String name = kind.name().endsWith("HASH_SIGNING")
                ? "hash signing"
                : kind.name().endsWith("SIGNING") ? "signing" : "authentication";
        assertThat(observed).containsExactly(List.of(family, name, "done").toString());
    }

    @ParameterizedTest
    @EnumSource
    void each_kind_is_removed_and_its_removal_settled(Kind kind) throws Exception {
        try (Sessions gateway = new Sessions().removed(LOST, REFUSED_REMOVAL).checked(GONE)) {
            run(gateway, client -> kind.begin(client).remove());
            assertThat(gateway.requests()).hasSize(4);
        }
        assertThat(observed).singleElement().asString().endsWith(", gave up]");
    }

    @ParameterizedTest
    @EnumSource
    void a_lost_beginning_is_one_request(Kind kind) throws Exception {
        try (Sessions gateway = new Sessions(LOST)) {
            run(
                    gateway,
                    client -> assertThatExceptionOfType(MarkSignConnectionException.class)
                            .isThrownBy(() -> kind.begin(client))
                            .matches(MarkSignException::outcomeUnknown));
            assertThat(gateway.requests()).hasSize(1);
        }
        assertThat(observed).isEmpty();
    }

    @Test
    void each_ending_is_an_outcome_of_its_own_and_no_observation_stays_open() throws Exception {
        try (Sessions gateway = new Sessions()) {
            run(gateway, client -> {
                Session<?> found = client.smartIdSessions().authentication(ID);
                assertThat(found.poll()).isEmpty();
                expect(gateway, "refused", refusal("200 OK", 40020), MarkSignUserException.class, found::poll);
                Session<?> waited = client.smartIdSessions().authentication(ID);
                expect(
                        gateway,
                        "refused",
                        refusal("200 OK", 40020),
                        MarkSignUserException.class,
                        () -> waited.await(LONG));
                expect(
                        gateway,
                        "expired",
                        refusal("200 OK", 40021),
                        MarkSignUserException.class,
                        () -> waited.await(LONG));
                expect(gateway, "failed", GONE, MarkSignException.class, () -> waited.await(LONG));
                expect(gateway, "gave up", WAITING, MarkSignTimeoutException.class, () -> waited.await(SHORT));
                CompletableFuture<?> future = waited.awaitAsync(LONG);
                future.cancel(true);
                assertThat(observed.remove(0)).isEqualTo("[Smart-ID, authentication, gave up]");
                waited.awaitAsync(LONG);
                client.close();
                assertThat(observed.remove(0)).isEqualTo("[Smart-ID, authentication, failed]");
            });
        }
        assertThat(observed).isEmpty();
        assertThat(meters.get("marksign.session.active").longTaskTimers().stream()
                        .mapToInt(LongTaskTimer::activeTasks))
                .containsOnly(0);
        assertThat(meters.getMeters().stream()
                        .filter(meter -> meter.getId().getName().equals("marksign.session"))
                        .map(Meter::getId)
                        .flatMap(id -> id.getTags().stream()))
                .allSatisfy(tag -> assertThat(tag.getValue()).doesNotContain("1c5cd62c"));
    }

    private void expect(
            Sessions gateway, String outcome, String answer, Class<? extends Exception> type, Runnable wait) {
        gateway.checked(answer);
        assertThatThrownBy(wait::run).isInstanceOf(type);
        assertThat(observed.remove(0)).isEqualTo("[Smart-ID, authentication, " + outcome + "]");
        assertThat(observed).isEmpty();
    }

    @Test
    void a_session_is_counted_once_however_often_it_ends() throws Exception {
        try (Sessions gateway = new Sessions().removed(REMOVED, REFUSED_REMOVAL).checked(GONE)) {
            run(gateway, client -> {
                Session<?> session = Kind.SMART_ID_AUTHENTICATION.begin(client);
                session.remove();
                session.remove();
            });
        }
        try (Sessions gateway = new Sessions().checked(WAITING, Kind.SMART_ID_AUTHENTICATION.done())) {
            run(gateway, client -> {
                Session<?> session = Kind.SMART_ID_AUTHENTICATION.begin(client);
                session.poll();
                session.poll();
                session.poll();
            });
        }
        assertThat(observed).containsExactly("[Smart-ID, authentication, gave up]", "[Smart-ID, authentication, done]");
    }

    @Test
    void an_interval_of_the_properties_is_that_of_the_checks() throws IOException {
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
