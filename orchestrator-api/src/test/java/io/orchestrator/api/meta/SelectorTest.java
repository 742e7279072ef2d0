package io.orchestrator.api.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front", "n", "5", "empty", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "app=web",
                "app==web",
                "app = web",
                "app!=db",
                "missing!=x",
                "app in (web,db)",
                "app in (db, web )",
                "app notin (db)",
                "missing notin (a,b)",
                "app",
                "!missing",
                "! missing",
                "app=web,tier=front",
                "n>4",
                "n<6",
                "empty=",
                "empty in ()",
                "empty in (a,)",
                "empty in (,a)",
                "app,!missing,n>4",
                "in notin (a)",
                "empty=,app=web",
                "example.com/key!=x",
                "app\tin\n(web)"
            })
    void theseFit(String selector) {
        assertThat(Selector.parse(selector).matches(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app=db",
                "app!=web",
                "app in (db)",
                "app notin (web)",
                "missing",
                "!app",
                "missing=x",
                "n>5",
                "n<5",
                "app>1",
                "missing>1",
                "app=web,tier=back",
                "app=",
                "missing in (a)",
                "missing="
            })
    void theseDoNotFit(String selector) {
        assertThat(Selector.parse(selector).matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b=c",
                ",",
                "a,",
                ",a",
                "a,,b",
                "a=b,",
                "!",
                "!a=b",
                "a in",
                "a in b",
                "a in (b",
                "a in b)",
                "a in (b c)",
                "a in (b=c)",
                "a notin",
                "a b",
                "a>x",
                "a>",
                "a<1.5",
                "(a)",
                "=a",
                "a=!b",
                "-a=b",
                "a/b/c=d",
                "a=b/c",
                "a in (x)b",
                "a===b",
                "a=<b",
                "A_/b"
            })
    void theseAreNoSelectors(String selector) {
        assertThatIllegalArgumentException().isThrownBy(() -> Selector.parse(selector));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b=1,a=2 | a=2,b=1",
                "x in (c,a,b,a) | x in (a,b,c)",
                "x==1 | x==1",
                "!x | !x",
                "x,y!=2 | x,y!=2",
                "x notin ( b , a ) | x notin (a,b)",
                "n>1,n<5 | n>1,n<5",
                "x= | x=",
                "x in () | x in ()"
            })
    void theWrittenFormIsSorted(String selector, String written) {
        assertThat(Selector.parse(selector)).hasToString(written);
        assertThat(Selector.parse(written)).isEqualTo(Selector.parse(selector));
    }

    @Test
    void anAbsentLabelSelectorFitsNothingAndAnEmptyOneEverything() {
        assertThat(Selector.of((LabelSelector) null).matches(LABELS)).isFalse();
        assertThat(Selector.of((LabelSelector) null).isEmpty()).isFalse();
        assertThat(Selector.of(LabelSelector.EMPTY).matches(LABELS)).isTrue();
        assertThat(Selector.of(LabelSelector.EMPTY).isEmpty()).isTrue();
        assertThat(LabelSelector.EMPTY.matches(Map.of())).isTrue();
        assertThat(Selector.nothing().matches(Map.of())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "app, In, web, true",
        "app, In, db, false",
        "missing, In, web, false",
        "app, NotIn, web, false",
        "missing, NotIn, x, true",
        "app, Exists, , true",
        "missing, Exists, , false",
        "missing, DoesNotExist, , true",
        "app, DoesNotExist, , false"
    })
    void theRecordFitsAsItsQueryFormDoes(String key, String operator, String value, boolean fits) {
        LabelSelector selector = LabelSelectorBuilder.builder()
                .matchLabels(Map.of("tier", "front"))
                .matchExpressions(List.of(
                        new LabelSelectorRequirement(key, operator, value == null ? List.of() : List.of(value))))
                .build();
        assertThat(selector.matches(LABELS)).isEqualTo(fits);
        assertThat(Selector.of(selector).matches(LABELS)).isEqualTo(fits);
    }

    @Test
    void expressionsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> expression("a", "Like", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> expression("a", LabelSelectorOperator.IN));
        assertThatIllegalArgumentException().isThrownBy(() -> expression("a", LabelSelectorOperator.EXISTS, "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> expression("-a", LabelSelectorOperator.EXISTS));
    }

    private static Selector expression(String key, String operator, String... values) {
        return Selector.of(LabelSelectorBuilder.builder()
                .matchExpressions(List.of(new LabelSelectorRequirement(key, operator, List.of(values))))
                .build());
    }

    @Test
    void aStrictSelectorTellsTheValueItAsksFor() {
        assertThat(Selector.parse("app=web,tier").exactValueOf("app")).contains("web");
        assertThat(Selector.parse("app in (web)").exactValueOf("app")).contains("web");
        assertThat(Selector.parse("app in (web,db)").exactValueOf("app")).isEmpty();
        assertThat(Selector.parse("app!=web").exactValueOf("app")).isEmpty();
        assertThat(Selector.everything().exactValueOf("app")).isEmpty();
    }
}
