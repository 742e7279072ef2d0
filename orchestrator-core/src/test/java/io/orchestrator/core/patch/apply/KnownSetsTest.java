package io.orchestrator.core.patch.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.recall.Lately;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sets that are found again. */
class KnownSetsTest {
    private final KnownSets known = new KnownSets();

    private FieldSet of(boolean member, String... steps) {
        FieldCollector found = new FieldCollector();
        int mark = found.mark();
        for (String step : steps) {
            found.add(step, FieldSet.LEAF);
        }
        return found.build(mark, member, known);
    }

    @Test
    void theSameFieldsAreTheSameSetWithTheSameText() {
        FieldSet first = of(true, "f:a", "f:b");
        assertThat(of(true, "f:a", "f:b")).isSameAs(first);
        assertThat(first.json()).isSameAs(first.json());
        assertThat(first.toText()).isEqualTo("{\".\":{},\"f:a\":{},\"f:b\":{}}");
    }

    @Test
    void whatIsBelowAPlaceIsTheSameSetEachTime() {
        FieldSet set = of(true, "f:a", "f:b");
        assertThat(set.inside()).isSameAs(set.inside()).isEqualTo(of(false, "f:a", "f:b"));
        assertThat(FieldSet.LEAF.inside()).isSameAs(FieldSet.EMPTY);
    }

    @Test
    void thePlaceItselfMakesAnotherSet() {
        FieldSet with = of(true, "f:a");
        FieldSet without = of(false, "f:a");
        assertThat(without).isNotEqualTo(with);
        assertThat(of(true, "f:a")).isEqualTo(with);
        assertThat(of(false, "f:a").toText()).isEqualTo("{\"f:a\":{}}");
    }

    @Test
    void stepsInAnyOrderAndTwiceMakeAnOrderedSet() {
        FieldSet set = of(false, "f:b", "f:a", "f:b");
        assertThat(set).isEqualTo(of(false, "f:a", "f:b"));
        assertThat(of(false, "f:b", "f:a", "f:b")).isSameAs(set);
        assertThat(set.toText()).isEqualTo("{\"f:a\":{},\"f:b\":{}}");
    }

    @Test
    void innerSetsCountToo() {
        FieldCollector found = new FieldCollector();
        int mark = found.mark();
        found.add("f:a", of(true, "f:x"));
        FieldSet first = found.build(mark, false, known);
        mark = found.mark();
        found.add("f:a", of(true, "f:y"));
        assertThat(found.build(mark, false, known)).isNotEqualTo(first);
    }

    @Test
    void aFewSetsOfOnePlaceDoNotPushEachOtherOut() {
        FieldSet[] first = IntStream.range(0, Lately.WAYS)
                .mapToObj(i -> of(true, "f:" + i))
                .toArray(FieldSet[]::new);
        for (int i = 0; i < Lately.WAYS; i++) {
            assertThat(of(true, "f:" + i)).isSameAs(first[i]);
        }
    }

    @Test
    void nothingLargeIsKept() {
        String[] many = IntStream.range(0, 5_000).mapToObj(i -> "f:" + i).toArray(String[]::new);
        FieldSet large = of(false, many);
        assertThat(of(false, many)).isEqualTo(large).isNotSameAs(large);
        FieldCollector found = new FieldCollector();
        int mark = found.mark();
        found.add("f:around", large);
        FieldSet around = found.build(mark, false, known);
        assertThat(around.isSmall()).isFalse();
    }

    @Test
    void nothingIsTheEmptySetOrThePlaceAlone() {
        assertThat(of(false)).isSameAs(FieldSet.EMPTY);
        assertThat(of(true)).isSameAs(FieldSet.LEAF);
    }
}
