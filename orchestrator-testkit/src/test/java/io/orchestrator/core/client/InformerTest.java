package io.orchestrator.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.testkit.simulation.FaultRates;
import io.orchestrator.testkit.simulation.SimulatedComponent;
import io.orchestrator.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InformerTest {
    private final Simulation sim = Simulation.inOrder();
    private final List<String> told = new ArrayList<>();
    private @Nullable Informer<ConfigMap> current;
    private final SimulatedComponent component = sim.component("reader", site -> {
        Informer<ConfigMap> informer = new Informer<>(site.transport(), ConfigMap.TYPE, site.environment());
        informer.addHandler((before, after) -> told.add(describe(before) + ">" + describe(after)));
        informer.start();
        current = informer;
        return informer;
    });

    @AfterEach
    void end() throws Exception {
        sim.close();
    }

    @Test
    void tellsWhatIsThereAndThenWhatChanges() {
        create("a", "1");
        assertThat(informer().hasSynced()).isFalse();
        pass();
        assertThat(informer().hasSynced()).isTrue();
        change("a", "2");
        create("b", "1");
        sim.client().configMaps().delete("a");
        pass();
        assertThat(told).containsExactly("->a1", "a1>a2", "->b1", "a2>-");
        assertThat(names()).containsExactly("b");
    }

    @Test
    void aLateHandlerIsToldOfEverythingOnceAndMissesNothing() {
        create("a", "1");
        pass();
        List<String> late = new ArrayList<>();
        informer().addHandler((before, after) -> late.add(describe(before) + ">" + describe(after)));
        change("a", "2");
        pass();
        assertThat(late).containsExactly("->a1", "a1>a2");
    }

    @Test
    void resumesADroppedWatchWithoutAGapOrAList() {
        create("a", "1");
        pass();
        told.clear();
        component.faults().dropWatches();
        change("a", "2");
        change("a", "3");
        sim.advance(Duration.ofSeconds(5));
        assertThat(told).as("both changes, one by one").containsExactly("a1>a2", "a2>a3");
    }

    @Test
    void tellsAfterANewListWhatWentAndWhatTookItsPlace() {
        create("gone", "1");
        create("other", "1");
        create("same", "1");
        pass();
        told.clear();
        component.faults().partition();
        sim.client().configMaps().delete("gone");
        sim.client().configMaps().delete("other");
        create("other", "2");
        component.faults().heal();
        component.faults().expireWatches();
        sim.compact();
        sim.advance(Duration.ofSeconds(60));
        assertThat(told).containsExactlyInAnyOrder("gone1>-", "other1>-", "->other2");
        assertThat(names()).containsExactly("other", "same");
    }

    @Test
    void neverShowsAnOlderStateThanItHasShown() {
        create("a", "1");
        pass();
        for (int i = 2; i <= 30; i++) {
            change("a", Integer.toString(i));
        }
        pass();
        told.clear();
        component.faults().rates(FaultRates.none().withStaleRevisions(20));
        component.faults().expireWatches();
        sim.advance(Duration.ofMinutes(5));
        assertThat(told).isEmpty();
    }

    @Test
    void findsByNamespaceLabelAndIndex() {
        create("a", "1");
        create("b", "2");
        pass();
        informer().index(new Index<>("value", map -> List.of(map.data().getOrDefault("v", ""))));
        assertThat(informer().byIndex("value", "2"))
                .extracting(map -> map.metadata().name())
                .containsExactly("b");
        change("b", "1");
        pass();
        assertThat(informer().byIndex("value", "2")).isEmpty();
        assertThat(informer().byIndex("value", "1")).hasSize(2);
        change("a", "3");
        pass();
        assertThat(informer().byIndex("value", "1"))
                .extracting(map -> map.metadata().name())
                .containsExactly("b");
        change("a", "1");
        pass();
        assertThat(informer().byIndex("value", "3")).isEmpty();
        assertThat(informer().byIndex("value", "1"))
                .extracting(map -> map.metadata().name())
                .containsExactly("a", "b");
        sim.client().configMaps().delete("a");
        pass();
        assertThat(informer().byIndex("value", "1")).hasSize(1);
        sim.client().configMaps().delete("b");
        pass();
        assertThat(informer().byIndex("value", "1")).isEmpty();
        create("a", "1");
        pass();
        assertThat(informer().list("elsewhere")).isEmpty();
        assertThat(informer().list("default", Map.of("name", "a"))).hasSize(1);
        assertThat(informer().get(new ObjectKey("default", "a"))).isPresent();
    }

    @Test
    void aThousandThatLoseTheirPlaceAtOnceDoNotListAtOnce() throws Exception {
        List<Long> lists = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sim.component("reader-" + i, site -> {
                Informer<ConfigMap> informer = new Informer<>(
                        CountingLists.over(
                                site.transport(),
                                () -> lists.add(sim.time().elapsed().toMillis())),
                        ConfigMap.TYPE,
                        site.environment());
                informer.start();
                return informer;
            });
        }
        pass();
        lists.clear();
        sim.components().forEach(each -> each.faults().expireWatches());
        sim.advance(Duration.ofSeconds(10));
        assertThat(lists).hasSize(1000);
        long most = lists.stream()
                .mapToLong(at -> lists.stream()
                        .filter(other -> other >= at && other < at + 100)
                        .count())
                .max()
                .orElseThrow();
        assertThat(most).as("lists within a tenth of a second").isLessThan(200);
    }

    private Informer<ConfigMap> informer() {
        Informer<ConfigMap> informer = current;
        if (informer == null) {
            throw new AssertionError("not started");
        }
        return informer;
    }

    private List<String> names() {
        return informer().list("default").stream()
                .map(map -> map.metadata().name())
                .filter(name -> !name.startsWith("kube-"))
                .toList();
    }

    private void pass() {
        sim.advance(Duration.ofMillis(100));
    }

    private void create(String name, String value) {
        sim.client()
                .create(ConfigMap.named(name)
                        .data("v", value)
                        .label("name", name)
                        .build());
    }

    private void change(String name, String value) {
        sim.client().configMaps().edit(name, map -> map.withData(Map.of("v", value)));
    }

    private static String describe(@Nullable ConfigMap map) {
        return map == null ? "-" : map.metadata().name() + map.data().get("v");
    }
}
