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

    private Session<Identification> resumed() {
        return client.smartIdSessions().authentication(ID);
    }

    private static Stream<Arguments> kindsInBothLanguages() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(MarkSignLocale.values()).map(locale -> Arguments.of(kind, locale)));
    }

    @ParameterizedTest
    @MethodSource("kindsInBothLanguages")
    void each_kind_begins_and_waits_for_its_result_in_both_languages(Kind kind, MarkSignLocale locale)
            throws Exception {
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
    void each_kind_is_resumed_by_its_id_and_polled(Kind kind, MarkSignLocale locale) throws Exception {
        start(new Sessions()).checked(WAITING, kind.done());

        assertThat(kind.find(client.withLocale(locale), ID).poll()).isEmpty();
        assertThat(kind.find(client.withLocale(locale), ID).poll()).isPresent();

        assertThat(kind.find(client, ID).controlCode()).isEmpty();
        assertThat(gateway.requests()).containsExactly(kind.checking(locale), kind.checking(locale));
    }

    @ParameterizedTest
    @MethodSource("kindsInBothLanguages")
    void session_is_removed_after_a_last_check_at_the_wait_limit(Kind kind, MarkSignLocale locale) throws Exception {
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
    void begin_with_a_lost_response_is_sent_once_and_warns_of_a_prompt(Kind kind) throws Exception {
        start(new Sessions(LOST));

        assertThatExceptionOfType(MarkSignConnectionException.class)
                .isThrownBy(() -> kind.begin(client))
                .withMessageContaining("the person's phone may show a prompt that cannot be removed")
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
                        .withMessageContaining("the person's phone may show a prompt that cannot be removed")
                        .matches(MarkSignException::outcomeUnknown);
                assertThat(broken.requests()).hasSize(1);
            }
        }
    }

    @Test
    void poll_throws_each_refusal_without_a_retry() throws Exception {
        start(new Sessions())
                .checked(refusal("200 OK", 40020), refusal("400 Bad Request", 40021), GONE, refusal("200 OK", 50000));

        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(() -> resumed().poll())
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40020));
        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(() -> resumed().poll())
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40021));
        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(() -> resumed().poll())
                .satisfies(e -> assertThat(e.errorCode()).hasValue(40402));
        assertThatExceptionOfType(MarkSignUnavailableException.class)
                .isThrownBy(() -> resumed().poll());
        assertThat(gateway.requests()).hasSize(4);
    }

    @Test
    void poll_is_retried_after_a_lost_response_and_http_503() throws Exception {
        start(new Sessions()).checked(LOST, response("503 Busy", "<html>"), WAITING);

        assertThat(resumed().poll()).isEmpty();
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

        assertThat(resumed().await(LONG).getCode()).isEqualTo(CODE);
        assertThat(gateway.requests()).hasSize(responses.length);
    }

    private static Stream<String> responsesThatEndAWait() {
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
    @MethodSource("responsesThatEndAWait")
    void refusal_or_unexpected_response_ends_a_wait(String response) throws Exception {
        start(new Sessions()).checked(WAITING, response);

        assertThatThrownBy(() -> resumed().await(LONG))
                .isInstanceOfAny(MarkSignApiException.class, MarkSignUnexpectedResponseException.class);
        assertThat(gateway.requests()).hasSize(2);
        assertThatThrownBy(() -> resumed().awaitAsync(LONG).get())
                .cause()
                .isInstanceOfAny(MarkSignApiException.class, MarkSignUnexpectedResponseException.class);
        assertThat(gateway.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "429 Too Many Requests", "503 Busy"})
    void wait_makes_no_check_before_retry_after(String status) throws Exception {
        String body = status.startsWith("200") ? "{\"status\":\"waiting\"}" : "<html>";
        start(new Sessions()).checked(response(status, body, "Retry-After: 3600"));

        assertThatExceptionOfType(MarkSignTimeoutException.class)
                .isThrownBy(() -> resumed().await(Duration.ofMillis(300)));
        assertThat(gateway.requests()).hasSize(3);
        assertThat(gateway.checks())
                .as("the first, and the last when time is up")
                .hasSize(2);
    }

    @Test
    void last_check_at_the_limit_can_return_the_result() throws Exception {
        start(new Sessions()).checked(Kind.SMART_ID_AUTHENTICATION.done());
        use(gateway.client().pollInterval(LONG));

        assertThat(resumed().await(SHORT).getCode()).isEqualTo(CODE);
        assertThat(gateway.requests()).hasSize(1);
    }

    @Test
    void session_is_removed_after_a_last_check_without_a_response() throws Exception {
        start(new Sessions()).checked(LOST);
        use(gateway.client().pollInterval(LONG));

        assertThatExceptionOfType(MarkSignTimeoutException.class)
                .isThrownBy(() -> resumed().await(SHORT))
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
    void removal_throws_unless_the_session_is_certainly_gone(
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
    void timeout_outcome_is_known_only_if_the_session_is_gone(
            List<String> responses, String check, String state, int requests) throws Exception {
        start(new Sessions()).removed(responses.toArray(String[]::new)).checked(WAITING, check);
        use(gateway.client().pollInterval(LONG));

        assertThatExceptionOfType(MarkSignTimeoutException.class)
                .isThrownBy(() -> resumed().await(SHORT))
                .satisfies(e -> {
                    assertThat(e.outcomeUnknown()).isEqualTo(!state.equals("gone"));
                    assertThat(e.getMessage()).doesNotContain(ID);
                });
        assertThat(gateway.requests()).hasSize(1 + requests);
    }

    @Test
    void failed_removal_is_suppressed_in_the_refusal_of_its_check() throws Exception {
        start(new Sessions()).removed(HTML).checked(refusal("200 OK", 40020));

        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(() -> resumed().remove())
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .isInstanceOf(MarkSignUnexpectedResponseException.class));
    }

    @Test
    void blank_control_code_is_absent() throws IOException {
        String begun = "{\"status\":\"ok\",\"token\":\"" + ID + "\",\"control_code\":\" \"}";
        try (RawGateway raw = RawGateway.responding(response("200 OK", begun));
                MarkSignClient other = Clients.builder(raw).build()) {
            assertThat(other.smartIdSessions().authenticate(smartId()).controlCode())
                    .isEmpty();
        }
    }

    @Test
    void removal_of_a_session_never_seen_waiting_throws_after_40402() throws Exception {
        start(new Sessions()).removed(GONE);
        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(() -> resumed().remove())
                .matches(e -> !e.outcomeUnknown());

        start(new Sessions()).removed(LOST, REFUSED_REMOVAL).checked(GONE);
        assertThatExceptionOfType(MarkSignException.class)
                .isThrownBy(() -> resumed().remove())
                .matches(MarkSignException::outcomeUnknown);
    }

    @Test
    void removal_of_a_session_seen_waiting_succeeds_after_40402() throws Exception {
        start(new Sessions()).removed(GONE);
        Session<Identification> session = resumed();
        session.poll();

        session.remove();

        assertThat(gateway.removals()).hasSize(1);
    }

    @Test
    void lost_removal_stays_unknown_if_the_check_after_it_throws() throws Exception {
        IllegalStateException sealed = new IllegalStateException("the vault is sealed");
        start(new Sessions()).removed(LOST);
        use(gateway.client().maxRetries(0).accessToken(() -> {
            if (gateway.removals().findAny().isPresent()) {
                throw sealed;
            }
            return "token";
        }));

        assertThatExceptionOfType(MarkSignConnectionException.class)
                .isThrownBy(() -> resumed().remove())
                .matches(MarkSignException::outcomeUnknown)
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(sealed));
    }

    @Test
    void lost_removal_of_a_confirmed_session_has_an_unknown_outcome() throws Exception {
        start(new Sessions()).removed(LOST).checked(Kind.SMART_ID_AUTHENTICATION.done());

        assertThatExceptionOfType(MarkSignConnectionException.class)
                .isThrownBy(() -> resumed().remove())
                .withMessageContaining("the person had confirmed")
                .matches(MarkSignException::outcomeUnknown);
    }

    @Test
    void lost_check_before_40402_makes_the_outcome_unknown() throws Exception {
        start(new Sessions()).checked(WAITING, LOST, GONE);

        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(() -> resumed().await(LONG))
                .matches(MarkSignException::outcomeUnknown)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void refused_check_before_40402_leaves_the_outcome_known() throws Exception {
        start(new Sessions()).checked(WAITING, refusal("429 Too Many Requests", 0), GONE);

        assertThatExceptionOfType(MarkSignNotFoundException.class)
                .isThrownBy(() -> resumed().await(LONG))
                .matches(e -> !e.outcomeUnknown())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("lost"))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void wait_continues_after_40402_for_a_session_that_just_began() throws Exception {
        start(new Sessions()).checked(GONE, Kind.SMART_ID_AUTHENTICATION.done());
        use(gateway.client().pollInterval(Duration.ofSeconds(1)));

        assertThat(client.smartIdSessions().authenticate(smartId()).await(LONG).getCode())
                .isEqualTo(CODE);
    }

    @Test
    void asynchronous_wait_without_a_limit_returns_the_result() throws Exception {
        start(new Sessions()).checked(WAITING, Kind.SMART_ID_AUTHENTICATION.done());

        assertThat(resumed().awaitAsync().get().getCode()).isEqualTo(CODE);
    }

    @Test
    void refused_removal_reports_that_the_session_is_still_waiting() throws Exception {
        start(new Sessions()).removed(REFUSED_REMOVAL).checked(WAITING);

        assertThatExceptionOfType(MarkSignApiException.class)
                .isThrownBy(() -> resumed().remove())
                .withMessageContaining("a check after it found the session waiting")
                .withMessageContaining("Request number is invalid");
    }

    @ParameterizedTest
    @EnumSource(names = {"SMART_ID_AUTHENTICATION", "MOBILE_ID_AUTHENTICATION"})
    void login_of_another_session_or_person_is_rejected_and_redacted(Kind kind) throws Exception {
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
    void result_that_names_another_session_or_person_is_rejected(Kind kind) throws Exception {
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
    void result_with_another_country_than_the_phone_is_rejected(String field) throws Exception {
        start(new Sessions())
                .checked(response("200 OK", "{\"status\":\"ok\",\"code\":\"" + CODE + "\"," + field + "}"));

        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(() -> Kind.MOBILE_ID_AUTHENTICATION.begin(client).await(LONG));
    }

    @Test
    void country_is_not_compared_for_a_phone_without_a_prefix() throws Exception {
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
    void certificate_name_of_another_person_is_rejected(String certificate) throws Exception {
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
    void certificate_name_of_the_expected_person_is_accepted(String certificate) throws Exception {
        start(new Sessions())
                .checked(response(
                        "200 OK", "{\"status\":\"ok\",\"code\":\"" + CODE + "\",\"certificate\":" + certificate + "}"));

        assertThat(client.smartIdSessions().authenticate(smartId()).poll()).isPresent();
    }

    @Test
    void certificate_serial_number_of_another_country_is_rejected() throws Exception {
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
    void result_with_another_country_than_requested_is_rejected(String field) throws Exception {
        start(new Sessions())
                .checked(response("200 OK", "{\"status\":\"ok\",\"code\":\"" + CODE + "\"," + field + "}"));

        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(
                        () -> client.smartIdSessions().authenticate(smartId()).poll());
    }

    @Test
    void later_change_of_the_request_does_not_change_the_expected_person() throws Exception {
        SmartIdAuthenticationRequest request = smartId();
        start(new Sessions()).checked(Kind.SMART_ID_AUTHENTICATION.done());
        use(gateway.client().customizeFeign(feign -> feign.requestInterceptor(sent -> request.code("39912319997"))));

        assertThat(client.smartIdSessions().authenticate(request).poll())
                .hasValueSatisfying(person -> assertThat(person.getCode()).isEqualTo(CODE));
    }

    @Test
    void cancelled_session_is_logged_if_the_client_closes_before_removal() throws Exception {
        CountDownLatch checked = new CountDownLatch(1);
        try (RawGateway silent = new RawGateway((request, connection) -> checked.countDown());
                LogCapture log = new LogCapture()) {
            use(Clients.builder(silent).pollInterval(SHORT));
            CompletableFuture<Identification> login = resumed().awaitAsync(LONG);
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
    void throwing_executor_ends_an_asynchronous_wait() throws Exception {
        start(new Sessions());
        for (Throwable failure : List.of(new IllegalStateException("own"), new OutOfMemoryError("own"))) {
            use(gateway.client().executor(task -> {
                throw sneaky(failure);
            }));

            assertThat(resumed().awaitAsync(LONG))
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
    void personal_code_in_a_gateway_message_is_redacted() throws Exception {
        start(new Sessions())
                .checked(response(
                        "200 OK",
                        "{\"status\":\"error\",\"error_code\":40020,\"message\":\"User " + CODE + " refused\"}"));

        assertThatExceptionOfType(MarkSignUserException.class)
                .isThrownBy(() -> resumed().poll())
                .withMessageNotContaining(CODE)
                .satisfies(e -> assertThat(e.gatewayMessage()).isEqualTo("User *** refused"));
    }

    @Test
    void encoded_certificate_is_read_and_compared_with_the_person() throws Exception {
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
    void unreadable_certificate_does_not_fail_a_login(String value) throws Exception {
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
    void signature_is_decoded_from_single_or_double_base64() throws Exception {
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
    void hyphen_in_a_personal_code_is_ignored() throws Exception {
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
    void resumed_session_accepts_any_person_but_not_another_session() throws Exception {
        start(new Sessions())
                .checked(
                        response("200 OK", "{\"status\":\"ok\",\"code\":\"39912319997\"}"),
                        response("200 OK", "{\"status\":\"ok\",\"code\":\"39912319997\",\"token\":\"another\"}"));

        assertThat(resumed().poll()).isPresent();
        assertThatExceptionOfType(MarkSignUnexpectedResponseException.class)
                .isThrownBy(() -> resumed().poll());
    }

    @Test
    void interrupt_ends_a_wait_keeps_its_flag_and_sends_no_removal() throws Exception {
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
    void wait_on_an_interrupted_thread_sends_no_request() throws Exception {
        start(new Sessions());
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(MarkSignConnectionException.class)
                    .isThrownBy(() -> resumed().await(LONG))
                    .withMessageContaining("interrupted while waiting; the session was not removed");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void asynchronous_wait_ends_with_the_result_or_a_timeout() throws Exception {
        start(new Sessions()).checked(WAITING, WAITING, Kind.SMART_ID_AUTHENTICATION.done(), WAITING);

        assertThat(resumed().awaitAsync(LONG).get().getCode()).isEqualTo(CODE);
        assertThatThrownBy(() -> resumed().awaitAsync(SHORT).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(MarkSignTimeoutException.class);
        assertThat(gateway.removals()).hasSize(1);
        assertThat(gateway.requests()).last().asString().startsWith("DELETE");
    }

    @ParameterizedTest
    @EnumSource(names = {"SMART_ID_AUTHENTICATION", "MOBILE_ID_SIGNING"})
    void cancelled_asynchronous_wait_removes_the_session_once(Kind kind) throws Exception {
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
    void in_flight_check_ends_before_a_cancelled_session_is_removed() throws Exception {
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
    void closing_the_client_ends_waits_without_removing_the_sessions() throws Exception {
        Duration day = Duration.ofDays(1);
        start(new Sessions());
        use(gateway.client().pollInterval(day));
        List<CompletableFuture<Identification>> futures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            futures.add(resumed().awaitAsync(day));
        }
        CompletableFuture<Identification> blocked = new CompletableFuture<>();
        Thread waiting = new Thread(() -> blocked.completeAsync(() -> resumed().await(day), Runnable::run));
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
        assertThatThrownBy(() -> resumed().awaitAsync(day).get())
                .hasMessageContaining("the client was closed while waiting");
        assertThat(gateway.removals()).isEmpty();
    }

    @Test
    void rejecting_executor_ends_an_asynchronous_wait_before_any_request() throws Exception {
        start(new Sessions());
        use(gateway.client().executor(task -> {
            throw new RejectedExecutionException("full");
        }));

        assertThatThrownBy(() -> resumed().awaitAsync(LONG).get())
                .hasCauseInstanceOf(MarkSignConnectionException.class)
                .hasMessageContaining("the executor takes no further check while waiting; the session was not removed");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void direct_executor_ends_an_asynchronous_wait_before_any_request() throws Exception {
        start(new Sessions());
        use(gateway.client().executor(Runnable::run));

        assertThatThrownBy(() -> resumed().awaitAsync(LONG).get())
                .hasCauseInstanceOf(MarkSignConnectionException.class)
                .hasMessageContaining("the executor takes no further check");
        assertThat(gateway.requests()).isEmpty();
    }

    /** The future ends even while the maximum number of concurrent removals hangs. */
    @Test
    void asynchronous_wait_times_out_if_the_executor_drops_its_checks() throws Exception {
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
    void cancelled_wait_is_garbage_collected_before_its_pause_ends() throws Exception {
        start(new Sessions());
        use(gateway.client().pollInterval(Duration.ofDays(20)));
        WeakReference<Session<?>> forgotten = new WeakReference<>(cancelledWait());
        while (forgotten.get() != null) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(gateway.removals()).hasSize(1);
    }

    private Session<?> cancelledWait() {
        Session<Identification> session = resumed();
        session.awaitAsync(Duration.ofDays(20)).cancel(false);
        return session;
    }

    @Test
    void failed_removal_of_a_cancelled_wait_is_logged() throws Exception {
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
    void session_that_ends_during_cancellation_is_not_removed() throws Exception {
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
    void removal_of_a_cancelled_wait_does_not_inherit_thread_locals() throws Exception {
        start(new Sessions());
        InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        use(gateway.client().pollInterval(LONG).accessToken(() -> {
            seen.complete(String.valueOf(tenant.get()));
            return "token";
        }));
        tenant.set("tenant");

        resumed().awaitAsync(LONG).cancel(false);

        assertThat(seen.get()).isEqualTo("null");
    }

    @Test
    void checks_run_on_the_configured_executor() throws Exception {
        start(new Sessions()).checked(WAITING, WAITING, Kind.SMART_ID_AUTHENTICATION.done());
        List<Runnable> checks = new ArrayList<>();
        use(gateway.client().executor(task -> {
            checks.add(task);
            new Thread(task).start();
        }));

        resumed().awaitAsync(LONG).get();

        assertThat(checks).hasSize(3);
    }

    @Test
    void asynchronous_waits_do_not_hold_threads() throws Exception {
        start(new Sessions());
        use(gateway.client().pollInterval(Duration.ofDays(20)));
        int before = Thread.activeCount();

        for (int i = 0; i < 10_000; i++) {
            resumed().awaitAsync(LONG);
        }

        assertThat(Thread.activeCount()).isLessThan(before + 70);
    }

    @Test
    void invalid_arguments_are_rejected_before_sending() throws Exception {
        start(new Sessions());
        for (Duration limit : new Duration[] {null, Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(25)}) {
            assertThatThrownBy(() -> resumed().await(limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit must be from 1 ms to 24 days, but is " + limit);
            assertThatThrownBy(() -> resumed().awaitAsync(limit)).isInstanceOf(IllegalArgumentException.class);
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
    void refused_token_ends_a_wait() throws Exception {
        start(new Sessions()).checked(refusal("401 Unauthorized", 40003));

        assertThatExceptionOfType(MarkSignAccessException.class)
                .isThrownBy(() -> resumed().await(LONG));
    }

    @Test
    void to_string_of_a_session_redacts_its_id() throws Exception {
        start(new Sessions());

        assertThat(resumed()).hasToString("Smart-ID authentication(1c5cd62c…)");
    }
}
