package io.orchestrator.core.schedule.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PersistentCollectionsTest {

    /** Many of them share a hash, to meet in one place. */
    private record Key(int number) {
        @Override
        public int hashCode() {
            return number % 7 == 0 ? 42 : number * 31;
        }
    }

    private static <K, V> Map<K, V> contents(PersistentMap<K, V> map) {
        Map<K, V> contents = new HashMap<>();
        map.forEach((key, value) -> assertThat(contents.put(key, value)).isNull());
        return contents;
    }

    @Test
    void aMapAlwaysEqualsAHashMapThatWasChangedTheSameWay() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            PersistentMap<Key, Integer> map = PersistentMap.empty();
            Map<Key, Integer> model = new HashMap<>();
            for (int step = 0; step < 600; step++) {
                Key key = new Key(random.nextInt(120));
                if (random.nextInt(3) == 0) {
                    map = map.without(key);
                    model.remove(key);
                } else {
                    map = map.with(key, step);
                    model.put(key, step);
                }
                assertThat(map.get(key)).isEqualTo(model.get(key));
                assertThat(map.size()).isEqualTo(model.size());
            }
            assertThat(contents(map)).as("seed %d", seed).isEqualTo(model);
            assertThat(map.values()).containsExactlyInAnyOrderElementsOf(model.values());
            Map<Key, Integer> doubled = new HashMap<>();
            model.forEach((key, value) -> doubled.put(key, 2 * value));
            assertThat(contents(map.mapValues(value -> 2 * value))).isEqualTo(doubled);
        }
    }

    @Test
    void whatWasTakenBeforeAChangeStaysAsItWas() {
        PersistentMap<Key, Integer> one = PersistentMap.<Key, Integer>empty().with(new Key(7), 1);
        PersistentMap<Key, Integer> two = one.with(new Key(14), 2).with(new Key(7), 3);
        assertThat(contents(one)).isEqualTo(Map.of(new Key(7), 1));
        assertThat(contents(two.without(new Key(7)))).isEqualTo(Map.of(new Key(14), 2));
        assertThat(contents(two)).hasSize(2);
        PersistentVector<String> row = PersistentVector.of(List.of("a", "b", "c"));
        assertThat(row.with(1, "x").asList()).containsExactly("a", "x", "c");
        assertThat(row.asList()).containsExactly("a", "b", "c");
    }

    @Test
    void aLongRowKeepsEveryElementInItsPlace() {
        List<Integer> model = new ArrayList<>(IntStream.range(0, 1000).boxed().toList());
        PersistentVector<Integer> row = PersistentVector.of(model);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            int place = random.nextInt(1000);
            row = row.with(place, -i);
            model.set(place, -i);
        }
        assertThat(row.asList()).isEqualTo(model);
    }

    @Test
    void countsAddUpAndMoveWithTheirPlaces() {
        Counts counts = Counts.none(200).plus(3, 2).plus(150, 5).plus(3, 1);
        assertThat(counts.sum()).isEqualTo(8);
        assertThat(counts.get(3)).isEqualTo(3);
        assertThat(counts.get(4)).isZero();
        int[] to = IntStream.range(0, 200)
                .map(place -> place == 150 ? -1 : 199 - place)
                .toArray();
        Counts moved = counts.moved(to, 300);
        assertThat(moved.sum()).isEqualTo(3);
        assertThat(moved.get(196)).isEqualTo(3);
        List<Integer> places = new ArrayList<>();
        counts.forEach((place, count) -> places.add(place));
        assertThat(places).containsExactly(3, 150);
    }
}
