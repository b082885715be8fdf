package lt.marksign.client.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.Generate.byteArrays;
import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.oneOf;
import static org.quicktheories.generators.Generate.pick;
import static org.quicktheories.generators.Generate.range;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lt.marksign.client.call.Verdict.Meaning;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

/** Tests the classification of arbitrary responses. Gson gives a second opinion on what is valid JSON. */
class VerdictPropertiesTest {
    private static final String OK = "{\"status\":\"ok\"}";

    @Test
    void arbitrary_bytes_are_unexpected() {
        qt().withExamples(20_000)
                .forAll(bytes(), range(100, 999))
                .checkAssert((body, httpStatus) ->
                        assertThat(meaning(httpStatus, body)).isEqualTo(Meaning.UNEXPECTED));
    }

    @Test
    void damaged_ok_is_ok_if_and_only_if_gson_reads_ok() {
        qt().withExamples(20_000)
                .forAll(damaged())
                .checkAssert(
                        body -> assertThat(meaning(200, body) == Meaning.OK).isEqualTo(isOkToGson(body)));
    }

    @Test
    void status_ok_means_ok_under_200_and_unexpected_under_500() {
        qt().withExamples(5_000).forAll(members(), range(0, 20)).checkAssert((members, position) -> {
            String body = objectWith("ok", members, position);

            assertThat(meaning(200, body)).isEqualTo(Meaning.OK);
            assertThat(meaning(500, body)).isEqualTo(Meaning.UNEXPECTED);
        });
    }

    @Test
    void status_error_is_a_refusal_under_every_http_status() {
        qt().withExamples(5_000)
                .forAll(members(), range(0, 20), range(200, 599))
                .checkAssert((members, position, httpStatus) -> assertThat(
                                meaning(httpStatus, objectWith("error", members, position)))
                        .isEqualTo(Meaning.REFUSED));
    }

    @Test
    void duplicate_json_keys_are_unexpected() {
        qt().withExamples(5_000).forAll(members()).checkAssert(members -> {
            String twice = objectWith("ok", members, 0).replaceFirst("\\{", "{\"twice\":1,\"twice\":1,");

            assertThat(meaning(200, twice)).isEqualTo(Meaning.UNEXPECTED);
        });
    }

    @Test
    void truncated_response_is_unexpected() {
        qt().withExamples(5_000).forAll(members(), range(0, 10_000)).checkAssert((members, cut) -> {
            String whole = objectWith("ok", members, 0);

            assertThat(meaning(200, whole.substring(0, cut % whole.length()))).isEqualTo(Meaning.UNEXPECTED);
        });
    }

    private static Meaning meaning(int httpStatus, String body) {
        return meaning(httpStatus, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Meaning meaning(int httpStatus, byte[] body) {
        return Verdict.read(httpStatus, body, Set.of("ok")).meaning();
    }

    private static String objectWith(String status, Map<String, String> members, int position) {
        List<String> texts = members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.toList());
        texts.add(Math.min(position, texts.size()), "\"status\": \"" + status + "\"");
        return String.join(" , ", texts).transform(text -> "{" + text + "}");
    }

    private static Gen<byte[]> bytes() {
        return byteArrays(range(0, 255), Generate.bytes(Byte.MIN_VALUE, Byte.MAX_VALUE, (byte) 0));
    }

    private static Gen<Map<String, String>> members() {
        Gen<String> names = pick(List.of("message", "error_code", "error", "code", "x", "ž", "\\u0041", ""));
        return lists().of(names.zip(values(), Map::entry)).ofSizeBetween(0, 6).map(entries -> {
            Map<String, String> members = new LinkedHashMap<>();
            entries.forEach(entry -> members.put(entry.getKey(), entry.getValue()));
            return members;
        });
    }

    private static Gen<String> values() {
        Gen<String> scalars = oneOf(
                pick(List.of("null", "true", "false", "\"\"", "\"ok\"", "\"40003\"", "{}", "[]", "1e400", "-0.0")),
                integers().all().map(number -> number.toString()),
                strings().betweenCodePoints('A', 'Z').ofLengthBetween(0, 20).map(text -> "\"" + text + "\""));
        return oneOf(
                scalars,
                lists().of(scalars).ofSizeBetween(0, 3).map(items -> "[" + String.join(",", items) + "]"),
                scalars.map(value -> "{\"status\":\"error\",\"message\":" + value + "}"));
    }

    private static Gen<String> damaged() {
        Gen<String> pieces = pick(List.of(
                "", " ", "\n", ",", ":", "{", "}", "[", "]", "\"", "\\", "\\u006f", "x", "0", "-", "'", "//", "#",
                "null", OK));
        return oneOf(
                pieces.zip(
                        range(0, OK.length()),
                        range(0, 3),
                        (piece, place, dropped) ->
                                OK.substring(0, place) + piece + OK.substring(Math.min(OK.length(), place + dropped))),
                constant(OK));
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
