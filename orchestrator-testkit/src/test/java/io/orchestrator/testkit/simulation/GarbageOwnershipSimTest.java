package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.core.control.garbage.GarbageReconciler;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who goes with whom, in which order, whoever dies meanwhile. */
class GarbageOwnershipSimTest {

    /** Some objects and the collector. */
    private static final class Heap implements AutoCloseable {
        final Simulation sim = Simulation.inOrder();
        final SimulatedComponent collector = sim.component(
                "controllers", site -> new Controllers(site, List.of(GarbageReconciler.over(List.of(ConfigMap.TYPE)))));

        ConfigMap create(String namespace, String name, OwnerReference... owners) {
            return sim.client()
                    .inNamespace(namespace)
                    .create(ConfigMap.named(name)
                            .build()
                            .withMetadata(ObjectMetaBuilder.builder()
                                    .name(name)
                                    .ownerReferences(Arrays.asList(owners))
                                    .build()));
        }

        ConfigMap create(String name, ConfigMap... owners) {
            return create(
                    "default", name, Arrays.stream(owners).map(Heap::blocking).toArray(OwnerReference[]::new));
        }

        static OwnerReference blocking(ConfigMap owner) {
            return OwnerReferenceBuilder.builder()
                    .apiVersion("v1")
                    .kind("ConfigMap")
                    .name(owner.metadata().name())
                    .uid(owner.metadata().uid())
                    .blockOwnerDeletion(true)
                    .build();
        }

        void delete(String name, Propagation propagation) {
            sim.client().configMaps().delete(name, DeleteOptions.defaults().propagate(propagation));
        }

        List<String> left() {
            return new Client(sim.client().transport())
                    .inNamespace("default").configMaps().list().items().stream()
                            .map(map -> map.metadata().name())
                            .filter(name -> !name.equals("kube-root-ca.crt"))
                            .sorted()
                            .toList();
        }

        @Override
        public void close() throws Exception {
            sim.close();
        }
    }

    @Test
    void inTheForegroundTheOwnerGoesLast() throws Exception {
        try (Heap heap = new Heap()) {
            ConfigMap owner = heap.create("owner");
            ConfigMap child = heap.create("child", owner);
            heap.create("grandchild", child);
            heap.sim.settle();
            heap.sim.invariant("nobody outlives what it blocks for", client -> {
                if (!heap.left().contains("owner")) {
                    assertThat(heap.left()).doesNotContain("child");
                }
            });
            heap.delete("owner", Propagation.FOREGROUND);
            assertThat(heap.left()).contains("owner");
            heap.sim.settle();
            assertThat(heap.left()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inTheForegroundTheOwnerWaitsForThoseThatBlockItAndForNoOthers(boolean blocks) throws Exception {
        try (Heap heap = new Heap()) {
            ConfigMap owner = heap.create("owner");
            heap.create("default", "child", Heap.blocking(owner).withBlockOwnerDeletion(blocks));
            heap.sim
                    .client()
                    .configMaps()
                    .edit("child", map -> map.withMetadata(map.metadata().withFinalizers(List.of("acme.com/held"))));
            heap.sim.settle();
            heap.delete("owner", Propagation.FOREGROUND);
            heap.sim.settle();
            assertThat(heap.left()).isEqualTo(blocks ? List.of("child", "owner") : List.of("child"));
            assertThat(heap.sim.client().configMaps().get("child").metadata().deletionTimestamp())
                    .isNotNull();
            heap.sim
                    .client()
                    .configMaps()
                    .edit("child", map -> map.withMetadata(map.metadata().withFinalizers(List.of())));
            heap.sim.settle();
            assertThat(heap.left()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FOREGROUND", "BACKGROUND"})
    void ownersInACircleAllGo(Propagation propagation) throws Exception {
        try (Heap heap = new Heap()) {
            ConfigMap first = heap.create("first");
            ConfigMap second = heap.create("second", first);
            heap.sim
                    .client()
                    .configMaps()
                    .edit(
                            "first",
                            map -> map.withMetadata(
                                    map.metadata().withOwnerReferences(List.of(Heap.blocking(second)))));
            heap.sim.settle();
            assertThat(heap.left()).containsExactly("first", "second");
            heap.delete("first", propagation);
            heap.sim.settle();
            assertThat(heap.left()).isEmpty();
        }
    }

    @Test
    void whatHasAnotherOwnerStays() throws Exception {
        try (Heap heap = new Heap()) {
            ConfigMap one = heap.create("one");
            ConfigMap other = heap.create("other");
            heap.create("shared", one, other);
            heap.sim.settle();
            heap.delete("one", Propagation.BACKGROUND);
            heap.sim.settle();
            assertThat(heap.left()).containsExactly("other", "shared");
            heap.delete("other", Propagation.BACKGROUND);
            heap.sim.settle();
            assertThat(heap.left()).isEmpty();
        }
    }

    @Test
    void anOwnerInAnotherNamespaceIsNone() throws Exception {
        try (Heap heap = new Heap()) {
            ConfigMap stranger = heap.create("kube-system", "stranger");
            heap.create("default", "claimed", Heap.blocking(stranger));
            heap.sim.settle();
            assertThat(heap.left()).as("as Kubernetes does since 1.20").isEmpty();
            assertThat(heap.sim.client().resources(Event.TYPE).list().items())
                    .anyMatch(event -> event.reason().equals("OwnerRefInvalidNamespace"));
        }
    }

    @Test
    void whatLostItsOwnerWhileNobodyLookedGoesToo() throws Exception {
        try (Heap heap = new Heap()) {
            ConfigMap owner = heap.create("owner");
            heap.create("child", owner);
            heap.sim.settle();
            heap.collector.kill();
            heap.delete("owner", Propagation.BACKGROUND);
            heap.collector.start();
            heap.sim.settle();
            assertThat(heap.left()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FOREGROUND", "BACKGROUND", "ORPHAN"})
    void endsTheSameAfterACrashAtAnyWriteAndThoughAnyEventIsLate(Propagation propagation) throws Exception {
        int writes = new CrashPoints<>(Heap::new, heap -> heap.collector, heap -> {
                    ConfigMap owner = heap.create("owner");
                    ConfigMap child = heap.create("child", owner);
                    heap.create("second", owner);
                    heap.create("grandchild", child);
                    heap.sim.settle();
                    heap.delete("owner", propagation);
                    heap.sim.settle();
                    return heap.left().toString();
                })
                .forEachWriteAndEvent();
        assertThat(writes).isPositive();
    }
}
