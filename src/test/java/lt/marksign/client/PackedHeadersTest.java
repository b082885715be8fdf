package lt.marksign.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackedHeadersTest {
    @Test
    void headers_are_packed_with_every_value_and_none_is_taken_for_another() {
        Map<String, Collection<String>> headers = new LinkedHashMap<>();
        headers.put("A", List.of("1", "", "3"));
        headers.put("B", List.of("x\0C\0y"));

        assertThat(PackedHeaders.unpack(PackedHeaders.pack(headers)))
                .isEqualTo(Map.of("A", List.of("1", "", "3"), "B", List.of("xCy")));
    }
}
