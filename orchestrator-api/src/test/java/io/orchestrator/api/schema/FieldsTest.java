package io.orchestrator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 100})
    void mapsKeepTheirOrderAndAreFoundByKey(int size) {
        Map<String, String> source = new LinkedHashMap<>();
        for (int i = size; i > 0; i--) {
            source.put("key" + i, "value" + i);
        }
        Map<String, String> map = Fields.map(source);
        assertThat(map).isEqualTo(source).hasSameHashCodeAs(source).hasSize(size);
        assertThat(List.copyOf(map.keySet())).isEqualTo(List.copyOf(source.keySet()));
        assertThat(map.get("key1")).isEqualTo("value1");
        assertThat(map.get("other")).isNull();
        assertThat(map.containsKey(null)).isFalse();
        source.clear();
        assertThat(map).hasSize(size);
        assertThat(Fields.map(map)).isSameAs(map);
    }

    @Test
    void mapsAndListsCannotBeChanged() {
        Map<String, String> map = Fields.map(Map.of("a", "b"));
        assertThatThrownBy(() -> map.put("c", "d")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue("x"))
                .isInstanceOf(UnsupportedOperationException.class);
        List<String> source = new ArrayList<>(List.of("a"));
        List<String> list = Fields.list(source);
        source.add("b");
        assertThat(list).containsExactly("a");
    }

    @Test
    void absentIsEmpty() {
        assertThat(Fields.list(null)).isEmpty();
        assertThat(Fields.<String>map(null)).isEmpty();
        assertThat(Fields.text(null)).isEmpty();
        assertThat(Fields.orElse(null, 5)).isEqualTo(5);
    }

    @Test
    void aReplacedEntryKeepsItsPlace() {
        Map<String, Integer> map = Fields.put(Fields.put(Fields.put(Fields.map(null), "a", 1), "b", 2), "a", 3);
        assertThat(map).containsExactly(Map.entry("a", 3), Map.entry("b", 2));
        assertThat(Fields.append(List.of(1), 2)).containsExactly(1, 2);
    }
}
