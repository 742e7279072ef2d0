package io.orchestrator.core.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MadeOfTest {
    private final MadeOf<List<String>, List<String>> copies = new MadeOf<>();

    @Test
    void whatComesForTheSecondTimeIsMadeOnceForAllThatFollow() {
        List<String> key = new ArrayList<>(List.of("a"));
        List<String> first = copies.of(key, ArrayList::new);
        List<String> second = copies.of(key, ArrayList::new);
        assertThat(second).isEqualTo(first).isNotSameAs(first);
        assertThat(copies.of(key, ArrayList::new)).isSameAs(second);
    }

    @Test
    void anEqualObjectIsAStranger() {
        List<String> key = new ArrayList<>(List.of("a"));
        copies.of(key, ArrayList::new);
        List<String> made = copies.of(key, ArrayList::new);
        assertThat(copies.of(new ArrayList<>(key), ArrayList::new))
                .isEqualTo(made)
                .isNotSameAs(made);
        assertThat(copies.find(new ArrayList<>(key))).isNull();
    }

    @Test
    void whatIsPushedOutIsMadeAnew() {
        List<List<String>> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            List<String> key = new ArrayList<>(List.of("" + i));
            keys.add(key);
            copies.of(key, ArrayList::new);
            copies.of(key, ArrayList::new);
        }
        for (List<String> key : keys) {
            assertThat(copies.of(key, ArrayList::new)).isEqualTo(key);
        }
    }

    @Test
    void aHashIsSeenAgainOnceItHasBeenSeen() {
        Sightings sightings = new Sightings(64);
        assertThat(sightings.again(7)).isFalse();
        assertThat(sightings.again(7)).isTrue();
        assertThat(sightings.again(8)).isFalse();
    }
}
