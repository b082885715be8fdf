package lt.marksign.client.feign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lt.marksign.client.feign.Answer.Meaning;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What an answer means, over arbitrary ones. Another library's parser is the second opinion on what JSON is. */
class AnswerPropertiesTest {
    private static final String OK = "{\"status\":\"ok\"}";

    @Property(tries = 20_000)
    void arbitrary_bytes_never_mean_ok_and_never_throw(
            @ForAll byte[] body, @ForAll @IntRange(min = 100, max = 999) int httpStatus) {
        assertThat(Answer.read(httpStatus, body, java.util.Set.of("ok")).meaning())
                .isEqualTo(Meaning.UNEXPECTED);
    }

    @Property(tries = 20_000)
    void a_damaged_ok_means_ok_only_if_another_parser_reads_it_so_too(@ForAll("damaged") String body) {
        boolean ok = Answer.read(200, body.getBytes(StandardCharsets.UTF_8), java.util.Set.of("ok"))
                        .meaning()
                == Meaning.OK;

        assertThat(ok).as(body).isEqualTo(isOkToGson(body));
    }

    @Property(tries = 5_000)
    void an_object_with_status_ok_means_ok_whatever_else_is_in_it(
            @ForAll("members") Map<String, String> members, @ForAll @IntRange(min = 0, max = 20) int position) {
        byte[] body = objectWith("ok", members, position).getBytes(StandardCharsets.UTF_8);

        assertThat(Answer.read(200, body, java.util.Set.of("ok")).meaning()).isEqualTo(Meaning.OK);
        assertThat(Answer.read(500, body, java.util.Set.of("ok")).meaning()).isEqualTo(Meaning.UNEXPECTED);
    }

    @Property(tries = 5_000)
    void an_object_with_status_error_is_a_refusal_under_every_http_status(
            @ForAll("members") Map<String, String> members,
            @ForAll @IntRange(min = 0, max = 20) int position,
            @ForAll @IntRange(min = 200, max = 599) int httpStatus) {
        byte[] body = objectWith("error", members, position).getBytes(StandardCharsets.UTF_8);

        assertThat(Answer.read(httpStatus, body, java.util.Set.of("ok")).meaning())
                .isEqualTo(Meaning.REFUSED);
    }

    @Property(tries = 5_000)
    void a_key_twice_means_nothing(@ForAll("members") Map<String, String> members) {
        String twice = objectWith("ok", members, 0).replaceFirst("\\{", "{\"twice\":1,\"twice\":1,");

        assertThat(Answer.read(200, twice.getBytes(StandardCharsets.UTF_8), java.util.Set.of("ok"))
                        .meaning())
                .isEqualTo(Meaning.UNEXPECTED);
    }

    @Property(tries = 5_000)
    void a_beginning_of_an_answer_means_nothing(
            @ForAll("members") Map<String, String> members, @ForAll @IntRange(min = 0, max = 10_000) int cut) {
        String whole = objectWith("ok", members, 0);
        String part = whole.substring(0, cut % whole.length());

        assertThat(Answer.read(200, part.getBytes(StandardCharsets.UTF_8), java.util.Set.of("ok"))
                        .meaning())
                .isEqualTo(Meaning.UNEXPECTED);
    }

    private static String objectWith(String status, Map<String, String> members, int position) {
        List<String> texts = members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.toList());
        texts.add(Math.min(position, texts.size()), "\"status\": \"" + status + "\"");
        return String.join(" , ", texts).transform(text -> "{" + text + "}");
    }

    @Provide
    Arbitrary<Map<String, String>> members() {
        Arbitrary<String> names = Arbitraries.of("message", "error_code", "error", "code", "x", "ž", "\\u0041", "")
                .map(name -> name);
        return Arbitraries.maps(names, values()).ofMaxSize(6);
    }

    private static Arbitrary<String> values() {
        Arbitrary<String> scalars = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "\"\"", "\"ok\"", "\"40003\"", "{}", "[]", "1e400", "-0.0"),
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.strings().alpha().ofMaxLength(20).map(text -> "\"" + text + "\""));
        return Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]"),
                () -> scalars.map(value -> "{\"status\":\"error\",\"message\":" + value + "}"));
    }

    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<String> pieces = Arbitraries.of(
                "", " ", "\n", ",", ":", "{", "}", "[", "]", "\"", "\\", "\\u006f", "x", "0", "-", "'", "//", "#",
                "null", OK);
        Arbitrary<Integer> places = Arbitraries.integers().between(0, OK.length());
        Arbitrary<String> once = net.jqwik.api.Combinators.combine(
                        pieces, places, Arbitraries.integers().between(0, 3))
                .as((piece, place, dropped) ->
                        OK.substring(0, place) + piece + OK.substring(Math.min(OK.length(), place + dropped)));
        return Arbitraries.oneOf(once, Arbitraries.just(OK));
    }

    private static boolean isOkToGson(String body) {
        try (JsonReader reader = new JsonReader(new StringReader(body))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
            return element.isJsonObject()
                    && element.getAsJsonObject().has("status")
                    && element.getAsJsonObject().get("status").isJsonPrimitive()
                    && element.getAsJsonObject().get("status").getAsString().equals("ok")
                    && reader.peek() == JsonToken.END_DOCUMENT;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
