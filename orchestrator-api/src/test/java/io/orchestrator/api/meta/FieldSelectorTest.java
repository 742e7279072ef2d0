package io.orchestrator.api.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSelectorTest {
    private static final Map<String, String> FIELDS =
            Map.of("metadata.name", "web", "spec.nodeName", "", "odd", "a,b=c\\d");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata.name=web | true",
                "metadata.name==web | true",
                "metadata.name!=web | false",
                "metadata.name=db | false",
                "spec.nodeName= | true",
                "spec.nodeName!= | false",
                "metadata.name=web,spec.nodeName= | true",
                "metadata.name=web,spec.nodeName!= | false",
                "odd=a\\,b\\=c\\\\d | true",
                "unknown= | true",
                "'' | true",
                "metadata.name=web, | true"
            })
    void allTermsMustHold(String selector, boolean fits) {
        assertThat(FieldSelector.parse(selector).matches(field -> FIELDS.getOrDefault(field, "")))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.name", "a=b=c", "a=\\x", "a=b\\", "a=b,c", "a=b=", "!a"})
    void theseAreNoFieldSelectors(String selector) {
        assertThatIllegalArgumentException().isThrownBy(() -> FieldSelector.parse(selector));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b", "a!=b", "a=", "a=x\\,y", "b=1,a=2", "a=\\\\"})
    void theWrittenFormReadsBackToItself(String selector) {
        assertThat(FieldSelector.parse(selector)).hasToString(selector);
    }

    @Test
    void aStrictSelectorTellsTheValueItAsksFor() {
        assertThat(FieldSelector.parse("a!=x,b=y").exactValueOf("b")).contains("y");
        assertThat(FieldSelector.parse("a!=x,b=y").exactValueOf("a")).isEmpty();
        assertThat(FieldSelector.of("a", "x,y")).hasToString("a=x\\,y");
        assertThat(FieldSelector.parse("").isEmpty()).isTrue();
    }
}
