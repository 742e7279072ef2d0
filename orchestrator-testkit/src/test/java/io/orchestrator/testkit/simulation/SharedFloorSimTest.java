package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.pods.AvailabilityFloor;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replica sets of one roll-out, sized by somebody who noted how many available pods they must keep between them. */
class SharedFloorSimTest {
    private static final OwnerReference ROLLOUT = OwnerReferenceBuilder.builder()
            .apiVersion("apps/v1")
            .kind("Deployment")
            .name("web")
            .uid("the-uid-of-web")
            .controller(true)
            .build();

    @Test
    void theOldSetKeepsItsPodsUntilThoseOfTheNewOneServe() throws Exception {
        try (Simulation sim = simulation()) {
            create(sim, "old", Duration.ZERO);
            sim.settle();
            create(sim, "new", Duration.ZERO);
            shrink(sim, "old", 2);
            neverFewerAvailableThan(sim, 2, Duration.ZERO);
            sim.settle();
            assertThat(names(sim)).hasSize(2).allMatch(name -> name.startsWith("new-"));
        }
    }

    @Test
    void waitsAsLongAsPodsMustBeReadyToCount() throws Exception {
        try (Simulation sim = simulation()) {
            create(sim, "old", Duration.ofSeconds(60));
            sim.advance(Duration.ofMinutes(3));
            create(sim, "new", Duration.ofSeconds(60));
            shrink(sim, "old", 2);
            neverFewerAvailableThan(sim, 2, Duration.ofSeconds(60));
            sim.advance(Duration.ofSeconds(50));
            assertThat(names(sim))
                    .as("the new pods are ready, not yet for long")
                    .hasSize(4);
            sim.advance(Duration.ofSeconds(30));
            assertThat(names(sim)).hasSize(2).allMatch(name -> name.startsWith("new-"));
        }
    }

    @Test
    void withoutANoteAShrinkingSetAsksNobody() throws Exception {
        try (Simulation sim = simulation()) {
            create(sim, "old", Duration.ZERO);
            sim.settle();
            shrink(sim, "old", 0);
            sim.settle();
            assertThat(names(sim)).isEmpty();
        }
    }

    private static Simulation simulation() {
        Simulation sim = Simulation.inOrder();
        sim.component("controllers", ReplicaSets::new);
        sim.component("kubelet", site -> new KubeletStub(site, Duration.ofSeconds(3)));
        return sim;
    }

    private static void create(Simulation sim, String name, Duration minReady) {
        ReplicaSet set =
                ReplicaSet.named(name).replicas(2).container("web", "nginx:1").build();
        sim.client()
                .create(set.withMetadata(set.metadata().withOwnerReferences(List.of(ROLLOUT)))
                        .withSpec(set.spec().withMinReadySeconds((int) minReady.toSeconds())));
    }

    private static void shrink(Simulation sim, String name, int floor) {
        sim.client()
                .replicaSets()
                .edit(
                        name,
                        set -> set.withSpec(set.spec().withReplicas(0))
                                .withMetadata(set.metadata()
                                        .withAnnotations(AvailabilityFloor.noted(
                                                set.metadata().annotations(), floor))));
    }

    private static void neverFewerAvailableThan(Simulation sim, int floor, Duration minReady) {
        sim.invariant(
                "never fewer than " + floor + " available",
                client -> assertThat(client.pods().list().items().stream()
                                .filter(PodFacts::isActive)
                                .filter(pod -> PodFacts.isAvailable(
                                        pod,
                                        (int) minReady.toSeconds(),
                                        sim.environment().clock().instant())))
                        .hasSizeGreaterThanOrEqualTo(floor));
    }

    private static List<String> names(Simulation sim) {
        return sim.client().pods().list().items().stream()
                .map(pod -> pod.metadata().name())
                .toList();
    }

    private static final class ReplicaSets implements AutoCloseable {
        private final SharedInformers informers;
        private final EventRecorder events;
        private final ControllerEngine engine;

        ReplicaSets(Site site) {
            this.informers = new SharedInformers(site.transport(), site.environment());
            this.events = new EventRecorder(site.client(), "controllers", site.environment());
            this.engine = new ControllerEngine(site.client(), informers, events, site.environment());
            engine.run(ReplicaSetReconciler.controller(site.environment().clock()));
        }

        @Override
        public void close() {
            engine.close();
            events.close();
            informers.close();
        }
    }
}
