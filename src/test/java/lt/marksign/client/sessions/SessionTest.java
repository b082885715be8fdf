package lt.marksign.client.sessions;

import static lt.marksign.client.gateway.RawGateway.response;
import static lt.marksign.client.gateway.Sessions.CODE;
import static lt.marksign.client.gateway.Sessions.GONE;
import static lt.marksign.client.gateway.Sessions.HTML;
import static lt.marksign.client.gateway.Sessions.ID;
import static lt.marksign.client.gateway.Sessions.LOST;
import static lt.marksign.client.gateway.Sessions.REFUSED_REMOVAL;
import static lt.marksign.client.gateway.Sessions.REMOVED;
import static lt.marksign.client.gateway.Sessions.WAITING;
import static lt.marksign.client.gateway.Sessions.refusal;
import static lt.marksign.client.gateway.Sessions.smartId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.Session;
import lt.marksign.client.error.MarkSignAccessException;
import lt.marksign.client.error.MarkSignApiException;
import lt.marksign.client.error.MarkSignConnectionException;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.error.MarkSignNotFoundException;
import lt.marksign.client.error.MarkSignTimeoutException;
import lt.marksign.client.error.MarkSignUnavailableException;
import lt.marksign.client.error.MarkSignUnexpectedResponseException;
import lt.marksign.client.error.MarkSignUserException;
import lt.marksign.client.gateway.Clients;
import lt.marksign.client.gateway.LogCapture;
import lt.marksign.client.gateway.RawGateway;
import lt.marksign.client.gateway.Sessions;
import lt.marksign.client.gateway.Sessions.Kind;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.MobileIdAuthenticationRequest;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SessionTest {
    /** Longer than anything that a test waits for. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Duration SHORT = Duration.ofMillis(1);

    private final List<AutoCloseable> open = new ArrayList<>();
    private Sessions gateway;
    private MarkSignClient client;

    private Sessions start(Sessions sessions) throws IOException {
        gateway = sessions;
        open.add(sessions);
        use(sessions.client());
        return sessions;
    }

    private void use(MarkSignClientBuilder builder) {
        client = builder.build();
        open.add(0, client);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Session<Identification> found() {
        return client.smartIdSessions().authentication(ID);
    }

    private static Stream<Arguments> kindsInBothLanguages() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(MarkSignLocale.values()).map(locale -> Arguments.of(kind, locale)));
    }

    @ParameterizedTest
    @MethodSource("kindsInBothLanguages")
    void each_kind_is_begun_waited_for_and_has_its_result(Kind kind, MarkSignLocale locale) throws Exception {
        start(new Sessions()).checked(WAITING, WAITING, kind.done());

        Session<?> session = kind.begin(client.withLocale(locale));

        assertThat(session.id()).isEqualTo(ID);
        assertThat(session.controlCode()).contains("4387");
        assertThat(session.await(LONG)).isNotNull();
        assertThat(gateway.requests())
                .containsExactly(
                        kind.beginning(locale), kind.checking(locale), kind.checking(locale), kind.checking(locale));
    }

    @ParameterizedTest
    @MethodSource("kindsInBothLanguages")
    void each_kind_is_found_by_its_id_and_polled(Kind kind, MarkSignLocale locale) throws Exception {
        start(new Sessions()).checked(WAITING, kind.done());

        assertThat(kind.find(client.withLocale(locale), ID).poll()).isEmpty();
        assertThat(kind.find(client.withLocale(locale), ID).poll()).isPresent();

        assertThat(kind.find(client, ID).controlCode()).isEmpty();
        assertThat(gateway.requests()).containsExactly(kind.checking(locale), kind.checking(locale));
    }

    @ParameterizedTest
    @MethodSource("kindsInBothLanguages")
    void each_kind_is_removed_after_one_last_check_when_time_is_up(Kind kind, MarkSignLocale locale) throws Exception {
        start(new Sessions());
        use(gateway.client().pollInterval(LONG));

        Session<?> session = kind.begin(client.withLocale(locale));

        assertThatExceptionOfType(MarkSignTimeoutException.class)
                .isThrownBy(() -> session.await(SHORT))
                .withMessageContaining("PT0.001S")
                .withMessageContaining("the session is removed")
                .matches(e -> !e.outcomeUnknown());
        assertThat(gateway.requests())
                .containsExactly(kind.beginning(locale), kind.checking(locale), kind.removing(locale));
    }

    @ParameterizedTest
    @EnumSource
    void a_beginning_whose_response_is_lost_is_sent_once_and_warns_of_a_prompt(Kind kind) throws Exception {
        start(new Sessions(LOST));

        assertThatExceptionOfType(MarkSignConnectionException.class)
                .isThrownBy(() -> kind.begin(client))
                .withMessageContaining("a prompt may be on the person's phone that nobody can remove")
                .matches(MarkSignException::outcomeUnknown);
        assertThat(gateway.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void begin_without_a_usable_response_is_sent_once_and_warns_of_a_prompt(Kind kind) throws Exception {
        for (String response : List.of(
                HTML,
                response("503 Busy", "<html>"),
                response("200 OK", "{\"status\":\"ok\"}"),
                response("200 OK", "{\"status\":\"ok\",\"token\":\"../x\"}"),
                response("200 OK", "{\"status\":\"ok\",\"token\":\"\"}"))) {
            try (Sessions broken = new Sessions(response);
                    MarkSignClient other = broken.client().build()) {
                assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                        .as(response)
                        .isThrownBy(() -> kind.begin(other))
                        .withMessageContaining("a prompt may be on the person's phone that nobody can remove")
                        .matches(MarkSignException::outcomeUnknown);
                assertThat(broken.requests()).hasSize(1);
            }
        }
    }

    @Test
    void what_ended_a_session_is_the_exception_of_a_poll() throws Exception {
        start(new Sessions())
                .checked(refusal("200 OK", 40020), refusal("400 Bad Request", 40021), GONE, refusal("200 OK", 50000));

        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(() -> found().poll())
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40020));
        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(() -> found().poll())
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40021));
        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(() -> found().poll())
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40402));
        assertThatExceptionOfType(MarkSignUnavailableException.class).isThrownBy(() -> found().poll());
        assertThat(gateway.requests()).hasSize(4);
    }

    @Test
    void a_poll_is_tried_again_as_any_call() throws Exception {
        start(new Sessions()).checked(LOST, response("503 Busy", "<html>"), WAITING);

        assertThat(found().poll()).isEmpty();
        assertThat(gateway.requests()).hasSize(3);
    }

    @Test
    void failed_check_does_not_end_a_wait_and_is_not_retried() throws Exception {
        String[] responses = {
            LOST,
            HTML,
            response("429 Too Many Requests", "<html>"),
            response("503 Busy", "{\"status\":\"error\",\"message\":\"Busy\"}"),
            response("500 Broken", "{\"error\":{\"code\":500,\"message\":\"Internal Server Error\"}}"),
            refusal("500 Broken", 50000),
            refusal("200 OK", 50001),
            response("522 Origin", ""),
            WAITING,
            Kind.SMART_ID_AUTHENTICATION.done()
        };
        start(new Sessions()).checked(responses);

        assertThat(found().await(LONG).getCode()).isEqualTo(CODE);
        assertThat(gateway.requests()).hasSize(responses.length);
    }

    private static Stream<String> whatEndsAWait() {
        return Stream.of(
                refusal("200 OK", 40020),
                refusal("500 Broken", 40021),
                GONE,
                refusal("403 Forbidden", 40003),
                response("400 Bad Request", "{\"status\":\"error\",\"message\":\"No.\"}"),
                response("200 OK", "<html>"),
                response("403 Forbidden", "<html>Cloudflare</html>"),
                response("200 OK", "{\"status\":\"pending\"}"),
                response("200 OK", "{\"status\":\"ok\"}"),
                response("302 Found", "", "Location: /login"));
    }

    @ParameterizedTest
    @MethodSource("whatEndsAWait")
    void refusal_or_unexpected_response_ends_a_wait(String response) throws Exception {
        start(new Sessions()).checked(WAITING, response);

        assertThatThrownBy(() -> found().await(LONG))
                .isInstanceOfAny(MarkSignApiException.class, MarkSignUnexpectedResponseException.class);
        assertThat(gateway.requests()).hasSize(2);
        assertThatThrownBy(() -> found().awaitAsync(LONG).get())
                .cause()
                .isInstanceOfAny(MarkSignApiException.class, MarkSignUnexpectedResponseException.class);
        assertThat(gateway.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "429 Too Many Requests", "503 Busy"})
    void no_check_comes_sooner_than_the_gateway_asks_for(String status) throws Exception {
        String body = status.startsWith("200") ? "{\"status\":\"waiting\"}" : "<html>";
        start(new Sessions()).checked(response(status, body, "Retry-After: 3600"));

        assertThatExceptionOfType(MarkSignTimeoutException.class)
                .isThrownBy(() -> found().await(Duration.ofMillis(300)));
        assertThat(gateway.requests()).hasSize(3);
        assertThat(gateway.checks())
                .as("the first, and the last when time is up")
                .hasSize(2);
    }

    @Test
    void what_is_found_by_the_last_check_is_the_result() throws Exception {
        start(new Sessions()).checked(Kind.SMART_ID_AUTHENTICATION.done());
        use(gateway.client().pollInterval(LONG));

        assertThat(found().await(SHORT).getCode()).isEqualTo(CODE);
        assertThat(gateway.requests()).hasSize(1);
    }

    @Test
    void session_is_removed_after_a_last_check_without_a_response() throws Exception {
        start(new Sessions()).checked(LOST);
        use(gateway.client().pollInterval(LONG));

        assertThatExceptionOfType(MarkSignTimeoutException.class)
                .isThrownBy(() -> found().await(SHORT))
                .matches(e -> !e.outcomeUnknown())
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(gateway.requests()).hasSize(2);
    }

    /**
     * Returns the responses to the removals, the response to the check that settles them, the expected outcome, and the number
     * of requests.
     */
    private static Stream<Arguments> removals() {
        String unexpected = response("200 OK", "<html>");
        return Stream.of(
                Arguments.of(List.of(REMOVED), WAITING, "gone", 1),
                Arguments.of(List.of(GONE), WAITING, "gone", 1),
                Arguments.of(List.of(REFUSED_REMOVAL), GONE, "gone", 2),
                Arguments.of(List.of(refusal("400 Bad Request", 0)), GONE, "gone", 2),
                Arguments.of(List.of(LOST, REMOVED), WAITING, "gone", 2),
                Arguments.of(List.of(LOST, REFUSED_REMOVAL), GONE, "gone", 3),
                Arguments.of(List.of(LOST), GONE, "gone", 4),
                Arguments.of(List.of(HTML), GONE, "gone", 2),
                Arguments.of(List.of(unexpected), GONE, "gone", 2),
                Arguments.of(List.of(REFUSED_REMOVAL), WAITING, "stands", 2),
                Arguments.of(List.of(LOST), WAITING, "unknown", 4),
                Arguments.of(List.of(HTML), WAITING, "unknown", 2),
                Arguments.of(List.of(REFUSED_REMOVAL), unexpected, "unknown", 2),
                Arguments.of(List.of(LOST), unexpected, "unknown", 4),
                Arguments.of(List.of(REFUSED_REMOVAL), refusal("403 Forbidden", 40003), "unknown", 2),
                Arguments.of(List.of(REFUSED_REMOVAL), REFUSED_REMOVAL, "unknown", 2),
                Arguments.of(List.of(REFUSED_REMOVAL), Kind.SMART_ID_AUTHENTICATION.done(), "stands", 2),
                Arguments.of(List.of(LOST), Kind.SMART_ID_AUTHENTICATION.done(), "unknown", 4),
                Arguments.of(List.of(REFUSED_REMOVAL), refusal("200 OK", 40020), "stands", 2),
                Arguments.of(List.of(LOST), refusal("200 OK", 40021), "stands", 4),
                Arguments.of(List.of(refusal("403 Forbidden", 40003)), GONE, "stands", 1));
    }

    @ParameterizedTest
    @MethodSource("removals")
    void a_removal_returns_when_the_session_is_certainly_gone(
            List<String> responses, String check, String state, int requests) throws Exception {
        start(new Sessions()).removed(responses.toArray(String[]::new)).checked(check);
        Session<Identification> session = client.smartIdSessions().authenticate(smartId());

        MarkSignException thrown = catchThrowableOfType(MarkSignException.class, session::remove);

        assertThat(thrown == null ? "gone" : thrown.outcomeUnknown() ? "unknown" : "stands")
                .as(() -> String.valueOf(thrown))
                .isEqualTo(state);
        assertThat(gateway.requests()).hasSize(1 + requests);
        assertThat(String.valueOf(thrown)).doesNotContain(ID);
    }

    @ParameterizedTest
    @MethodSource("removals")
    void a_timeout_says_whether_the_session_is_certainly_gone(
            List<String> responses, String check, String state, int requests) throws Exception {
        start(new Sessions()).removed(responses.toArray(String[]::new)).checked(WAITING, check);
        use(gateway.client().pollInterval(LONG));

        assertThatExceptionOfType(MarkSignTimeoutException.class)
                .isThrownBy(() -> found().await(SHORT))
                .satisfies(e -> {
                    assertThat(e.outcomeUnknown()).isEqualTo(!state.equals("gone"));
                    assertThat(e.getMessage()).doesNotContain(ID);
                });
        assertThat(gateway.requests()).hasSize(1 + requests);
    }

    @Test
    void removal_that_a_refusal_settles_is_suppressed_in_it() throws Exception {
        start(new Sessions()).removed(HTML).checked(refusal("200 OK", 40020));

        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(() -> found().remove())
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .isInstanceOf(MarkSignUnexpectedResponseException.class));
    }

    @Test
    void blank_control_code_is_absent() throws IOException {
        String begun = "{\"status\":\"ok\",\"token\":\"" + ID + "\",\"control_code\":\" \"}";
        try (RawGateway raw = RawGateway.responding(response("200 OK", begun));
                MarkSignClient own = Clients.builder(raw).build()) {
            assertThat(own.smartIdSessions().authenticate(smartId()).controlCode())
                    .isEmpty();
        }
    }

    @Test
    void a_session_that_was_never_seen_is_not_removed_by_40402() throws Exception {
        start(new Sessions()).removed(GONE);
        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(() -> found().remove())
                .matches(e -> !e.outcomeUnknown());

        start(new Sessions()).removed(LOST, REFUSED_REMOVAL).checked(GONE);
        assertThatExceptionOfType(MarkSignException.class)
                .isThrownBy(() -> found().remove())
                .matches(MarkSignException::outcomeUnknown);
    }

    @Test
    void a_resumed_session_that_was_found_waiting_is_gone_by_40402() throws Exception {
        start(new Sessions()).removed(GONE);
        Session<Identification> session = found();
        session.poll();

        session.remove();

        assertThat(gateway.removals()).hasSize(1);
    }

    @Test
    void a_lost_removal_keeps_its_outcome_when_the_check_after_it_throws() throws Exception {
        IllegalStateException sealed = new IllegalStateException("the vault is sealed");
        start(new Sessions()).removed(LOST);
        use(gateway.client().maxRetries(0).accessToken(() -> {
            if (gateway.removals().findAny().isPresent()) {
                throw sealed;
            }
            return "token";
        }));

        assertThatExceptionOfType(MarkSignConnectionException.class)
                .isThrownBy(() -> found().remove())
                .matches(MarkSignException::outcomeUnknown)
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(sealed));
    }

    @Test
    void a_lost_removal_is_unknown_though_the_person_had_confirmed() throws Exception {
        start(new Sessions()).removed(LOST).checked(Kind.SMART_ID_AUTHENTICATION.done());

        assertThatExceptionOfType(MarkSignConnectionException.class)
                .isThrownBy(() -> found().remove())
                .withMessageContaining("the person had confirmed")
                .matches(MarkSignException::outcomeUnknown);
    }

    @Test
    void a_wait_tells_of_the_lost_check_before_40402() throws Exception {
        start(new Sessions()).checked(WAITING, LOST, GONE);

        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(() -> found().await(LONG))
                .matches(MarkSignException::outcomeUnknown)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void a_refused_check_before_40402_is_not_called_lost() throws Exception {
        start(new Sessions()).checked(WAITING, refusal("429 Too Many Requests", 0), GONE);

        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(() -> found().await(LONG))
                .matches(e -> !e.outcomeUnknown())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("lost"))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void a_wait_goes_on_after_40402_to_a_session_that_just_began() throws Exception {
        start(new Sessions()).checked(GONE, Kind.SMART_ID_AUTHENTICATION.done());
        use(gateway.client().pollInterval(Duration.ofSeconds(1)));

        assertThat(client.smartIdSessions().authenticate(smartId()).await(LONG).getCode())
                .isEqualTo(CODE);
    }

    @Test
    void a_wait_without_a_limit_has_the_result_in_a_future() throws Exception {
        start(new Sessions()).checked(WAITING, Kind.SMART_ID_AUTHENTICATION.done());

        assertThat(found().awaitAsync().get().getCode()).isEqualTo(CODE);
    }

    @Test
    void what_a_check_told_of_a_failed_removal_is_in_the_exception() throws Exception {
        start(new Sessions()).removed(REFUSED_REMOVAL).checked(WAITING);

        assertThatExceptionOfType(MarkSignApiException.class)
                .isThrownBy(() -> found().remove())
                .withMessageContaining("a check after it found the session waiting")
                .withMessageContaining("Request number is invalid");
    }

    @ParameterizedTest
    @EnumSource(names = {"SMART_ID_AUTHENTICATION", "MOBILE_ID_AUTHENTICATION"})
    void a_result_of_another_session_or_person_is_none(Kind kind) throws Exception {
        start(new Sessions());
        String other = "39912319997";
        for (String body : List.of(
                "{'status':'ok','code':'" + CODE + "','token':'another'}",
                "{'status':'ok','code':'" + other + "','token':'" + ID + "'}",
                "{'status':'ok','code':'" + CODE + "','certificate':{'subject':{'serial_number':'PNOLT-" + other
                        + "'}}}",
                "{'status':'ok','code':'" + CODE + "','certificate':{'subject':{'serial_number':'" + other + "'}}}")) {
            gateway.checked(response("200 OK", body.replace('\'', '"')));
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .as(body)
                    .isThrownBy(() -> kind.begin(client).await(LONG))
                    .satisfies(e -> assertThat(e.getMessage() + e.excerpt())
                            .doesNotContain(CODE)
                            .doesNotContain(other)
                            .doesNotContain("another\"")
                            .doesNotContain(ID));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_result_that_names_another_session_or_person_is_refused(Kind kind) throws Exception {
        start(new Sessions());
        String done = kind.done();
        String body = done.substring(done.indexOf('{') + 1);
        for (String named : List.of("token\":\"another", "code\":\"39912319997")) {
            String field = named.substring(0, named.indexOf('"'));
            String other = "{\"" + named + "\"," + body.replaceFirst("\"" + field + "\":\"[^\"]*\",?", "");
            gateway.checked(response("200 OK", other.replace(",}", "}")));
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .as(named)
                    .isThrownBy(() -> kind.begin(client).await(LONG))
                    .withMessageContaining("another session or another person")
                    .withMessageNotContaining("39912319997");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"country\":\"EE\"",
                "\"certificate\":{\"subject\":{\"country\":\"EE\"}}",
                "\"certificate\":{\"subject\":{\"serial_number\":\"PNOEE-30303039914\"}}"
            })
    void a_code_of_another_country_than_the_phones_is_refused(String told) throws Exception {
        start(new Sessions()).checked(response("200 OK", "{\"status\":\"ok\",\"code\":\"" + CODE + "\"," + told + "}"));

        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(() -> Kind.MOBILE_ID_AUTHENTICATION.begin(client).await(LONG));
    }

    @Test
    void a_phone_without_a_prefix_tells_no_country() throws Exception {
        start(new Sessions())
                .checked(response("200 OK", "{\"status\":\"ok\",\"code\":\"" + CODE + "\",\"country\":\"EE\"}"));

        assertThat(client.mobileIdSessions()
                        .authenticate(new MobileIdAuthenticationRequest()
                                .phone("60000666")
                                .code(CODE))
                        .await(LONG)
                        .getCode())
                .isEqualTo(CODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"/C=LT/CN=OK,TESTNUMBER/serialNumber=PNOLT-39912319997\"}",
                "{\"name\":\"serialNumber=PNOEE-30303039914,CN=OK\"}",
                "{\"subject\":{\"common_name\":\"OK,TESTNUMBER,39912319997\"}}",
                "{\"subject\":{\"common_name\":\"OK,TESTNUMBER,PNOLV-399123-19997\"}}"
            })
    void a_certificate_whose_texts_name_another_person_is_refused(String certificate) throws Exception {
        start(new Sessions())
                .checked(response(
                        "200 OK", "{\"status\":\"ok\",\"code\":\"" + CODE + "\",\"certificate\":" + certificate + "}"));

        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(
                        () -> client.smartIdSessions().authenticate(smartId()).poll());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"/CN=OK,PNOLT-30303039914/2.5.4.97=NTRLV-40003000642/serialNumber=PNOLT-30303039914\"}",
                "{\"subject\":{\"common_name\":\"OK,TESTNUMBER,30303039914\"}}"
            })
    void a_certificate_whose_texts_name_the_person_is_accepted(String certificate) throws Exception {
        start(new Sessions())
                .checked(response(
                        "200 OK", "{\"status\":\"ok\",\"code\":\"" + CODE + "\",\"certificate\":" + certificate + "}"));

        assertThat(client.smartIdSessions().authenticate(smartId()).poll()).isPresent();
    }

    @Test
    void a_person_of_another_country_is_another_person() throws Exception {
        start(new Sessions())
                .checked(response(
                        "200 OK",
                        "{\"status\":\"ok\",\"code\":\"" + CODE
                                + "\",\"certificate\":{\"subject\":{\"serial_number\":\"PNOEE-" + CODE + "\"}}}"));

        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(
                        () -> client.smartIdSessions().authenticate(smartId()).poll());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"country\":\"EE\"", "\"certificate\":{\"subject\":{\"country\":\"EE\"}}"})
    void a_code_of_another_country_is_another_persons(String told) throws Exception {
        start(new Sessions()).checked(response("200 OK", "{\"status\":\"ok\",\"code\":\"" + CODE + "\"," + told + "}"));

        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(
                        () -> client.smartIdSessions().authenticate(smartId()).poll());
    }

    @Test
    void whom_a_request_named_when_it_was_sent_is_who_was_asked() throws Exception {
        SmartIdAuthenticationRequest request = smartId();
        start(new Sessions()).checked(Kind.SMART_ID_AUTHENTICATION.done());
        use(gateway.client().customizeFeign(feign -> feign.requestInterceptor(sent -> request.code("39912319997"))));

        assertThat(client.smartIdSessions().authenticate(request).poll())
                .hasValueSatisfying(person -> assertThat(person.getCode()).isEqualTo(CODE));
    }

    @Test
    void a_cancelled_session_that_the_closed_client_cannot_remove_is_logged() throws Exception {
        CountDownLatch checked = new CountDownLatch(1);
        try (RawGateway silent = new RawGateway((request, connection) -> checked.countDown());
                LogCapture log = new LogCapture()) {
            use(Clients.builder(silent).pollInterval(SHORT));
            CompletableFuture<Identification> login = found().awaitAsync(LONG);
            checked.await();
            login.cancel(true);
            client.close();

            while (log.messages().stream()
                    .noneMatch(text -> text.contains("may still be open") && text.contains("the client was closed"))) {
                Thread.onSpinWait();
            }
            assertThat(silent.requests()).hasSize(1);
        }
    }

    @Test
    void an_executor_that_fails_ends_the_wait() throws Exception {
        start(new Sessions());
        for (Throwable failure : List.of(new IllegalStateException("own"), new OutOfMemoryError("own"))) {
            use(gateway.client().executor(task -> {
                throw sneaky(failure);
            }));

            assertThat(found().awaitAsync(LONG))
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withMessageContaining("the executor takes no further check");
        }
    }

    @SuppressWarnings("unchecked") // Throws an error where only exceptions are expected.
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void a_code_that_the_gateway_repeats_is_in_no_message() throws Exception {
        start(new Sessions())
                .checked(response(
                        "200 OK",
                        "{\"status\":\"error\",\"error_code\":40020,\"message\":\"User " + CODE + " refused\"}"));

        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(() -> found().poll())
                .withMessageNotContaining(CODE)
                .satisfies(e -> assertThat(e.gatewayMessage()).isEqualTo("User *** refused"));
    }

    @Test
    void the_certificate_itself_is_read_as_well() throws Exception {
        String certificate = new ObjectMapper()
                .readTree(Path.of("src/gateway/mappings/both/smart-id-authentication-4-is-confirmed.json")
                        .toFile())
                .at("/response/jsonBody/certificate/value")
                .asText();
        String once = new String(Base64.getDecoder().decode(certificate), StandardCharsets.US_ASCII);
        String another = "39912319997";
        start(new Sessions());
        String pem = "-----BEGIN CERTIFICATE-----\\n" + once + "\\n-----END CERTIFICATE-----\\n";
        for (String value : List.of(certificate, once, pem)) {
            gateway.checked(identification(CODE, value));
            assertThat(client.smartIdSessions()
                            .authenticate(smartId())
                            .await(LONG)
                            .getCertificate()
                            .getValue()
                            .toX509Certificate()
                            .orElseThrow()
                            .getSubjectX500Principal()
                            .getName())
                    .contains("TESTNUMBER");
            gateway.checked(identification(another, value));
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> client.smartIdSessions()
                            .authenticate(smartId().code(another))
                            .await(LONG));
        }
        gateway.checked(identification(CODE, " "));
        assertThat(client.smartIdSessions()
                        .authenticate(smartId())
                        .await(LONG)
                        .getCertificate()
                        .getValue())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z2FyYmFnZQ==", "garbage!", "MIIB", "-----BEGIN CERTIFICATE-----"})
    void an_unreadable_certificate_does_not_undo_a_login(String value) throws Exception {
        start(new Sessions()).checked(identification(CODE, value));

        Identification person = client.smartIdSessions().authenticate(smartId()).await(LONG);

        assertThat(person.getCode()).isEqualTo(CODE);
        assertThat(person.getCertificate().getValue().toX509Certificate()).isEmpty();
        assertThat(person.getCertificate().getValue().raw()).isEqualTo(value);
        assertThat(person.toString()).doesNotContain(value);
    }

    private static String identification(String code, String certificate) {
        return response(
                "200 OK",
                "{\"status\":\"ok\",\"code\":\"" + code + "\",\"certificate\":{\"value\":\"" + certificate + "\"}}");
    }

    @Test
    void a_signature_is_bytes_in_whichever_encoding() throws Exception {
        byte[] signature = {(byte) 0x80, 1, 2, 3, (byte) 0xFF};
        String once = Base64.getEncoder().encodeToString(signature);
        String twice = Base64.getEncoder().encodeToString(once.getBytes(StandardCharsets.US_ASCII));
        start(new Sessions());
        for (String value : List.of(once, twice)) {
            gateway.checked(response("200 OK", "{\"status\":\"ok\",\"signature_value\":\"" + value + "\"}"));
            assertThat(client.smartIdSessions()
                            .hashSigning(ID)
                            .await(LONG)
                            .getSignatureValue()
                            .toByteArray())
                    .isEqualTo(signature);
        }
        for (String value : List.of("", " ", "%%garbage%%")) {
            gateway.checked(response("200 OK", "{\"status\":\"ok\",\"signature_value\":\"" + value + "\"}"));
            assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                    .isThrownBy(() -> client.smartIdSessions().hashSigning(ID).await(LONG))
                    .withMessageNotContaining("garbage");
        }
    }

    @Test
    void a_code_is_the_same_with_its_hyphen_and_without() throws Exception {
        start(new Sessions())
                .checked(response(
                        "200 OK",
                        "{\"status\":\"ok\",\"code\":\"03030310012\","
                                + "\"certificate\":{\"subject\":{\"serial_number\":\"PNOLV-030303-10012\"}}}"));

        assertThat(client.smartIdSessions()
                        .authenticate(smartId().code("030303-10012").country(Country.LV))
                        .await(LONG)
                        .getCode())
                .isEqualTo("03030310012");
    }

    @Test
    void who_was_asked_is_not_known_of_a_session_that_is_found_by_its_id() throws Exception {
        start(new Sessions())
                .checked(
                        response("200 OK", "{\"status\":\"ok\",\"code\":\"39912319997\"}"),
                        response("200 OK", "{\"status\":\"ok\",\"code\":\"39912319997\",\"token\":\"another\"}"));

        assertThat(found().poll()).isPresent();
        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class).isThrownBy(() -> found().poll());
    }

    @Test
    void an_interrupt_ends_a_wait_with_the_flag_set_and_nothing_more_sent() throws Exception {
        CountDownLatch checked = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        try (RawGateway silent = new RawGateway((request, connection) -> checked.countDown());
                MarkSignClient other =
                        Clients.builder(silent).pollInterval(SHORT).build()) {
            Thread waiter = new Thread(() -> {
                thrown.set(catchThrowableOfType(
                        MarkSignConnectionException.class,
                        () -> other.smartIdSessions().authentication(ID).await(LONG)));
                flag.set(Thread.currentThread().isInterrupted());
            });
            waiter.start();
            checked.await();
            waiter.interrupt();
            waiter.join();

            assertThat(thrown.get()).hasMessageContaining("the session was not removed");
            assertThat(flag.get()).isTrue();
            assertThat(silent.requests()).hasSize(1);
        }
    }

    @Test
    void a_thread_that_is_interrupted_beforehand_sends_nothing() throws Exception {
        start(new Sessions());
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(MarkSignConnectionException.class)
                    .isThrownBy(() -> found().await(LONG))
                    .withMessageContaining("interrupted while waiting; the session was not removed");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void a_future_has_the_result_and_the_timeout() throws Exception {
        start(new Sessions()).checked(WAITING, WAITING, Kind.SMART_ID_AUTHENTICATION.done(), WAITING);

        assertThat(found().awaitAsync(LONG).get().getCode()).isEqualTo(CODE);
        assertThatThrownBy(() -> found().awaitAsync(SHORT).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(MarkSignTimeoutException.class);
        assertThat(gateway.removals()).hasSize(1);
        assertThat(gateway.requests()).last().asString().startsWith("DELETE");
    }

    @ParameterizedTest
    @EnumSource(names = {"SMART_ID_AUTHENTICATION", "MOBILE_ID_SIGNING"})
    void whoever_cancels_a_future_removes_the_session_once(Kind kind) throws Exception {
        CountDownLatch removed = new CountDownLatch(1);
        try (RawGateway raw = new RawGateway((request, connection) -> {
                    RawGateway.send(connection, request.method().equals("DELETE") ? REMOVED : WAITING);
                    if (request.method().equals("DELETE")) {
                        removed.countDown();
                    }
                });
                MarkSignClient other = Clients.builder(raw).pollInterval(SHORT).build()) {
            CompletableFuture<?> future = kind.find(other, ID).awaitAsync(LONG);
            assertThat(future.cancel(true)).isTrue();
            removed.await();

            assertThat(future).isCancelled();
            assertThat(raw.requests().stream()
                            .filter(request -> request.method().equals("DELETE")))
                    .hasSize(1);
            assertThat(raw.requests().get(raw.requests().size() - 1).method()).isEqualTo("DELETE");
        }
    }

    @Test
    void a_check_under_way_ends_before_a_cancelled_session_is_removed() throws Exception {
        CountDownLatch checking = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        try (RawGateway raw = new RawGateway((request, connection) -> {
                    if (request.method().equals("DELETE")) {
                        order.add("removal");
                        RawGateway.send(connection, REMOVED);
                        removed.countDown();
                    } else {
                        checking.countDown();
                        await(cancelled);
                        order.add("check");
                        RawGateway.send(connection, WAITING);
                    }
                });
                MarkSignClient other = Clients.builder(raw).pollInterval(SHORT).build()) {
            CompletableFuture<?> future =
                    other.smartIdSessions().authentication(ID).awaitAsync(LONG);
            checking.await();
            future.cancel(false);
            cancelled.countDown();
            removed.await();

            assertThat(order).containsExactly("check", "removal");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(60)
    void closing_the_client_ends_what_waits_and_says_that_the_sessions_stand() throws Exception {
        Duration day = Duration.ofDays(1);
        start(new Sessions());
        use(gateway.client().pollInterval(day));
        List<CompletableFuture<Identification>> futures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            futures.add(found().awaitAsync(day));
        }
        CompletableFuture<Identification> blocked = new CompletableFuture<>();
        Thread waiting = new Thread(() -> blocked.completeAsync(() -> found().await(day), Runnable::run));
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        client.close();

        futures.add(blocked);
        for (CompletableFuture<Identification> future : futures) {
            assertThatThrownBy(future::get)
                    .hasCauseInstanceOf(MarkSignConnectionException.class)
                    .hasMessageContaining("the client was closed while waiting; the session was not removed");
        }
        assertThatThrownBy(() -> found().awaitAsync(day).get())
                .hasMessageContaining("the client was closed while waiting");
        assertThat(gateway.removals()).isEmpty();
    }

    @Test
    void an_executor_that_takes_no_check_ends_a_future() throws Exception {
        start(new Sessions());
        use(gateway.client().executor(task -> {
            throw new RejectedExecutionException("full");
        }));

        assertThatThrownBy(() -> found().awaitAsync(LONG).get())
                .hasCauseInstanceOf(MarkSignConnectionException.class)
                .hasMessageContaining("the executor takes no further check while waiting; the session was not removed");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void an_executor_that_runs_checks_in_the_calling_thread_ends_a_future() throws Exception {
        start(new Sessions());
        use(gateway.client().executor(Runnable::run));

        assertThatThrownBy(() -> found().awaitAsync(LONG).get())
                .hasCauseInstanceOf(MarkSignConnectionException.class)
                .hasMessageContaining("the executor takes no further check");
        assertThat(gateway.requests()).isEmpty();
    }

    /** The future ends even while the maximum number of concurrent removals hangs. */
    @Test
    void an_executor_that_drops_checks_ends_a_future_after_its_limit() throws Exception {
        CountDownLatch hanging = new CountDownLatch(16);
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(17);
        try (RawGateway raw = new RawGateway((request, connection) -> {
                    hanging.countDown();
                    await(ended);
                    RawGateway.send(connection, REMOVED);
                    removed.countDown();
                });
                MarkSignClient other = Clients.builder(raw)
                        .pollInterval(SHORT)
                        .executor(task -> {})
                        .build()) {
            for (int i = 0; i < 16; i++) {
                other.smartIdSessions().authentication(ID).awaitAsync(LONG).cancel(false);
            }
            hanging.await();

            assertThat(other.smartIdSessions().authentication(ID).awaitAsync(SHORT))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            MarkSignTimeoutException.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
            ended.countDown();
            removed.await();

            assertThat(raw.requests())
                    .hasSize(17)
                    .allMatch(request -> request.method().equals("DELETE"));
        }
    }

    @Test
    void a_cancelled_wait_is_forgotten_before_its_pause_ends() throws Exception {
        start(new Sessions());
        use(gateway.client().pollInterval(Duration.ofDays(20)));
        WeakReference<Session<?>> forgotten = new WeakReference<>(cancelled());
        while (forgotten.get() != null) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(gateway.removals()).hasSize(1);
    }

    private Session<?> cancelled() {
        Session<Identification> session = found();
        session.awaitAsync(Duration.ofDays(20)).cancel(false);
        return session;
    }

    @Test
    void a_cancelled_wait_logs_the_failure_of_its_last_removal() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (RawGateway raw = new RawGateway((request, connection) -> {
                    if (request.method().equals("DELETE")) {
                        removing.countDown();
                        await(cancelled);
                        RawGateway.send(connection, refusal("403 Forbidden", 40003));
                    } else {
                        RawGateway.send(connection, WAITING);
                    }
                });
                MarkSignClient other = Clients.builder(raw).pollInterval(SHORT).build();
                LogCapture log = new LogCapture()) {
            CompletableFuture<?> future =
                    other.smartIdSessions().authentication(ID).awaitAsync(SHORT);
            removing.await();
            future.cancel(false);
            cancelled.countDown();

            while (log.messages().stream().noneMatch(text -> text.contains("may still be open"))) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_session_that_ended_while_cancelled_is_not_removed() throws Exception {
        CountDownLatch checking = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch checked = new CountDownLatch(1);
        try (RawGateway raw = new RawGateway((request, connection) -> {
                    checking.countDown();
                    await(cancelled);
                    RawGateway.send(connection, request.method().equals("DELETE") ? GONE : refusal("200 OK", 40020));
                });
                MarkSignClient other = Clients.builder(raw)
                        .pollInterval(SHORT)
                        .executor(task -> new Thread(() -> {
                                    task.run();
                                    checked.countDown();
                                })
                                .start())
                        .build();
                LogCapture log = new LogCapture()) {
            CompletableFuture<?> future =
                    other.smartIdSessions().authentication(ID).awaitAsync(LONG);
            checking.await();
            future.cancel(false);
            cancelled.countDown();
            checked.await();

            assertThat(raw.requests()).hasSize(1);
            assertThat(log.messages()).noneMatch(text -> text.contains("may still be open"));
        }
    }

    @Test
    void a_removal_does_not_see_the_thread_locals_of_its_caller() throws Exception {
        start(new Sessions());
        InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        use(gateway.client().pollInterval(LONG).accessToken(() -> {
            seen.complete(String.valueOf(tenant.get()));
            return "token";
        }));
        tenant.set("tenant");

        found().awaitAsync(LONG).cancel(false);

        assertThat(seen.get()).isEqualTo("null");
    }

    @Test
    void checks_run_in_the_callers_executor() throws Exception {
        start(new Sessions()).checked(WAITING, WAITING, Kind.SMART_ID_AUTHENTICATION.done());
        List<Runnable> checks = new ArrayList<>();
        use(gateway.client().executor(task -> {
            checks.add(task);
            new Thread(task).start();
        }));

        found().awaitAsync(LONG).get();

        assertThat(checks).hasSize(3);
    }

    @Test
    void waiting_takes_no_thread() throws Exception {
        start(new Sessions());
        use(gateway.client().pollInterval(Duration.ofDays(20)));
        int before = Thread.activeCount();

        for (int i = 0; i < 10_000; i++) {
            found().awaitAsync(LONG);
        }

        assertThat(Thread.activeCount()).isLessThan(before + 70);
    }

    @Test
    void a_bad_limit_or_id_is_told_before_anything_is_sent() throws Exception {
        start(new Sessions());
        for (Duration limit : new Duration[] {null, Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(25)}) {
            assertThatThrownBy(() -> found().await(limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit must be from 1 ms to 24 days, but is " + limit);
            assertThatThrownBy(() -> found().awaitAsync(limit)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> MarkSignClient.builder().pollInterval(limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("pollInterval must be from 1 ms");
        }
        for (Kind kind : Kind.values()) {
            for (String id : new String[] {null, "", "..", "a/b"}) {
                assertThatThrownBy(() -> kind.find(client, id))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("sessionId must ");
            }
        }
        assertThatThrownBy(() -> client.smartIdSessions().authenticate(null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.smartIdSessions().authenticate(smartId().code("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("code");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void a_token_that_is_refused_ends_a_wait() throws Exception {
        start(new Sessions()).checked(refusal("401 Unauthorized", 40003));

        assertThatExceptionOfType(MarkSignAccessException.class).isThrownBy(() -> found().await(LONG));
    }

    @Test
    void a_session_as_text_shows_no_more_of_its_id_than_a_log_may() throws Exception {
        start(new Sessions());

        assertThat(found()).hasToString("Smart-ID authentication(1c5cd62c…)");
    }
}
